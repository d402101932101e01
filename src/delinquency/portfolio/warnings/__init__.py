"""Rules of early warning over the observations of many accounts."""
