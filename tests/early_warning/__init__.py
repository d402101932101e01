"""Early warning: observations, rules over them, and signals."""
