"""Announcements: one text to many people, confirming, and ringing whom nothing reaches.

Verbs, by noun, below `actions`: drafting, asking, sending, publishing, correcting, answering,
chasing, calling. `states`, `rules` and `texts` are pure. Neighbours: `people` says who may receive
what; `delivery` carries it. It does not know `conversations`, nor they it.
"""
