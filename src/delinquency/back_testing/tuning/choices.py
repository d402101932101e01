"""How rules are looked for: how many, how long, how often they are changed."""

from __future__ import annotations

import attrs

from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.whole_numbers import check_least

__all__ = ["TuningChoices"]


@attrs.frozen(slots=True, kw_only=True)
class TuningChoices:
    """What may be chosen when rules are tuned; the defaults did well on real cards.

    Parameters
    ----------
    rule_count : int
        Rules, at most.
    longest : int
        Conditions in one rule, at most.
    least_share : float
        A rule holds on at least, and spares at least, this share of the accounts.
    moves : int
        How often then a change of one condition or one point of a rule is tried; each takes about 40
        microseconds of 7,500 accounts.
    rounds : int
        Trees of the model that tells risks from outcomes; 0: rules are fitted to the outcomes themselves.
    most_accounts : int
        Of more accounts so many are drawn to fit on.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        No whole numbers, or below 1 (``rounds`` and ``moves``: below 0); a share that is
        not above 0 and below a half.
    """

    rule_count: int = 15
    longest: int = 5
    least_share: float = 0.01
    moves: int = 300_000
    rounds: int = 140
    most_accounts: int = 20_000

    def __attrs_post_init__(self) -> None:
        for name, least in (
            ("rule_count", 1),
            ("longest", 1),
            ("moves", 0),
            ("rounds", 0),
            ("most_accounts", 1),
        ):
            check_least(getattr(self, name), f"tuning choices, {name}", least=least)
        if isinstance(self.least_share, bool) or not isinstance(self.least_share, int | float):
            raise InvalidTypeError.at(
                "tuning choices, least_share", expected="a float", found=self.least_share
            )
        if not 0 < self.least_share < 0.5:
            raise InvalidValueError.at(
                "tuning choices, least_share",
                expected="above 0 and below 0.5",
                found=str(self.least_share),
            )
