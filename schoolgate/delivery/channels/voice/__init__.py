"""Calls that read an urgent message aloud and take "press 1" (Clause 2.1-M1)."""
