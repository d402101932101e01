"""The rulebook: its files, and what a bad file is told."""
