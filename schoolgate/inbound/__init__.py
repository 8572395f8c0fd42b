"""Inbound: what comes back by email, text and voicemail, and the tray for what fits nowhere.

Verbs: `taking.take` (one message, however it was fed in: `feeding`) and `filing`. `mail`
understands bytes and `belonging` decides where they go; both are pure, and what came is stored as
an `Arrival` before either is asked. Neighbours: `conversations` opens and continues threads,
`delivery` made the reply addresses, `response_clock` counts the tray's promise.
"""
