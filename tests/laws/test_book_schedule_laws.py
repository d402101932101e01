"""Schedules of a book: what is lent is repaid, rows follow each other, and nobody minds the neighbours."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from delinquency.portfolio import TermColumns, amortisation_tables, repayment_schedules
from tests.equivalence.terms import draw_terms, rows_of
from tests.strategies_internal import FEW


@st.composite
def books_of_terms(draw):
    """Loans that have a schedule and bear no interest below 0."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    size = draw(st.integers(1, 40))
    kept = []
    while len(kept) < size:
        terms = draw_terms(rng)
        if terms.annual_rate.scaled >= 0 and rows_of(terms) is not None:
            kept.append(terms)
    return TermColumns.from_terms(kept)


@FEW
@given(books_of_terms())
def test_principals_add_up_to_what_was_lent(terms):
    """Law: the principals of a loan sum to its principal, and the last balance is 0."""
    told = amortisation_tables(terms)
    table, offsets = told.instalments, told.instalments.offsets
    assert np.array_equal(np.add.reduceat(table.principal, offsets[:-1]), terms.principal)
    assert not told.closing_balance[offsets[1:] - 1].any()


@FEW
@given(books_of_terms())
def test_a_balance_is_the_one_before_less_the_principal(terms):
    """Law: opening balance - principal = closing balance, and no balance is below 0."""
    told = amortisation_tables(terms)
    table, offsets = told.instalments, told.instalments.offsets
    opening = np.empty_like(told.closing_balance)
    opening[1:] = told.closing_balance[:-1]
    opening[offsets[:-1]] = terms.principal
    assert np.array_equal(opening - table.principal, told.closing_balance)
    assert (told.closing_balance >= 0).all()


@FEW
@given(books_of_terms(), st.randoms(use_true_random=False))
def test_a_loan_does_not_mind_its_neighbours(terms, rng):
    """Law: the rows of a loan are the same in any order of the book."""
    order = list(range(len(terms)))
    rng.shuffle(order)
    told = repayment_schedules(terms)
    shuffled = repayment_schedules(TermColumns.from_terms(terms.terms(row) for row in order))
    for place, row in enumerate(order):
        for name in ("due_date", "principal", "interest", "fees"):
            first = getattr(told, name)[told.offsets[row] : told.offsets[row + 1]]
            second = getattr(shuffled, name)[shuffled.offsets[place] : shuffled.offsets[place + 1]]
            assert np.array_equal(first, second)
