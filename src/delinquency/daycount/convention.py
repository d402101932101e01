"""Which convention: the closed list of day counts, and how a name of one is read.

Every lender writes "Actual/360" in a way of its own, and some names mean two things. The one idea: a
convention is a member of :class:`DayCount`; a text becomes one at the edge, through
:meth:`DayCount.of`, which knows the usual names, says which reading a name of several meanings gets,
and refuses the names for which no reading could be justified.
"""

from __future__ import annotations

from enum import Enum
from typing import Self

__all__ = ["DayCount"]


class DayCount(Enum):
    """How the days of a period become a fraction of a year (计息基准).

    Every period is ``[start, end)``: the start bears interest, the end does not. Where 29 February or
    the end of a month is looked at, the definition says which ends are looked at. The whole of each -
    the rule, the computation, the ends, other names, the source - is what
    :func:`~delinquency.daycount.definition.definition_of` gives.

    Attributes
    ----------
    code : int
        A number for the convention, for columns and kernels; see
        :func:`~delinquency.daycount.formulas.ratio_by_code`.
    label : str
        The name for people, such as ``"Act/360"``.

    Examples
    --------
    >>> DayCount.of("Actual/360"), DayCount("act_360")
    (<DayCount.ACT_360: 'act_360'>, <DayCount.ACT_360: 'act_360'>)
    >>> print(DayCount.THIRTY_E_360_ISDA)
    30E/360 ISDA
    """

    _value_: str
    code: int
    label: str

    ACT_360 = "act_360", 0, "Act/360"
    """Actual days over 360 (实际/360)."""
    ACT_365F = "act_365f", 1, "Act/365F"
    """Actual days over 365, in leap years too (实际/365)."""
    ACT_364 = "act_364", 2, "Act/364"
    """Actual days over 364."""
    ACT_365_25 = "act_365_25", 3, "Act/365.25"
    """Actual days over 365.25."""
    ONE_ONE = "one_one", 4, "1/1"
    """One for every period, whatever its length."""
    NL_365 = "nl_365", 5, "NL/365"
    """Actual days but 29 February over 365."""
    NL_360 = "nl_360", 6, "NL/360"
    """Actual days but 29 February over 360."""
    ACT_365_ACTUAL = "act_365_actual", 7, "Act/365 Actual"
    """Actual days over 366 where the period has a 29 February, else over 365."""
    ACT_ACT_ISDA = "act_act_isda", 8, "Act/Act ISDA"
    """Days of leap years over 366 plus days of common years over 365 (实际/实际)."""
    ACT_ACT_YEAR = "act_act_year", 9, "Act/Act Year"
    """Whole years from the start, then days over the length of the year that has begun."""
    ACT_ACT_AFB = "act_act_afb", 10, "Act/Act AFB"
    """Whole years back from the end, then days over 366 or 365."""
    THIRTY_360 = "thirty_360", 11, "30/360"
    """Months of 30 days, bond basis: an end on a 31st is a 30th after a start on a 30th or 31st."""
    THIRTY_360_PSA = "thirty_360_psa", 12, "30/360 PSA"
    """As 30/360, and a start on the last day of February is a 30th."""
    THIRTY_U_360 = "thirty_u_360", 13, "30U/360"
    """As 30U/360 EOM for a loan that pays at the ends of months, else as 30/360."""
    THIRTY_U_360_EOM = "thirty_u_360_eom", 14, "30U/360 EOM"
    """As 30/360 PSA, and an end on the last day of February is a 30th if the start is one too."""
    THIRTY_E_360 = "thirty_e_360", 15, "30E/360"
    """Months of 30 days: a 31st is a 30th at both ends."""
    THIRTY_E_360_ISDA = "thirty_e_360_isda", 16, "30E/360 ISDA"
    """Months of 30 days: every last day of a month is a 30th, but not a maturity in February."""
    THIRTY_E_PLUS_360 = "thirty_e_plus_360", 17, "30E+/360"
    """Months of 30 days: a start on a 31st is a 30th, an end on a 31st is the 1st after it."""
    THIRTY_365 = "thirty_365", 18, "30/365"
    """Days as 30E/360, over 365."""
    THIRTY_E_365 = "thirty_e_365", 19, "30E/365"
    """Months of 30 days, every last day of a month is a 30th, over 365."""
    TWENTY_EIGHT_336 = "twenty_eight_336", 20, "28/336"
    """Months of 28 days: a later day is a 28th at both ends; over 336."""
    ACT_365L = "act_365l", 21, "Act/365L"
    """Actual days over 366 or 365, by the leap day of a year's coupon or the year of a coupon's end."""
    ACT_ACT_ICMA = "act_act_icma", 22, "Act/Act ICMA"
    """Actual days over the days of the coupon period times the coupons a year."""
    BUSINESS_252 = "business_252", 23, "Business/252"
    """Business days over 252."""

    def __new__(cls, value: str, code: int, label: str) -> Self:
        """A member with its value, its number and its label."""
        member = object.__new__(cls)
        member._value_ = value
        member.code = code
        member.label = label
        return member

    @classmethod
    def of(cls, name: str) -> DayCount:
        """The convention of a name.

        Capitals, spaces, points, dashes and brackets do not matter, and *Actual* is *Act*: ``"ACT/360"``,
        ``"Actual / 360"`` and ``"act_360"`` are one name. A name that has more than one meaning in the
        market and is used for one of them nearly everywhere gets that reading:

        - ``30/360`` and ``bond basis`` are 30/360 of section 4.16(f) of the 2006 ISDA Definitions;
        - ``Act/Act`` is Act/Act ISDA, of section 4.16(b);
        - ``Act/365`` is Act/365F, of section 4.16(d);
        - ``30E/360`` and ``Eurobond basis`` are of section 4.16(g), not what the 2000 Definitions
          called so, which is 30E/360 ISDA;
        - ``30/360 US`` is 30U/360, which asks whether the loan pays at the ends of months.

        Parameters
        ----------
        name : str
            A name of any of the definitions, in English or Chinese, or a code of ISO 20022 or ACTUS.

        Raises
        ------
        InvalidTypeError
            If it is no text.
        InvalidValueError
            If no convention has the name, or several have: the hint names them.

        Examples
        --------
        >>> [DayCount.of(name).label for name in ("30/360", "ACT/ACT", "实际/360", "30E360ISDA")]
        ['30/360', 'Act/Act ISDA', 'Act/360', '30E/360 ISDA']
        >>> DayCount.of("German")
        Traceback (most recent call last):
        ...
        delinquency.errors.InvalidValueError: day count: expected the name of one convention, \
found 'German'. Hint: It is said of 30E/360 and of 30E/360 ISDA: write the one that is meant.
        """
        from delinquency.daycount.names import day_count_named

        return day_count_named(name)

    def __str__(self) -> str:
        return self.label
