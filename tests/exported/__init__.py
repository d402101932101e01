"""What is exported for other people's test suites."""
