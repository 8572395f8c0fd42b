"""The ledger: who did what, when, to what; written once and never changed.

Verbs: `record`. Neighbours: every room writes to it in the transaction of its own verb; it knows
none of them, so school, actor and object are plain ids.
"""
