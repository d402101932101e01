"""Accounts that stand on the day before, on and after each threshold of the status of a packaged file.

The one idea: a case is written down apart from the files, as days with the state at their close. A figure of a
file that could be another one without any case noticing it has no case.
"""
