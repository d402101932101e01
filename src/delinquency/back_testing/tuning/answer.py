"""Rules that were put together from candidates, and how good they are on accounts that took no part."""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.back_testing.answer import BackTest
from delinquency.early_warning.rules import WarningRules

__all__ = ["TunedRules"]


@attrs.frozen(slots=True, eq=False)
class TunedRules:
    """Rules with whole points, and their figures on the accounts they were fitted on and on the others.

    Attributes
    ----------
    rules : WarningRules
    fitted : BackTest
        On the accounts that the rules were fitted on: better than they are.
    others : BackTest or None
        On the accounts that took no part; ``None`` where all were fitted on.
    fit_on : bool array
        Which accounts of the panel were fitted on.
    """

    rules: WarningRules
    fitted: BackTest
    others: BackTest | None
    fit_on: npt.NDArray[np.bool_]

    def __str__(self) -> str:
        lines = [f"{len(self.rules.rules)} rules; fitted on: area {self.fitted.area}"]
        if self.others is not None:
            lines.append(f"others: area {self.others.area}, {self.others.accounts:,} accounts")
        lines += [f"{each.rule.points:+d}  {each.rule.says}" for each in self.rules.rules]
        return "\n".join(lines)
