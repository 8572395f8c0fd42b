"""Words that worry: what a message seems to speak of, by wording alone, for a person to judge.

Pure: no Django, no network, no model. `finding.found(text)` names what may need somebody's eyes,
with a reason in plain words; `finding.first(text)` says whether it should be read first. Tone is
never looked at: an angry, rude, long or sad message finds nothing. The wording is data
(`wordings/`), and so are the sentences on which its misses and false alarms are counted
(`testset/`, `make bench ONLY=worries`).
"""
