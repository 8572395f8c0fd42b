"""A school of hundreds for the morning of the absences: children, their house parent, families."""

from typing import Any

import psycopg

PUPILS = """
INSERT INTO people_pupil (school_id, public_id, external_id, first_name, last_name, known_as,
    tutor_group_id, authority)
SELECT g.school_id, gen_random_uuid(), '', 'Absent' || n, 'Rowe', '', g.id, 'Kent'
FROM generate_series(1, %(children)s) n, people_group g
JOIN school_school s ON s.id = g.school_id WHERE s.slug = %(slug)s AND g.name = 'Oak'
"""
# All but the last ones are told of on the portal, by one house parent.
OF_THE_PORTAL = """
INSERT INTO people_link (school_id, pupil_id, carer_id, relationship, receives, ground, collects)
SELECT p.school_id, p.id, c.id, 'house parent', 2, '', false
FROM people_pupil p JOIN people_carer c ON c.school_id = p.school_id
JOIN school_school s ON s.id = p.school_id
WHERE s.slug = %(slug)s AND c.name = 'Ewa Malinowska' AND p.last_name = 'Rowe'
    AND substr(p.first_name, 7)::int <= %(portal)s
"""
FAMILIES = """
INSERT INTO people_carer (school_id, public_id, external_id, name, called, language, needs,
    what_helps_us, protected_address, capacity)
SELECT p.school_id, gen_random_uuid(), '', 'Parent of ' || p.first_name, '', 'en', '[]', '', false,
    'family'
FROM people_pupil p JOIN school_school s ON s.id = p.school_id
WHERE s.slug = %(slug)s AND p.last_name = 'Rowe' AND substr(p.first_name, 7)::int > %(portal)s
"""
OF_EMAIL = """
INSERT INTO people_link (school_id, pupil_id, carer_id, relationship, receives, ground, collects)
SELECT p.school_id, p.id, c.id, 'parent', 2, '', false
FROM people_pupil p JOIN people_carer c ON c.name = 'Parent of ' || p.first_name
"""
ADDRESSES = """
INSERT INTO people_contactroute (school_id, carer_id, kind, value, verified_at, preference)
SELECT c.school_id, c.id, 'email', lower(replace(c.name, 'Parent of ', '')) || '@example.net',
    now() - interval '90 days', 1
FROM people_carer c WHERE c.name LIKE 'Parent of Absent%%'
"""


def fill(connection: psycopg.Connection[Any], *, slug: str, children: int, portal: int) -> None:
    """So many children of one class: the first ones of one house parent, the others of families."""
    values = {"slug": slug, "children": children, "portal": portal}
    for statement in (PUPILS, OF_THE_PORTAL, FAMILIES, OF_EMAIL, ADDRESSES):
        connection.execute(statement, values)
