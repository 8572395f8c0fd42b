"""The rows of the post room's benches: one school with many people, by INSERT ... SELECT."""

from pathlib import Path

import psycopg

SETTINGS = (Path(__file__).parent.parent / "schools" / "medway-green.toml").read_text()
FIRST = 1_000_000  # the numbers of rows begin here


def fill(owner_url: str, *, people: int) -> None:
    """A school with so many carers, two for each child; every third reads Polish.

    A twentieth asked for large print, a hundredth has an order that stops everything.
    """
    numbers = {"f": FIRST, "n": people}
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(
            "INSERT INTO school_school (id, slug, name, settings_text, inbound_address, demo,"
            " opened_at) VALUES (1, 'bench', 'Bench School', %s,"
            " 'messages@medwaygreenschool.co.uk', true, now())",
            [SETTINGS],
        )
        for words in _PEOPLE:
            owner.execute(words, numbers)
        for table in ("people_carer", "people_pupil", "people_group", "people_teammember"):
            owner.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
                f" (SELECT max(id) FROM {table}))"
            )
        owner.execute("VACUUM ANALYZE")


_PEOPLE = (
    "INSERT INTO people_teammember (id, school_id, public_id, external_id, name, job_title,"
    " employment, email, works) SELECT %(f)s + n, 1, gen_random_uuid(), '', 'Tutor', '',"
    " 'employed', '', '{}' FROM generate_series(1, 1) n",
    "INSERT INTO people_group (id, school_id, external_id, name, kind, phase)"
    " SELECT %(f)s + n, 1, '', 'Group ' || n, 'tutor', '' FROM generate_series(1, 40) n",
    "INSERT INTO people_pupil (id, school_id, public_id, external_id, first_name, last_name,"
    " known_as, tutor_group_id, authority)"
    " SELECT %(f)s + n, 1, gen_random_uuid(), '', 'Child' || n, 'Name' || n, '',"
    " %(f)s + 1 + n %% 40, 'Kent' FROM generate_series(1, %(n)s / 2) n",
    "INSERT INTO people_carer (id, school_id, public_id, external_id, name, called, language,"
    " needs, what_helps_us, protected_address, capacity)"
    " SELECT %(f)s + n, 1, gen_random_uuid(), '', 'Carer' || n || ' Name', '',"
    " CASE WHEN n %% 3 = 0 THEN 'pl' ELSE 'en' END,"
    " CASE WHEN n %% 20 = 0 THEN '[\"large print\"]'::jsonb ELSE '[]' END, '', false, 'family'"
    " FROM generate_series(1, %(n)s) n",
    "INSERT INTO people_link (school_id, pupil_id, carer_id, relationship, receives, ground,"
    " collects) SELECT 1, %(f)s + 1 + (n - 1) / 2, %(f)s + n, 'parent', 2, '', false"
    " FROM generate_series(1, %(n)s) n",
    "INSERT INTO people_contactroute (school_id, carer_id, kind, value, preference)"
    " SELECT 1, %(f)s + n, 'email', 'carer' || n || '@example.org', 1"
    " FROM generate_series(1, %(n)s) n",
    "INSERT INTO people_newsconsent (school_id, carer_id, given_at, given_by, ended_by)"
    " SELECT 1, %(f)s + n, now(), 'a form', '' FROM generate_series(1, %(n)s) n",
    "INSERT INTO people_limit (school_id, link_id, receives_at_most, says, is_court_order,"
    " begins_at, seen_by, lifted_because) SELECT 1, id, 2, 'reports only', true, now(), '', ''"
    " FROM people_link WHERE id %% 100 = 0",
)
