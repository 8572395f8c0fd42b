"""A mail's bytes understood: no database and no Django, so that it can be tried on any machine."""
