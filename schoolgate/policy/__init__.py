"""The policies, clause by clause: what each asks, which setting carries it, which tests prove it.

This room writes the policy out from the school's live settings and gathers the evidence that it is
kept. It begins with the register of clauses, as data. It reads other rooms and is read by none.
"""
