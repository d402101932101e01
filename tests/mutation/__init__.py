"""Which changes to the source no test sees, and why none can."""
