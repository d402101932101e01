"""``python -m delinquency``: the sample book, a tape of one's own, the rulebook."""

from __future__ import annotations

import sys

from delinquency.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
