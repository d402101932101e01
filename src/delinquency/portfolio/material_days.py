"""How long arrears of the accounts of a book have been material.

The one idea: the loop of status counts them on its way; here it is asked of no status at all.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.calendar import day_number, to_date
from delinquency.errors import PolicyError
from delinquency.material_days import material_days_past_due as count_alone
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Days
from delinquency.portfolio.run import Engine, chosen_engine, thread_count
from delinquency.portfolio.status_loop import Judged, fold_in_loop
from delinquency.portfolio.status_run import beside_the_loop
from delinquency.portfolio.versions import versions_in_force
from delinquency.replaying import known_day_of, known_on_of

__all__ = ["material_days", "material_days_past_due"]


def material_days_past_due(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> Days:
    """Consecutive closes up to ``as_of`` at which arrears exceeded both limbs of materiality [days].

    An int32 array; 0 for an account that begins later. Each row equals
    :func:`~delinquency.material_days.material_days_past_due` on that account.

    Raises
    ------
    PolicyError
        The policy says nothing of materiality, or in another currency. Else as
        :func:`~delinquency.portfolio.assessment.assess`.

    Examples
    --------
    >>> import delinquency as dq
    >>> from delinquency.counting.materiality import Materiality
    >>> from delinquency.sample_book import sample_book
    >>> plain = dq.rulebook.load("founding-report").versions[-1]
    >>> limbs = Materiality(100, dq.Proportion.parse("0.01"), dq.Currency.of("CNY"))
    >>> policy = attrs.evolve(plain, counting=attrs.evolve(plain.counting, materiality=limbs))
    >>> days = material_days_past_due(sample_book(200), as_of=date(2025, 6, 30), policy=policy)
    >>> int((days > 0).sum()), int((days > 90).sum())
    (14, 8)
    """
    used, places = versions_in_force(book, as_of, policy, "material_days_past_due")
    for version in used:
        if version.counting.materiality is None:
            raise PolicyError.at(
                f"policy {version.name!r}, counting",
                expected="a policy with materiality",
                found="none",
            )
    known = known_day_of(known_on, "material_days_past_due")
    days = np.zeros(len(book), dtype=np.int32)
    for number, version in enumerate(used):
        accounts = None if places is None else places == number
        days += material_days(
            book,
            version,
            as_of=day_number(as_of, where="material_days_past_due", field="as_of"),
            known=known,
            engine=chosen_engine(engine),
            threads=thread_count(threads, len(book)),
            accounts=accounts,
        )
    days.flags.writeable = False
    return days


def material_days(
    book: Portfolio,
    policy: Policy,
    *,
    as_of: int,
    known: int,
    engine: Engine,
    threads: int = 1,
    accounts: npt.NDArray[np.bool_] | None = None,
) -> Days:
    """The count of every account under one version, or of some accounts and 0 of the others."""
    judged = [Judged(attrs.evolve(policy, status=(), provisions=None), as_of, as_of, accounts)]
    alone = beside_the_loop(book, judged)
    told = fold_in_loop(
        book, judged, as_of=as_of, known=known, skip=alone, engine=engine, threads=threads
    )
    days: Days = told.material.astype(np.int32)
    known_on = known_on_of(known)
    for row in np.flatnonzero(alone).tolist():
        days[row] = count_alone(
            book.account(row), as_of=to_date(as_of), policy=policy, known_on=known_on
        )
    return days
