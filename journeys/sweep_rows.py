"""Ten thousand open threads of one school of a house, whose promises fall due hour by hour."""

from datetime import datetime
from typing import Any

import psycopg

COLLEAGUES = 40
TEAM = """
INSERT INTO people_teammember (school_id, public_id, external_id, name, job_title, employment,
    email, works, line_leader_id, cover_id)
SELECT s.id, gen_random_uuid(), 'B-' || n, 'Colleague ' || n, '', 'employed',
    'colleague' || n || '@example.org', '{}', leads.id, covers.id
FROM generate_series(1, %(colleagues)s) n, school_school s, people_teammember leads,
    people_teammember covers
WHERE s.slug = %(slug)s AND leads.school_id = s.id AND leads.external_id = 'T-tom'
    AND covers.school_id = s.id AND covers.external_id = 'T-sam'
"""
THREADS = """
INSERT INTO conversations_conversation (school_id, public_id, carer_id, kind, topic, subject,
    state, side, owner_id, queue, owned_since, sensitive, due_at, opened_at, last_at, last_channel,
    preview)
SELECT s.id, gen_random_uuid(), c.id, 'ordinary', '', 'Swept ' || n, 'with school', 'school', m.id,
    '', %(at)s, false, %(at)s, %(at)s, %(at)s, 'portal', ''
FROM generate_series(1, %(threads)s) n, school_school s, people_carer c, people_teammember m
WHERE s.slug = %(slug)s AND c.school_id = s.id AND c.external_id = 'C-nina'
    AND m.school_id = s.id AND m.external_id = 'B-' || (1 + n %% %(colleagues)s)
"""
# They began over the day before, a minute and a half apart, so that every hour brings hundreds.
PROMISES = """
INSERT INTO response_clock_promise (school_id, public_id, kind, subject, started_at, due_at,
    first_due_at, half_at, three_quarters_at, cover_at, leader_at, climbed, next_step_at)
SELECT school_id, gen_random_uuid(), 'reply', public_id, began, began + day, began + day,
    began + day / 2, began + day * 3 / 4, began + day, began + day + interval '2 hours', 0,
    began + day / 2
FROM (
    SELECT school_id, public_id, interval '24 hours' AS day,
        %(at)s::timestamptz - interval '12 hours' + n * interval '20 hours' / %(threads)s AS began
    FROM (
        SELECT school_id, public_id, row_number() OVER (ORDER BY id) AS n
        FROM conversations_conversation WHERE subject LIKE 'Swept %%'
    ) t
) r
"""


def fill(connection: psycopg.Connection[Any], *, slug: str, threads: int, at: datetime) -> None:
    """Write them as the owner of the tables; `at` is the first moment when something is due."""
    values = {"slug": slug, "threads": threads, "at": at, "colleagues": COLLEAGUES}
    for statement in (TEAM, THREADS, PROMISES):
        connection.execute(statement, values)
