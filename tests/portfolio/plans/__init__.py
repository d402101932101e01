"""Plans of a book equal those of its accounts."""
