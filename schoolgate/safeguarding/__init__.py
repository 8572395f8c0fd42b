"""Safeguarding: a concern goes straight to the DSL, deputies and head, and nobody else sees it.

Verbs below `actions`: raising, reading, adding. What may be read is judged by the database, row by
row (see the migration `0002_sealed`). No room imports this one; pages reach it by URL name only.
"""
