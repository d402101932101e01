"""Published figures against the library: one table of cases, run by every path."""
