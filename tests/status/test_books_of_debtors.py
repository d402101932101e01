"""The debtors of a book: each row is the answer for the accounts of that debtor."""

from __future__ import annotations

import pickle
import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.calendar import NONE_DAY, to_date
from delinquency.portfolio import Engine, Portfolio, PortfolioObligors, assess_obligors
from tests.status.books import START
from tests.status.debtors import draw_accounts, draw_policy
from tests.status.test_obligor import by_origination
from tests.strategies_internal import FEW

INDIA, CHINA = dq.rulebook.load("in-sma"), dq.rulebook.load("cn-loan")
LEVELS = dq.rulebook.load("founding-report")


def draw_book(rnd: random.Random) -> list[dq.Account]:
    """Debtors of one account and of several, in any order."""
    accounts = [
        attrs.evolve(account, account_id=f"{account.account_id}-{number}", obligor_id=f"D{number}")
        for number in range(rnd.randint(1, 4))
        for account in draw_accounts(rnd, most=rnd.choice([1, 1, 3]))
    ]
    rnd.shuffle(accounts)
    return accounts


def by_obligor(accounts: list[dq.Account]) -> dict[str, list[dq.Account]]:
    ids = sorted({each.obligor_id for each in accounts})
    return {name: [each for each in accounts if each.obligor_id == name] for name in ids}


def row_of(told: PortfolioObligors, place: int) -> tuple[object, ...]:
    ids = list(told.book.account_id)
    states = {
        each.machine: (
            each.states[each.state[place]].code,
            to_date(int(each.since[place])),
            None if each.account_row[place] < 0 else ids[each.account_row[place]],
        )
        for each in told.states
        if each.state[place] >= 0
    }
    return (
        told.obligor_id[place],
        int(told.accounts[place]),
        int(told.days_past_due[place]),
        ids[told.oldest_row[place]],
        told.bucket_codes()[place],
        ids[told.worst_row[place]],
        Decimal(int(told.arrears[place])).scaleb(-2),
        Decimal(int(told.exposure[place])).scaleb(-2),
        bool(told.is_cleared[place]),
        states,
    )


def row_alone(answer: dq.ObligorAssessment) -> tuple[object, ...]:
    return (
        answer.obligor_id,
        len(answer.assessments),
        answer.days_past_due,
        answer.oldest.account_id,
        answer.bucket.code,
        answer.worst.account_id,
        answer.arrears,
        answer.exposure,
        answer.is_cleared,
        {
            machine: (worst.state.code, worst.since, worst.account_id)
            for machine, worst in answer.worst_states.items()
        },
    )


def check(accounts: list[dq.Account], policy, as_of: date, **asked) -> PortfolioObligors:
    told = assess_obligors(Portfolio.from_accounts(accounts), as_of=as_of, policy=policy, **asked)
    known_on = asked.get("known_on")
    alone = [
        row_alone(dq.assess_obligor(own, as_of=as_of, policy=policy, known_on=known_on))
        for own in by_obligor(accounts).values()
    ]
    assert [row_of(told, place) for place in range(len(told))] == alone
    for each in told.states:
        nobody = each.state < 0
        assert (each.since[nobody] == NONE_DAY).all()
        assert (each.account_row[nobody] == -1).all()
    return told


@given(st.integers(0, 2**32))
@FEW
def test_each_row_is_the_answer_for_the_accounts_of_that_debtor(seed):
    """Law: a book of debtors is assess_obligor on every one of them, whatever the order of the rows."""
    rnd = random.Random(seed)
    accounts, policy = draw_book(rnd), draw_policy(rnd)
    as_of = START + timedelta(days=rnd.randint(1, 500))
    known_on = rnd.choice([None, as_of - timedelta(days=rnd.randint(0, 90))])
    engine = rnd.choice([Engine.INTERPRETED, None])
    told = check(accounts, policy, as_of, known_on=known_on, engine=engine)
    shuffled = rnd.sample(accounts, len(accounts))
    again = check(shuffled, policy, as_of, known_on=known_on)
    assert [row_of(told, place) for place in range(len(told))] == [
        row_of(again, place) for place in range(len(again))
    ]


@pytest.mark.parametrize("policy", [CHINA, LEVELS, INDIA], ids=lambda policy: policy.name)
@pytest.mark.parametrize("seed", range(6))
def test_packaged_policies_judge_debtors_of_a_book_as_one_by_one(policy, seed):
    check(draw_book(random.Random(seed)), policy, START + timedelta(days=200 + 60 * seed))


def loan(account_id: str, obligor_id: str, due: date, **facts) -> dq.Account:
    facts = {"originated_on": date(2024, 1, 1)} | facts
    schedule = dq.Schedule(dq.Currency.of("INR"), [dq.Instalment(due, 1000)])
    return dq.Account(account_id=account_id, obligor_id=obligor_id, schedule=schedule, **facts)


def paid_on(day: date) -> list[dq.Payment]:
    return [dq.Payment(day, 1000)]


BOOK = [
    loan("A", "Bo", date(2024, 3, 31), payments=paid_on(date(2024, 7, 10))),
    loan("C", "Al", date(2024, 6, 30)),
    loan("B", "Bo", date(2024, 6, 30)),
    loan("Z", "Cy", date(2025, 6, 30), originated_on=date(2025, 1, 1)),
]
DAY = date(2024, 7, 12)


def asked(accounts: list[dq.Account] = BOOK, as_of: date = DAY, policy=INDIA, **more):
    return assess_obligors(Portfolio.from_accounts(accounts), as_of=as_of, policy=policy, **more)


def test_the_borrowers_of_a_book_are_npa_until_all_facilities_are_paid():
    told = check(BOOK, INDIA, DAY)
    assert list(told.obligor_id) == ["Al", "Bo", "Cy"]
    assert told.by().codes().tolist() == ["SMA-0", "substandard", ""]
    assert told.accounts.tolist() == [1, 2, 1]
    assert told.is_cleared.tolist() == [False, False, True]
    assert [told.book.account_id[row] for row in told.worst_row] == ["C", "B", "Z"]
    assert told.states[0].account_row.tolist() == [-1, -1, -1]
    assert repr(told) == "PortfolioObligors(2024-07-12, in-sma, 3 obligors, 4 accounts)"
    assert repr(asked(known_on=DAY)).startswith(
        "PortfolioObligors(2024-07-12 as known on 2024-07-12,"
    )


def test_the_reasons_of_a_row_are_those_of_the_debtor():
    told = asked()
    alone = dq.assess_obligor([BOOK[0], BOOK[2]], as_of=DAY, policy=INDIA)
    assert told.explain(1).to_text() == alone.explanation.to_text()
    for row in (3, -1):
        with pytest.raises(IndexError, match="an answer on 3 obligors"):
            told.row(row)


def test_it_is_as_it_was_after_a_pickle_and_nobody_writes_to_it():
    told = asked()
    again = pickle.loads(pickle.dumps(told))
    assert [row_of(again, place) for place in range(3)] == [
        row_of(told, place) for place in range(3)
    ]
    for each in (told.arrears, told.worst_row, told.states[0].state, again.states[0].since):
        with pytest.raises(ValueError, match="read-only"):
            each[0] = 1


def test_a_debtor_of_whom_no_account_had_begun_has_no_state():
    later = [
        loan(name, "Cy", date(2025, 6, 30), originated_on=date(2025, 1, 1)) for name in ("Y", "Z")
    ]
    told = check([*BOOK[:3], *later], INDIA, DAY)
    assert told.by().codes().tolist()[2] == ""


def test_a_machine_is_asked_for_by_name():
    told = asked()
    assert told.by("asset class") is told.by()
    with pytest.raises(
        dq.InvalidValueError, match="machine: expected one of NPA, asset class, found 'x'"
    ):
        told.by("x")
    with pytest.raises(dq.InvalidValueError, match="expected a policy with a status, found none"):
        asked(policy=LEVELS).by()


def test_an_account_without_an_obligor_is_refused_with_its_row():
    some = [BOOK[0], loan("X", "", DAY), BOOK[1]]
    with pytest.raises(dq.PortfolioError) as caught:
        asked(some)
    assert (caught.value.rows, caught.value.reason) == ((1,), "empty_id")
    assert str(caught.value) == (
        "accounts.obligor_id, row 1: expected an obligor_id, found none. Hint: Say whose each account is; the "
        "id of the account where it has no other."
    )
    with pytest.raises(dq.PortfolioError, match="2 rows: 0, 1"):
        asked([loan("X", "", DAY), loan("Y", "", DAY)])


@pytest.mark.parametrize(
    ("asking", "error", "message"),
    [
        (
            lambda: assess_obligors(BOOK, as_of=DAY, policy=INDIA),
            dq.InvalidTypeError,
            "a Portfolio",
        ),
        (lambda: asked(as_of=datetime(2024, 7, 12)), dq.InvalidTypeError, "date"),
        (lambda: asked(known_on="2024-07-12"), dq.InvalidTypeError, "date"),
        (lambda: asked(policy="in-sma"), dq.InvalidTypeError, "a Policy"),
        (lambda: asked(as_of=date(2020, 1, 1)), dq.PolicyNotInForceError, "a date in force"),
        (lambda: asked(engine="fast"), dq.InvalidTypeError, "an Engine"),
        (lambda: asked(threads=0), dq.DelinquencyError, "threads"),
    ],
)
def test_bad_questions_are_refused(asking, error, message):
    with pytest.raises(error, match=message):
        asking()


def test_two_values_of_one_figure_are_refused_as_for_one_debtor():
    def valued(account: dq.Account, share: str) -> dq.Account:
        name = dq.FigureName.SECURITY_SHARE_OF_OUTSTANDING
        figure = dq.ReportedFigure(name, date(2024, 7, 1), dq.Proportion.parse(share))
        return attrs.evolve(account, events=[figure])

    with pytest.raises(dq.InvalidValueError, match="account 'B', reported figure"):
        asked([valued(BOOK[0], "0.05"), valued(BOOK[2], "0.5")])


def test_versions_of_two_scales_or_levels_are_refused_as_for_one_debtor():
    due = date(2024, 6, 30)
    loans = [loan("A", "D", due, originated_on=date(2023, 5, 1)), loan("B", "E", due)]
    assert asked(loans, policy=by_origination(("ok", "late"), ("ok", "late"))).bucket.tolist() == [
        1,
        1,
    ]
    with pytest.raises(dq.PolicyError, match="the same buckets and states for all accounts"):
        asked(loans, policy=by_origination(("ok", "late"), ("fine", "late")))
    first, last = INDIA.versions
    changed = dq.PolicyTimeline(
        name="in-sma", versions=[attrs.evolve(first, status=of_accounts()), last]
    )
    with pytest.raises(dq.PolicyError, match="each of the same level, in every version"):
        asked([loan("A", "D", DAY, originated_on=date(2023, 5, 1))], policy=changed)


def test_sums_beyond_64_bits_are_refused():
    most = Decimal("9999999999999.99")
    rows = [dq.Instalment(date(2025, 1, 31), most)]
    schedule = dq.Schedule(dq.Currency.of("INR"), rows)
    one = Portfolio.from_accounts([attrs.evolve(BOOK[0], schedule=schedule, payments=[])])
    from delinquency.portfolio.obligors import _groups

    groups = _groups(one)
    many = groups._replace(
        offsets=np.array([0, 10_000]),
        rows=np.zeros(10_000, dtype=np.int64),
        group=np.zeros(10_000, dtype=np.int64),
    )
    with pytest.raises(dq.InvalidValueError, match="at most 9223372036854775807 minor units"):
        many.sums(np.array([10**15]))
    fewer = many._replace(
        offsets=np.array([0, 9_000]), rows=many.rows[:9_000], group=many.group[:9_000]
    )
    assert fewer.sums(np.array([10**15])).tolist() == [9 * 10**18]
    one_large = many._replace(rows=np.arange(10_000))
    assert one_large.sums(np.array([10**15, *[1] * 9_999])).tolist() == [10**15 + 9_999]


def test_the_frame_has_a_row_a_debtor_and_columns_for_each_machine():
    frame = asked().to_frame("pyarrow").to_pydict()
    assert frame["obligor_id"] == ["Al", "Bo", "Cy"]
    assert frame["policy"] == ["in-sma@2024-04-01"] * 3
    assert frame["worst_account"] == ["C", "B", "Z"]
    assert frame["arrears"] == [Decimal("1000.00"), Decimal("1000.00"), Decimal("0.00")]
    assert frame["state asset class"] == ["SMA-0", "substandard", None]
    assert frame["since asset class"] == [date(2024, 6, 30), date(2024, 6, 29), None]
    assert frame["account asset class"] == [None, None, None]
    other = dq.frames.obligors_to_frame(asked(policy=LEVELS), "pandas", amounts="minor")
    assert other["exposure"].tolist() == [100_000, 100_000, 0]
    assert "state" not in " ".join(other.columns)
    worst = asked(policy=INDIA.evolve(status=of_accounts())).to_frame("polars")
    assert worst["account asset class"].to_list() == ["C", "B", None]


def of_accounts() -> list[dq.status.StatusMachine]:
    return [attrs.evolve(each, level=dq.Level.ACCOUNT) for each in INDIA.versions[-1].status]
