"""Plans that a debtor can pay: searched, ranked, and why there is none."""
