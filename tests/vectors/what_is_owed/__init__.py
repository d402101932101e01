"""Published figures of what is owed: allocation, charges, write-off, termination, closing."""
