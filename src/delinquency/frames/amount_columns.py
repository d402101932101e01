"""Columns of amounts as whole minor units, exactly.

The one idea: each way of storing an amount is handled on purpose. A decimal says its value; text says it
digit by digit; a whole number, in a column of decimals without decimal places too, does not say its
unit, so the caller does; a float holds few amounts, so it is refused unless the caller asks for the ones
that it holds to be checked.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR, from_minor
from delinquency.currency import Currency
from delinquency.decimals import parse_decimal, shifted, whole_after_shift
from delinquency.errors import DelinquencyError
from delinquency.frames.arrow import arrow, compute, is_text, texts
from delinquency.frames.findings import Place
from delinquency.frames.sources import SourceColumn
from delinquency.portfolio.problems import RowProblem, amount_problems

__all__ = ["Amounts", "Floats", "Units", "read_amounts"]

Amounts: TypeAlias = Literal["auto", "minor", "major"]
Floats: TypeAlias = Literal["refuse", "exact"]
Minor = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_PLAIN_TEXT = r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"
_NOTATION = "an amount in plain decimal notation, such as 1234.50"
_NEVER_ROUNDED = "Round it yourself, by the rule of the contract: amounts are never rounded here."
_CERTAIN = "amounts whose unit is certain"
_SAY_UNIT = 'Pass amounts="minor" if they count minor units, amounts="major" if currency units.'
_WHOLE = 'whole numbers, as amounts="minor" says'
_IN_UNITS = 'Decimals and text are in currency units: read them with amounts="auto".'
_EXACT = "decimals, whole numbers or text"
_SAY_FLOATS = (
    'Cast to a decimal at the source, or pass floats="exact" (64 bits) to accept floats that are the '
    "nearest to an amount."
)
_TAKEN_BACK = "A payment taken back is the same payment with reversed_on."


@attrs.frozen(slots=True)
class Units:
    """What numbers in a column of amounts mean.

    Attributes
    ----------
    currency : Currency
    amounts : ``"auto"``, ``"minor"`` or ``"major"``
        What a whole number counts: nothing certain, minor units, or currency units.
    floats : ``"refuse"`` or ``"exact"``
    """

    currency: Currency
    amounts: Amounts
    floats: Floats


def read_amounts(
    column: SourceColumn, place: Place, units: Units, *, least: int
) -> tuple[Minor, int]:
    """Minor units, and how often the cells were copied.

    ``least`` is the least amount accepted [minor units].
    """
    content = column.content
    if isinstance(content, list):
        minor, copies = _from_objects(content, place, units), 1
    else:
        minor, copies = _from_arrow(content, column.kind, place, units)
    for problem in amount_problems(place.column, minor, len(minor), least=least):
        place.problem(_in_words(problem, units))
    return minor, column.copies + copies


def _in_words(problem: RowProblem, units: Units) -> RowProblem:
    """A problem of minor units in the units in which the source writes."""
    if problem.reason == "amount_too_large":
        most = f"{from_minor(MAX_MINOR, units.currency):,} {units.currency}"
        if units.amounts == "minor":
            most = f"{MAX_MINOR:,} minor units"
        return attrs.evolve(problem, expected=f"an amount of at most {most}")
    if problem.reason == "negative_amount":
        return attrs.evolve(problem, expected="an amount of 0 or more")
    hint = _TAKEN_BACK if problem.column == "payments.amount" else ""
    return attrs.evolve(problem, expected="an amount of more than 0", hint=hint)


def _from_arrow(content: Any, kind: str, place: Place, units: Units) -> tuple[Minor, int]:
    types = arrow().types
    missing = content.is_null().to_numpy().astype(np.bool_) if content.null_count else None
    if missing is not None:
        place.rows(missing, "missing", "an amount")
    if types.is_null(content.type):
        return np.zeros(len(content), dtype=np.int64), 1
    if types.is_integer(content.type):
        return _from_whole(content, kind, place, units)
    if types.is_decimal(content.type):
        places = _decimal_places(content, place, units)
        return _from_decimal(content, place, units, places), 1
    if is_text(content.type):
        _refuse_minor(kind, place, units)
        return _from_texts(content, place, units), 1
    if not types.is_floating(content.type):
        place.refuse(_EXACT, kind)
    return _from_floats(content, kind, place, units), 1


def _refuse_minor(kind: str, place: Place, units: Units) -> None:
    if units.amounts == "minor":
        place.refuse(_WHOLE, kind, _IN_UNITS)


def _whole_places(content: Any, kind: str, place: Place, units: Units) -> int:
    """How many places lie between the whole numbers of a column and minor units."""
    exponent = units.currency.minor_unit
    if units.amounts == "auto" and exponent and content.null_count < len(content):
        place.refuse(_CERTAIN, f"whole numbers ({kind})", _SAY_UNIT)
    return 0 if units.amounts == "minor" else exponent


def _decimal_places(content: Any, place: Place, units: Units) -> int:
    """As for whole numbers; decimals without decimal places are whole numbers, such as sums of them."""
    kind = content.type
    if kind.scale <= 0:
        return _whole_places(content, str(kind), place, units)
    _refuse_minor(str(kind), place, units)
    return units.currency.minor_unit


def _one(content: Any) -> Any:
    """The cells as one array; what is empty is nought."""
    pa = arrow()
    if content.num_chunks == 1:
        chunk = content.chunk(0)
    elif content.num_chunks:
        chunk = pa.concat_arrays(content.chunks)
    else:
        chunk = pa.array([], type=content.type)
    if not chunk.null_count:
        return chunk
    return chunk.fill_null(pa.scalar(0).cast(pa.int8()).cast(chunk.type))


def _from_whole(content: Any, kind: str, place: Place, units: Units) -> tuple[Minor, int]:
    places = _whole_places(content, kind, place, units)
    numbers = _one(content).to_numpy()
    is_view = numbers.dtype == np.int64 and content.num_chunks == 1 and not content.null_count
    if numbers.dtype == np.uint64:
        numbers = np.minimum(numbers, np.uint64(MAX_MINOR + 1))
    minor: Minor = numbers.astype(np.int64, copy=False)
    if not places:
        return minor, 0 if is_view else 1
    most = MAX_MINOR // 10**places + 1
    return np.clip(minor, -1, most) * 10**places, 1


def _from_decimal(content: Any, place: Place, units: Units, places: int) -> Minor:
    pa, pc = arrow(), compute()
    wide = _one(content)
    if not pa.types.is_decimal128(wide.type):
        try:
            wide = wide.cast(pa.decimal128(38, wide.type.scale))
        except pa.ArrowInvalid:
            minor = np.ones(len(wide), dtype=np.int64)
            _put_parsed(minor, np.arange(len(wide)), wide.to_pylist(), place, units, places)
            return minor
    target = pa.decimal128(38, places)
    try:
        return _unscaled(wide.cast(target))
    except pa.ArrowInvalid:
        pass
    # Twice the width, so that the bound has room beside any number of decimals.
    roomy = pa.decimal256(76, max(wide.type.scale, places))
    zero = pa.scalar(Decimal(0), type=wide.type)
    bound = pa.scalar(shifted(MAX_MINOR + 1, places)).cast(roomy)
    small = pc.less(pc.abs(wide.cast(roomy)), bound)
    # What is too large becomes one minor unit too much; the bound is then told like any other.
    sign = pc.if_else(pc.less(wide, zero), -1, 1).to_numpy(zero_copy_only=False)
    flags = small.to_numpy(zero_copy_only=False).astype(np.bool_)
    kept = pc.if_else(small, wide, zero)
    cut = kept.cast(options=pc.CastOptions(target_type=target, allow_decimal_truncate=True))
    differs = pc.not_equal(cut.cast(roomy), kept.cast(roomy))
    fine = differs.to_numpy(zero_copy_only=False).astype(np.bool_)
    _say_too_fine(fine, place, units)
    minor = _unscaled(cut)
    return np.where(flags, np.where(fine, sign, minor), sign * (MAX_MINOR + 1))


def _unscaled(decimals: Any) -> Minor:
    """The whole numbers behind a decimal128 column; beyond 64 bits, one over the bound."""
    pairs = np.frombuffer(decimals.buffers()[1], dtype=np.int64).reshape(-1, 2)
    pairs = pairs[decimals.offset : decimals.offset + len(decimals)]
    low, high = pairs[:, 0], pairs[:, 1]
    fits = high == (low >> 63)
    if fits.all():
        return np.ascontiguousarray(low)
    return np.where(fits, low, np.where(high < 0, -1, MAX_MINOR + 1))


def _say_too_fine(wrong: Flags, place: Place, units: Units) -> None:
    currency = units.currency
    place.rows(
        wrong,
        "finer_than_minor_unit",
        f"an amount in {currency} with at most {currency.minor_unit} decimals",
        _NEVER_ROUNDED,
    )


def _from_texts(content: Any, place: Place, units: Units) -> Minor:
    pa, pc = arrow(), compute()
    chunks = [texts(chunk).fill_null("0") for chunk in content.chunks]
    column = pa.chunked_array(chunks, type=pa.large_string())
    plain = pc.match_substring_regex(column, _PLAIN_TEXT)
    rare = np.flatnonzero(~plain.to_numpy().astype(np.bool_))
    decimals = pc.if_else(plain, column, "0").cast(pa.decimal128(38, 18))
    places = units.currency.minor_unit
    minor = _from_decimal(decimals, place, units, places)
    if len(rare):
        minor = minor.copy()
        parsed = [_parsed(text) for text in column.take(rare).to_pylist()]
        _put_parsed(minor, rare, parsed, place, units, places)
    return minor


def _parsed(text: str) -> Decimal | None:
    try:
        return parse_decimal(text, where="", field="")
    except DelinquencyError:
        return None


def _put_parsed(
    minor: Minor,
    rows: npt.NDArray[np.int64],
    numbers: list[Decimal | None],
    place: Place,
    units: Units,
    places: int,
) -> None:
    """Put parsed numbers in their rows and say what cannot be put."""
    bound = shifted(MAX_MINOR, places)
    unread: list[int] = []
    fine: list[int] = []
    for row, number in zip(rows.tolist(), numbers, strict=True):
        if number is None:
            unread.append(row)
            minor[row] = 1
        elif number.copy_abs() > bound:
            minor[row] = MAX_MINOR + 1 if number > 0 else -1
        else:
            whole = whole_after_shift(number, places)
            minor[row] = 1 if whole is None else whole
            if whole is None:
                fine.append(row)
    place.rows(np.array(unread, np.int64), "not_an_amount", _NOTATION)
    wrong = np.zeros(len(minor), dtype=np.bool_)
    wrong[fine] = True
    _say_too_fine(wrong, place, units)


def _from_floats(content: Any, kind: str, place: Place, units: Units) -> Minor:
    if units.floats == "refuse" or not arrow().types.is_float64(content.type):
        place.refuse(_EXACT, f"floats ({kind})", _SAY_FLOATS)
    _refuse_minor(kind, place, units)
    numbers = _one(content).to_numpy()
    return _nearest(numbers, np.arange(len(numbers)), place, units)


def _nearest(
    numbers: npt.NDArray[np.float64], rows: npt.NDArray[np.int64], place: Place, units: Units
) -> Minor:
    """The amounts to which floats in these rows are the nearest, and what is said of the others.

    Up to the bound of an amount, a float is the nearest to one amount only.
    """
    scale = 10**units.currency.minor_unit
    finite = np.isfinite(numbers)
    place.rows(rows[~finite], "missing", "an amount", "NaN and infinity are no amounts.")
    most = (MAX_MINOR + 1) / scale
    rounded = np.rint(np.clip(np.where(finite, numbers, 0), -most, most) * scale)
    large = np.abs(rounded) > MAX_MINOR
    inexact = finite & ~large & (rounded / scale != numbers)
    place.rows(
        rows[inexact],
        "float_not_exact",
        f"a float that is the nearest to an amount in {units.currency}",
        _NEVER_ROUNDED,
    )
    minor: Minor = rounded.astype(np.int64)
    minor[~finite | inexact] = 1
    return minor


def _from_objects(cells: list[Any], place: Place, units: Units) -> Minor:
    """Cells of mixed types, each read as a column of its type would be."""
    exponent = units.currency.minor_unit
    missing, whole = _are(cells, type(None)), _are(cells, int, np.integer) & ~_are(cells, bool)
    floats, said = _are(cells, float), _are(cells, Decimal, str)
    place.rows(missing, "missing", "an amount")
    if units.amounts == "auto" and exponent:
        place.rows(whole, "not_an_amount", _CERTAIN, _SAY_UNIT)
    if units.amounts == "minor":
        place.rows(said | floats, "not_an_amount", _WHOLE, _IN_UNITS)
    minor = np.ones(len(cells), dtype=np.int64)
    if units.floats == "refuse":
        place.rows(floats, "not_an_amount", _EXACT, _SAY_FLOATS)
    else:
        rows = np.flatnonzero(floats)
        numbers = np.array([cells[row] for row in rows], dtype=np.float64)
        minor[rows] = _nearest(numbers, rows, place, units)
    rows = np.flatnonzero(~floats & ~missing)
    parsed = [_of_object(cells[row], units) for row in rows]
    _put_parsed(minor, rows, parsed, place, units, exponent)
    return minor


def _are(cells: list[Any], *kinds: type) -> Flags:
    return np.array([isinstance(cell, kinds) for cell in cells], dtype=np.bool_)


def _of_object(cell: Any, units: Units) -> Decimal | None:
    if isinstance(cell, Decimal):
        return cell if cell.is_finite() else None
    if isinstance(cell, str):
        return _parsed(cell)
    if isinstance(cell, (int, np.integer)) and not isinstance(cell, bool):
        number = max(min(int(cell), 2 * MAX_MINOR), -2 * MAX_MINOR)
        places = units.currency.minor_unit if units.amounts == "minor" else 0
        return shifted(number, places)
    return None
