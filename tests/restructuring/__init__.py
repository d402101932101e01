"""Plans for accounts that cannot pay."""
