"""Taken further: by a parent's press, by a colleague, or by the clock; a leader has it then.

`ladder` says who is next, `states` what can happen to what was taken further (5.3), and
`actions.climbing` is the sweep that reminds, gives to cover and climbs, each step once. The owner,
the promises and the thread stay in `conversations` and `response_clock`; this room moves them.
"""
