"""Inbound: what comes back by email, and the tray for what fits nowhere by itself.

Verbs: `taking.take` (one message, from the listener, the IMAP poller or a pipe) and `filing`.
`reading` understands bytes and `belonging` decides where they go; both are pure, and the raw
message is stored before either is asked. Neighbours: `conversations` opens and continues threads,
`delivery` made the reply addresses, `response_clock` counts the tray's promise.
"""
