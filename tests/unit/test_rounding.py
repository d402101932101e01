"""Rounding is division by a named rule; sharing out leaves nothing over."""

from __future__ import annotations

import ast
import decimal
import inspect
import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from delinquency import division
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import Proportion, RoundingMode, allocate, div_by_code, divide

NUMERATORS = st.integers(min_value=-(10**24), max_value=10**24)
DENOMINATORS = st.integers(min_value=1, max_value=10**12)
MODES = st.sampled_from(RoundingMode)
WIDE = decimal.Context(prec=100)
TABLE = {
    RoundingMode.HALF_UP: (-3, -3, -2, -1, 1, 2, 3, 3),
    RoundingMode.HALF_EVEN: (-3, -2, -2, -1, 1, 2, 2, 3),
    RoundingMode.HALF_DOWN: (-3, -2, -2, -1, 1, 2, 2, 3),
    RoundingMode.UP: (-3, -3, -3, -2, 2, 3, 3, 3),
    RoundingMode.DOWN: (-2, -2, -2, -1, 1, 2, 2, 2),
    RoundingMode.CEILING: (-2, -2, -2, -1, 2, 3, 3, 3),
    RoundingMode.FLOOR: (-3, -3, -3, -2, 1, 2, 2, 2),
}
TENTHS = (-26, -25, -24, -14, 14, 24, 25, 26)


@pytest.mark.parametrize("mode", RoundingMode)
def test_tenths_round_as_the_table_says(mode):
    assert tuple(divide(n, 10, mode) for n in TENTHS) == TABLE[mode]


def test_half_even_and_half_down_part_ways_at_one_and_a_half():
    assert [divide(n, 2, RoundingMode.HALF_EVEN) for n in (-3, -1, 1, 3)] == [-2, 0, 0, 2]
    assert [divide(n, 2, RoundingMode.HALF_DOWN) for n in (-3, -1, 1, 3)] == [-1, 0, 0, 1]
    assert [divide(n, 2, RoundingMode.HALF_UP) for n in (-3, -1, 1, 3)] == [-2, -1, 1, 2]


@given(numerator=NUMERATORS, places=st.integers(min_value=0, max_value=12), mode=MODES)
@example(numerator=-150, places=2, mode=RoundingMode.HALF_EVEN)
def test_division_by_a_power_of_ten_rounds_as_decimal_does(numerator, places, mode):
    quotient = Decimal(numerator).scaleb(-places, WIDE)
    rounding = getattr(decimal, f"ROUND_{mode.name}")
    expected = int(quotient.quantize(Decimal(1), rounding=rounding, context=WIDE))
    assert divide(numerator, 10**places, mode) == expected


def exactly(numerator: int, denominator: int, mode: RoundingMode) -> int:
    value = Fraction(numerator, denominator)
    below, size = value.__floor__(), abs(value)
    towards_zero = size.__floor__()
    nearer = size - towards_zero - Fraction(1, 2)
    sign = -1 if value < 0 else 1
    match mode:
        case RoundingMode.FLOOR:
            return below
        case RoundingMode.CEILING:
            return value.__ceil__()
        case RoundingMode.DOWN:
            return sign * towards_zero
        case RoundingMode.UP:
            return sign * size.__ceil__()
        case RoundingMode.HALF_EVEN:
            return round(value)
        case RoundingMode.HALF_UP:
            return sign * (towards_zero + (nearer >= 0))
        case RoundingMode.HALF_DOWN:
            return sign * (towards_zero + (nearer > 0))


@given(numerator=NUMERATORS, denominator=DENOMINATORS, mode=MODES)
def test_division_rounds_the_exact_fraction(numerator, denominator, mode):
    assert divide(numerator, denominator, mode) == exactly(numerator, denominator, mode)


@given(whole=st.integers(), half=st.integers(min_value=1, max_value=10**12), mode=MODES)
def test_a_tie_rounds_as_the_exact_fraction_does(whole, half, mode):
    numerator, denominator = (2 * whole + 1) * half, 2 * half
    assert divide(numerator, denominator, mode) == exactly(numerator, denominator, mode)


@given(whole=st.integers(), denominator=DENOMINATORS, mode=MODES)
def test_a_whole_quotient_is_never_touched(whole, denominator, mode):
    assert divide(whole * denominator, denominator, mode) == whole


@pytest.mark.parametrize("mode", RoundingMode)
def test_the_code_and_the_name_of_a_mode_divide_as_the_mode(mode):
    by_name = getattr(division, f"div_{mode.value}")
    for numerator in range(-40, 41):
        for denominator in range(1, 13):
            expected = divide(numerator, denominator, mode)
            assert div_by_code(numerator, denominator, mode.code) == expected
            assert by_name(numerator, denominator) == expected


@pytest.mark.parametrize("denominator", [0, -1])
@pytest.mark.parametrize("mode", RoundingMode)
def test_a_denominator_is_above_zero(denominator, mode):
    with pytest.raises(InvalidValueError, match="denominator above zero"):
        divide(1, denominator, mode)


def test_modes_have_names_codes_and_survive_pickling():
    assert [mode.code for mode in RoundingMode] == list(range(7))
    assert [mode.value for mode in RoundingMode] == [mode.name.lower() for mode in RoundingMode]
    for mode in RoundingMode:
        assert RoundingMode(mode.value) is mode
        assert pickle.loads(pickle.dumps(mode)) is mode


def test_the_leaf_module_imports_nothing_and_calls_nothing():
    tree = ast.parse(inspect.getsource(division))
    assert not [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom, ast.Call))]


def test_compiled_division_rounds_alike_up_to_the_limits_of_64_bits():
    numba = pytest.importorskip("numba")
    by_code = numba.njit(division.div_by_code)
    half_up = numba.njit(division.div_half_up)
    for numerator in (-25, -24, 0, 24, 25, 2**62, -(2**62)):
        for denominator in (1, 10, 2**62 - 1, 2**62, 2**63 - 1):
            for mode in RoundingMode:
                expected = exactly(numerator, denominator, mode)
                assert by_code(numerator, denominator, mode.code) == expected
            expected = exactly(numerator, denominator, RoundingMode.HALF_UP)
            assert half_up(numerator, denominator) == expected


def test_a_proportion_is_kept_in_lowest_terms():
    assert Proportion(90, 100) == Proportion(9, 10) == Proportion.parse("0.900")
    assert (Proportion(90, 100).numerator, Proportion(90, 100).denominator) == (9, 10)
    assert hash(Proportion(90, 100)) == hash(Proportion(9, 10))
    assert str(Proportion(90, 100)) == "9/10"
    assert Proportion(0, 7) == Proportion(0, 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.9", (9, 10)),
        (Decimal("1.5"), (3, 2)),
        (2, (2, 1)),
        ("0", (0, 1)),
        (Decimal("-0"), (0, 1)),
        (Decimal("1E-40"), (1, 10**40)),
    ],
)
def test_a_proportion_is_read_from_text_decimals_and_whole_numbers(value, expected):
    assert Proportion.parse(value) == Proportion(*expected)


@pytest.mark.parametrize("value", [0.9, True, None, Fraction(9, 10)])
def test_a_proportion_is_not_read_from_floats(value):
    with pytest.raises(InvalidTypeError, match="share to be a Decimal or an int"):
        Proportion.parse(value, where="policy 'x'", field="share")


@pytest.mark.parametrize(
    "value", ["-0.1", Decimal(-1), Decimal("NaN"), Decimal("1E-41"), Decimal("1E-999999"), "90%"]
)
def test_an_impossible_proportion_is_refused(value):
    with pytest.raises(InvalidValueError, match="policy 'x'"):
        Proportion.parse(value, where="policy 'x'")


@pytest.mark.parametrize(
    ("parts", "message"),
    [((-1, 2), "numerator of 0 or more"), ((1, 0), "denominator of 1 or more")],
)
def test_the_parts_of_a_proportion_have_bounds(parts, message):
    with pytest.raises(InvalidValueError, match=message):
        Proportion(*parts)


@pytest.mark.parametrize("parts", [(0.9, 1), (9, 10.0), (True, 1), ("9", 10)])
def test_the_parts_of_a_proportion_are_whole_numbers(parts):
    with pytest.raises(InvalidTypeError, match="to be an int"):
        Proportion(*parts)


def test_a_proportion_cannot_be_changed():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Proportion(1, 2).numerator = 3


@given(
    amount=st.integers(-(10**15), 10**15),
    numerator=st.integers(0, 10**6),
    denominator=st.integers(1, 10**6),
    mode=MODES,
)
def test_a_share_of_an_amount_is_the_exact_product_rounded_once(
    amount, numerator, denominator, mode
):
    share = Proportion(numerator, denominator)
    assert share.of(amount, mode) == exactly(amount * numerator, denominator, mode)


@given(
    total=st.integers(-(10**15), 10**15),
    weights=st.lists(st.integers(0, 10**15), min_size=1, max_size=12).filter(any),
)
def test_parts_sum_to_the_total_and_stay_within_one_unit_of_their_share(total, weights):
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert weight or part == 0


@given(total=st.integers(0, 10**6), weights=st.lists(st.integers(1, 100), min_size=1, max_size=9))
def test_no_part_left_out_has_a_larger_remainder_than_one_served(total, weights):
    whole = sum(weights)
    parts = allocate(total, weights)
    ranks = [
        (-(total * weight % whole), i, part - total * weight // whole)
        for i, (weight, part) in enumerate(zip(weights, parts, strict=True))
    ]
    served = [extra for _, _, extra in sorted(ranks)]
    assert served == sorted(served, reverse=True)
    assert set(served) <= {0, 1}


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], (34, 33, 33)),
        (101, [1, 1, 1], (34, 34, 33)),
        (-100, [1, 1, 1], (-34, -33, -33)),
        (10, [1, 2], (3, 7)),
        (1, [1, 3], (0, 1)),
        (1, [0, 1, 0], (0, 1, 0)),
        (0, [], ()),
        (0, [0, 0], (0, 0)),
        (0, [3, 4], (0, 0)),
    ],
)
def test_the_unit_left_over_goes_to_the_largest_remainder_the_earliest_first(total, weights, parts):
    assert allocate(total, weights) == parts


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0, 0]), (-1, [0])])
def test_money_cannot_be_shared_among_nobody(total, weights):
    with pytest.raises(InvalidValueError, match="a weight above zero"):
        allocate(total, weights)


@pytest.mark.parametrize("total", [0, 1])
def test_a_negative_weight_is_refused(total):
    with pytest.raises(InvalidValueError, match="weights of zero or more"):
        allocate(total, [2, -1])
