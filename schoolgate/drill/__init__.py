"""The drill: a day that goes wrong, played against the school as it is set up now; nothing is sent.

`playing.play` copies the school's people, roles, absences, rota and calendars into a school that
exists in one transaction alone, lets the house's own verbs run in it at moments that are given,
reads who would be told, and takes everything back. So no row of a real family, and no concern of
the real school, is in sight of it. It may import `safeguarding` (see .importlinter).
"""
