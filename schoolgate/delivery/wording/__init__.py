"""How a content reads on channels other than email: pure functions from its parts to words.

Who may hold the telephone is not known, so that nothing of a child stands in any of them
(Clause 2.1-M3b, threat T4).
"""
