"""Books: what makes one, what breaks one, and the verbs over one."""
