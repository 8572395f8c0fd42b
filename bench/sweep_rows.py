"""Rows by the hundred thousand for the sweep: colleagues, threads, promises."""

from datetime import datetime, timedelta

from django.db import connection

from schoolgate.rehearsal.cast import Cast

COLLEAGUES = 300
TEAM = """
INSERT INTO people_teammember (school_id, public_id, external_id, name, job_title, employment,
    email, works, line_leader_id, cover_id)
SELECT %(school)s, gen_random_uuid(), 'B-' || n, 'Colleague ' || n, '', 'employed',
    'colleague' || n || '@example.org', '{}', %(leader)s, %(cover)s
FROM generate_series(1, %(colleagues)s) n
RETURNING id
"""
THREADS = """
INSERT INTO conversations_conversation (school_id, public_id, carer_id, kind, topic, subject,
    state, side, owner_id, queue, owned_since, sensitive, due_at, opened_at, last_at, last_channel,
    preview)
SELECT %(school)s, gen_random_uuid(), %(carer)s, 'ordinary', '', 'Thread ' || n, 'with school',
    'school', (%(owners)s::bigint[])[1 + n %% %(colleagues)s], '', %(at)s, false, %(at)s, %(at)s,
    %(at)s, 'portal', ''
FROM generate_series(1, %(open)s) n
"""
# Each thread's promise; of the first `due` ones a step has come, a quarter of them each step.
PROMISES = """
INSERT INTO response_clock_promise (school_id, public_id, kind, subject, started_at, due_at,
    first_due_at, half_at, three_quarters_at, cover_at, leader_at, climbed, next_step_at)
SELECT %(school)s, gen_random_uuid(), 'reply', public_id, s + start, s + start + day,
    s + start + day, s + start + day / 2, s + start + day * 3 / 4, s + start + day,
    s + start + day + interval '2 hours', climbed,
    CASE climbed WHEN 0 THEN s + start + day / 2 WHEN 1 THEN s + start + day * 3 / 4
        WHEN 2 THEN s + start + day ELSE s + start + day + interval '2 hours' END
FROM (
    SELECT public_id, %(at)s::timestamptz AS s, interval '24 hours' AS day,
        CASE WHEN n <= %(due)s THEN n %% 4 ELSE 0 END AS climbed,
        CASE WHEN n > %(due)s THEN interval '0'
            WHEN n %% 4 = 0 THEN interval '-13 hours' WHEN n %% 4 = 1 THEN interval '-19 hours'
            WHEN n %% 4 = 2 THEN interval '-25 hours' ELSE interval '-27 hours' END AS start
    FROM (SELECT public_id, row_number() OVER (ORDER BY id) AS n FROM conversations_conversation) t
) r
"""


def fill(cast: Cast, *, open_: int, due: int, at: datetime) -> None:
    """Threads with their promises; `due` of them have one step due at a moment (UTC)."""
    values = {
        "school": cast.school.pk,
        "leader": cast.team["tom"].pk,
        "cover": cast.team["sam"].pk,
        "carer": cast.carers["ewa"].pk,
        "colleagues": COLLEAGUES,
        "open": open_,
        "due": due,
        "at": at - timedelta(minutes=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(TEAM, values)
        values["owners"] = [row[0] for row in cursor.fetchall()]
        cursor.execute(THREADS, values)
        cursor.execute(PROMISES, values)
