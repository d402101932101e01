"""Reviews of plans."""
