"""Texts by one or two providers, the second where the first is down (Clauses 2.1-M3, 2.1-M3b)."""
