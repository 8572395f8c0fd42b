"""Two lives of one thread, and everything that anybody can see of each.

`sealed`: a team member raises the message as a concern, the lead reads it, seals its text and gives
words; a parent is held back, and a second concern keeps the hour on. `ordinary`: the lead takes the
same text for a reason that is not said and gives the same words at the same moments.
"""

import io
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.db import connection, transaction
from django.test import Client

from config.verbs import doctor, doctor_inside
from house_rules.entering import enter
from house_rules.routes import Route, ours
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.tests.announcing import goes_out, to_group
from schoolgate.announcements.tests.announcing import writes as drafts
from schoolgate.conversations.actions.keeping import give_words, keep
from schoolgate.conversations.actions.seeing import note_seen
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.tests.acting import actor_of, answers, writes
from schoolgate.escalation.actions.taking_further import Ask, ask_the_head
from schoolgate.people.access import Who
from schoolgate.people.actions.ending import end_access
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions import holding, sealing
from schoolgate.safeguarding.tests.acting import hand, raises, reads, rings
from schoolgate.school.clock import now
from schoolgate.school.tenancy import see

MINUTE = timedelta(minutes=1)
SAID = "He hides under the table in Zanzibar when the bell rings."
GIVEN = "Thank you for telling us. Somebody rings you today."
# What the framework counts for itself when somebody signs in, and what nobody reads as a person.
NOT_OURS = ("django_", "pg_", "procrastinate_workers", "procrastinate_events", "safeguarding_")
SOUGHT = ("Zanzibar", "hides", "Kuba", "Malinowska", "leader", "table")


@dataclass
class Stage:
    """Both schools with what stands before anything is taken; the twin lives begin here."""

    here: Cast
    other: Cast
    at: datetime
    thread: Conversation
    plain: Conversation
    news: Announcement
    draft: Announcement
    concern: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def message(self) -> Message:
        """The message that is taken."""
        return self.thread.messages.earliest("pk")


Life = Callable[[Stage], None]


def stage(here: Cast, other: Cast, at: datetime) -> Stage:
    """A family's message that the tutor has read, another thread, and news to the class."""
    see(school_id=here.school.pk)
    thread = writes(here, "ewa", "kuba", at, SAID, subject="Under the table")
    plain = writes(here, "nina", "noah", at, "When is the trip?")
    answers(here, "priya", plain, at + MINUTE)
    note_seen(member=here.team["priya"], conversation=thread, at=at + MINUTE)
    note_seen(member=here.team["dee"], conversation=thread, at=at + MINUTE)
    ask_the_head(
        actor=actor_of(here, "ewa"),
        carer=here.carers["ewa"],
        conversation=writes(here, "ewa", "kuba", at),
        ask=Ask(words="It goes on."),
        at=at,
    )
    news = goes_out(here, "ruth", at, to_group(here, "Oak"))
    draft = drafts(here, "ruth", at, to_group(here, "Oak"), subject="To come")
    end_access(actor=actor_of(here, "ruth"), member=here.team["andy"], at=at)
    return Stage(here, other, at, thread, plain, news, draft)


def sealed(on: Stage) -> None:
    """The text was sealed for a concern."""
    first = raises(on.here, "dee", on.at + 2 * MINUTE, message=on.message.public_id)
    on.concern = first.public_id
    rings(on.here, on.at + 3 * MINUTE)
    reads(on.here, "helen", first, on.at + 4 * MINUTE)
    sealing.seal_text(hand=hand(on.here, "helen", first, on.at + 5 * MINUTE))
    sealing.give_words(hand=hand(on.here, "helen", first, on.at + 6 * MINUTE), words=GIVEN)
    holding.hold_back(
        hand=hand(on.here, "helen", first, on.at + 7 * MINUTE),
        carer=on.here.carers["ewa"],
        reason="As the council asked.",
    )
    raises(on.here, "dee", on.at + 8 * MINUTE)


def kept_by(key: str) -> Life:
    """The life in which a leader has the text for a reason of their own."""
    return lambda on: ordinary(on, key)


def ordinary(on: Stage, key: str) -> None:
    """A leader takes the text and gives the words, at the same moments."""
    user_id = on.here.user_id(key)
    see(school_id=on.here.school.pk, user_id=user_id)
    keep(keeper_user=user_id, message=on.message, at=on.at + 5 * MINUTE)
    give_words(given_by_user=user_id, conversation=on.thread, words=GIVEN, at=on.at + 6 * MINUTE)


def worry_alone(on: Stage) -> None:
    """A concern is raised and nobody has read it; then news about the child goes out."""
    on.concern = raises(on.here, "dee", on.at + 3 * MINUTE).public_id
    rings(on.here, on.at + 3 * MINUTE)
    no_worry(on)


def no_worry(on: Stage) -> None:
    """News about the child goes out, and nobody is worried."""
    see(school_id=on.here.school.pk)
    goes_out(on.here, "ruth", on.at + 4 * MINUTE, to_group(on.here, "Oak"), subject="Wellies")
    answers(on.here, "priya", on.thread, on.at + 5 * MINUTE)


def nothing(on: Stage) -> None:
    """Nobody is worried and nothing goes out."""


Seen = dict[str, str]


@contextmanager
def undone(owner: psycopg.Connection) -> Iterator[None]:
    """What happens inside leaves no row and no number behind: the next life gets the same ones."""
    before = owner.execute("SELECT sequencename, last_value FROM pg_sequences").fetchall()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for name, last in before:
        owner.execute("SELECT setval(%s::regclass, %s, %s)", [name, last or 1, last is not None])


@dataclass
class Visitor:
    """Somebody who has signed in before either life began, and every log line since."""

    client: Client
    who: Who
    heard: list[logging.LogRecord]


def visitor(on: Stage, person: str, heard: list[logging.LogRecord]) -> Visitor:
    """A person of either school."""
    return Visitor(*enter(person, on.here, on.other), heard)


def everything(on: Stage, life: Life, by: Visitor) -> Seen:
    """Whatever somebody can see after one life, by place; to be asked in `undone`."""
    by.heard.clear()
    life(on)
    who = by.who
    see(school_id=on.here.school.pk, user_id=who.user_id)
    seen = {f"row {name}": rows for name, rows in tables()}
    seen |= {f"verb {name}": said for name, said in verbs()}
    for name, method, address in visits(on, by.client, who):
        with transaction.atomic():
            seen[name] = shown(method, address)
            transaction.set_rollback(True)
    lines = [f"{one.name} {one.levelname} {one.getMessage()}" for one in by.heard]
    return seen | {"log": plain("\n".join(lines))}


def tables() -> Iterator[tuple[str, str]]:
    """Every row that the person in sight can read by the plain role, jobs among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall() if not name.startswith(NOT_OURS)]
        for name in names:
            # Which leader it was stands in these two columns alone, and on no page.
            row = "(to_jsonb(t) - ARRAY['keeper_user', 'given_by_user'])::text"
            cursor.execute(f'SELECT {row} FROM "{name}" t ORDER BY 1')
            yield name, plain("\n".join(row for (row,) in cursor.fetchall()))


def verbs() -> Iterator[tuple[str, str]]:
    """What the console says of a school."""
    with connection.cursor() as cursor:
        for name in ("OVERDUE", "FAILED", "STALLED", "WORKING"):
            cursor.execute(getattr(doctor, name))
            yield f"doctor {name}", str(cursor.fetchall())
    said = io.StringIO()
    with redirect_stdout(said):
        doctor_inside.main()
    yield "doctor inside", said.getvalue()


def visits(on: Stage, client: Client, who: Who) -> Iterator[tuple[str, Any, str]]:
    """Every route, asked for and pressed, with what it could be about; and every search.

    Whom a rule does not admit presses nothing: that every press is refused is `test_routes`'.
    """
    for route in ours():
        presses = route.rule is not None and route.rule(who)
        for number, address in enumerate(addresses(route, on)):
            yield f"get {route.name} {number}", client.get, address
            if presses and route.name not in {"entering", "leave"}:  # nobody is anybody after it
                yield f"post {route.name} {number}", client.post, address
    for word in SOUGHT:
        yield f"get search {word}", client.get, f"/medway-green/conversations/?q={word}"
        yield f"get people {word}", client.get, f"/medway-green/people/?q={word}"
    page = f"/medway-green/worried/?message={on.message.public_id}"
    yield "get worried from message", client.get, page


def addresses(route: Route, on: Stage) -> list[str]:
    """The addresses of a route: one for each thing of the stage that it could be about."""
    path = "/" + route.path.replace("<slug:school>", "medway-green").replace(
        "<slug:kind>", "complaint"
    )
    path = path.replace("<str:token>", "not-a-token").replace("<slug:provider>", "twilio")
    if "<int:number>" in path:
        return [path.replace("<int:number>", number) for number in ("1", "999999999")]
    if "<uuid:public_id>" not in path:
        return [path]
    return [path.replace("<uuid:public_id>", str(one)) for one in _things(route, on)]


def _things(route: Route, on: Stage) -> list[uuid.UUID]:
    here, top = on.here, route.path.split("/")[1]
    return {
        "conversations": [on.thread.public_id, on.plain.public_id],
        "messages": [on.message.public_id],
        "people": [
            here.children["kuba"].public_id,
            here.carers["ewa"].public_id,
            here.team["priya"].public_id,
        ],
        "announcements": [on.news.public_id, on.draft.public_id],
        "from-school": [on.news.public_id],
        "sealed": [on.concern, here.children["kuba"].public_id],
        "worried": [on.concern],
    }.get(top, [on.thread.public_id])


def shown(method: Any, address: str) -> str:
    """What a browser is given: status, where to, type and words."""
    answer = method(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    text = body.decode() if "text" in kind or "json" in kind else f"{len(body)} bytes"
    return plain(f"{answer.status_code} {answer.headers.get('Location', '')} {kind}\n{text}")


_TOKENS = re.compile(
    r'(name="csrfmiddlewaretoken" value="|nonce-|nonce="|"csrf[a-z-]*": ?")[\w+/=-]+', re.IGNORECASE
)
_CODES = re.compile(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b")  # to sign in with, on a printed card
_IDS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def plain(text: str) -> str:
    """Tokens, nonces go; a random id becomes its place among the ids of this text."""
    text = _CODES.sub("-", _TOKENS.sub(r"\1-", text))
    known: dict[str, str] = {}
    return _IDS.sub(lambda found: known.setdefault(found[0], f"id{len(known)}"), text)


def differing(one: Seen, other: Seen, since: datetime) -> dict[str, list[str]]:
    """Where two lives look different to somebody, and the lines that do.

    A page that reckons from the present minute is asked in another one: such minutes are one.
    """
    assert one.keys() == other.keys()
    passing = _minutes(since)
    found = {place: _lines(passing, one[place], other[place]) for place in one}
    return {place: lines for place, lines in found.items() if lines}


def _minutes(since: datetime) -> re.Pattern[str]:
    """Each minute from a moment until now, as pages show it."""
    passed = int((now() - since) / MINUTE) + 2
    local = since.astimezone(ZoneInfo("Europe/London"))
    minutes = {f"{local + number * MINUTE:%H:%M}" for number in range(passed)}
    return re.compile("|".join(sorted(minutes)))


def _lines(passing: re.Pattern[str], *texts: str) -> list[str]:
    """The lines that stand at one place in one text and not there in the other."""
    first, second = (passing.sub("now", text).splitlines() for text in texts)
    pairs = zip_longest(first, second)
    return [line for pair in pairs if pair[0] != pair[1] for line in map(str, pair)]
