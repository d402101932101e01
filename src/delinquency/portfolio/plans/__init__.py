"""Restructuring plans put to many accounts, and many plans put to one account."""
