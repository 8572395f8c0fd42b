"""The rows of the size bench: schools with people, conversations and messages, by COPY."""

import random
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

TOWN = 250  # pupils a school; each with two carers
TUTORS = 25
EACH = 5  # messages a conversation
START = datetime(2026, 9, 3, 8, tzinfo=UTC)
SETTINGS = (Path(__file__).parent.parent / "schools" / "medway-green.toml").read_text()
# Zipf-like: the first words are in every tenth message, the last in hardly any.
COMMON = ["school", "today", "morning", "please", "lunch", "taxi", "swimming", "reading"]
SELDOM = [f"word{n}" for n in range(20000)]
RARE = "zephyr"


def fill(owner_url: str, *, schools: int, messages: int) -> None:
    """Write `schools` schools, each with `messages` messages; the same seed, so the same rows."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("SET synchronous_commit = off")
        owner.execute("DROP INDEX message_words")
        _let_words_be_empty(owner)
        for number in range(1, schools + 1):
            _school(owner, number, messages)
        owner.execute(
            "CREATE INDEX message_words ON conversations_message USING gin (school_id, words)"
        )
        for table in (
            "conversations_conversation",
            "conversations_message",
            "people_carer",
            "people_pupil",
            "people_teammember",
            "response_clock_promise",
        ):
            owner.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
                f" (SELECT max(id) FROM {table}))"
            )
        owner.execute("VACUUM ANALYZE")


def _let_words_be_empty(owner: psycopg.Connection) -> None:
    """Words that a row here does not name are empty, whatever columns a table has by now."""
    found = owner.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL"
        " AND is_generated = 'NEVER' AND data_type IN ('text', 'character varying')"
    )
    for table, column in found.fetchall():
        owner.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET DEFAULT \'\'')


def _school(owner: psycopg.Connection, number: int, messages: int) -> None:
    chance = random.Random(number)
    first = number * 1_000_000
    slug = f"bench-{number}"
    owner.execute(
        "INSERT INTO school_school (id, slug, name, settings_text, inbound_address, demo,"
        " opened_at) VALUES (%s, %s, %s, %s, %s, true, now())",
        [number, slug, f"School {number}", SETTINGS, f"in@{slug}.example.org"],
    )
    _people(owner, number, first)
    _talk(owner, number, first, messages, chance)


def _people(owner: psycopg.Connection, school: int, first: int) -> None:
    owner.execute(
        "INSERT INTO accounts_user (id, password, email, name, is_active, invited_at)"
        " SELECT %(f)s + n, '!', 'u' || (%(f)s + n) || '@example.org', 'Person ' || n, true, now()"
        " FROM generate_series(1, 1000) n",
        {"f": first},
    )
    owner.execute(
        "INSERT INTO people_teammember (id, school_id, public_id, external_id, user_id, name,"
        " job_title, employment, email, works)"
        " SELECT %(f)s + n, %(s)s, gen_random_uuid(), '', %(f)s + n, 'Tutor ' || n, '',"
        " 'employed', '', '{}' FROM generate_series(1, %(t)s) n",
        {"f": first, "s": school, "t": TUTORS},
    )
    for role, member in (("head", 1), ("office", 2)):
        owner.execute(
            "INSERT INTO people_roleholding (school_id, member_id, role, since)"
            " VALUES (%s, %s, %s, '2020-01-01')",
            [school, first + member, role],
        )
    owner.execute(
        "INSERT INTO people_group (id, school_id, external_id, name, kind, tutor_id)"
        " SELECT %(f)s + n, %(s)s, '', 'Group ' || n, 'tutor', %(f)s + n"
        " FROM generate_series(1, %(t)s) n",
        {"f": first, "s": school, "t": TUTORS},
    )
    owner.execute(
        "INSERT INTO people_pupil (id, school_id, public_id, external_id, first_name, last_name,"
        " known_as, tutor_group_id, authority)"
        " SELECT %(f)s + n, %(s)s, gen_random_uuid(), '', 'Child' || n, 'Name' || n, '',"
        " %(f)s + 1 + n %% %(t)s, 'Kent' FROM generate_series(1, %(p)s) n",
        {"f": first, "s": school, "t": TUTORS, "p": TOWN},
    )
    owner.execute(
        "INSERT INTO people_carer (id, school_id, public_id, external_id, user_id, name, called,"
        " language, needs, what_helps_us, protected_address, capacity)"
        " SELECT %(f)s + n, %(s)s, gen_random_uuid(), '', %(f)s + 400 + n, 'Carer ' || n, '', 'en',"
        " '[]', '', false, 'family' FROM generate_series(1, 2 * %(p)s) n",
        {"f": first, "s": school, "p": TOWN},
    )
    owner.execute(
        "INSERT INTO people_link (school_id, pupil_id, carer_id, relationship, receives, ground,"
        " collects) SELECT %(s)s, %(f)s + 1 + (n - 1) / 2, %(f)s + n, 'parent', 2, '', false"
        " FROM generate_series(1, 2 * %(p)s) n",
        {"f": first, "s": school, "p": TOWN},
    )


def _talk(
    owner: psycopg.Connection, school: int, first: int, messages: int, chance: random.Random
) -> None:
    conversations = messages // EACH
    ids = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(conversations)]
    # As in a real school nearly all has been answered; a few dozen wait at any one time, and how
    # many those are depends on the school's families and not on how long it has been writing.
    waiting = set(range(conversations - 60, conversations))
    with owner.cursor().copy(
        "COPY conversations_conversation (id, school_id, public_id, carer_id, pupil_id, kind,"
        " topic, subject, state, side, owner_id, queue, owned_since, sensitive, due_at,"
        " opened_at, last_at, last_channel, preview) FROM STDIN"
    ) as copy:
        for n in range(conversations):
            carer = n % (2 * TOWN)
            at = START + timedelta(minutes=5 * n)
            open_now = n in waiting
            copy.write_row((
                first + n, school, ids[n], first + 1 + carer, first + 1 + carer // 2, "ordinary",
                "", f"About day {n}", "with school" if open_now else "with parent",
                "school" if open_now else "parent", first + 1 + (1 + carer // 2) % TUTORS, "",
                at, False,
                at + timedelta(days=1) if open_now else None, at, at, "portal", "How was it today?",
            ))  # fmt: skip
    with owner.cursor().copy(
        "COPY conversations_message (school_id, public_id, conversation_id, direction, channel,"
        " carer_id, member_id, body, folded, mail_id, at) FROM STDIN"
    ) as copy:
        for n in range(conversations):
            at = START + timedelta(minutes=5 * n)
            carer = first + 1 + n % (2 * TOWN)
            for turn in range(EACH):
                family = turn % 2 == 0
                copy.write_row((
                    school, uuid.UUID(int=chance.getrandbits(128)), first + n,
                    "family" if family else "school", "portal", carer if family else None,
                    None if family else first + 1, _words(chance, n, turn), "", "",
                    at + timedelta(seconds=turn),
                ))  # fmt: skip
    owner.execute(
        "INSERT INTO response_clock_promise (school_id, public_id, kind, subject, started_at,"
        " due_at, first_due_at, stopped_at, stopped_by) SELECT school_id,"
        " gen_random_uuid(), 'reply', public_id,"
        " opened_at, opened_at + interval '1 day', opened_at + interval '1 day',"
        " CASE WHEN side = 'parent' THEN opened_at END,"
        " CASE WHEN side = 'parent' THEN gen_random_uuid() END"
        " FROM conversations_conversation WHERE school_id = %s",
        [school],
    )


def _words(chance: random.Random, n: int, turn: int) -> str:
    words = [
        chance.choice(COMMON) if chance.random() < 0.4 else chance.choice(SELDOM) for _ in range(30)
    ]
    if n % 1000 == 7 and turn == 0:
        words.append(RARE)
    return " ".join(words)
