"""Safeguarding: a concern goes straight to the DSL, deputies and head, and nobody else sees it.

Verbs below `actions`: raising, reading, recording, ringing, watching the rota, keeping routes,
transferring, handing over, breaking the glass. What may be read is judged by the database, row by
row (migrations `0002` and `0003`); states are folded out of rows that nothing changes (`states`,
`standing`). No room imports this one; pages reach it by URL name only.
"""
