"""A leader takes a text: nobody else reads it, its author notices nothing, and all else stays."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test import Client

from house_rules.entering import enter
from schoolgate.conversations import access
from schoolgate.conversations.actions.joining import join
from schoolgate.conversations.actions.keeping import keep
from schoolgate.conversations.actions.seeing import note_seen, readers_before
from schoolgate.conversations.actions.separating import separate
from schoolgate.conversations.actions.typing_out import machine_wrote, type_out
from schoolgate.conversations.errors import NotAFamilysText, WordsFromLeader
from schoolgate.conversations.models import Conversation, Kept, Message, Suggestion
from schoolgate.conversations.tests.acting import (
    actor_of,
    answers,
    fresh,
    who,
    writes,
    writes_again,
)
from schoolgate.delivery.models import Content
from schoolgate.desk import lists
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.school import files
from schoolgate.school.tenancy import see

WORDS = "My neighbour hits me and I am afraid of the lawyer's letter about Zanzibar."
TEAM = ("priya", "lena", "dee", "joan", "tom", "ruth", "helen", "sam", "grace")
A_LEADER_HAS_IT = "A leader has this text. They give you the words for your answer."


@pytest.fixture
def both(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """The school of these tests and the other one, whose people are outsiders."""
    see(school_id=medway.school.pk)
    return medway, trent


@pytest.fixture
def thread(medway: Cast, now: datetime) -> Conversation:
    """Ewa has written about Kuba, with a subject of her own."""
    see(school_id=medway.school.pk)
    return writes(medway, "ewa", "kuba", now, WORDS, subject="The lawyer in Zanzibar")


def first(conversation: Conversation) -> Message:
    return conversation.messages.filter(direction="family").earliest("pk")


def kept_by(cast: Cast, key: str, conversation: Conversation, at: datetime) -> Message:
    """A leader takes the first text of a thread."""
    see(school_id=cast.school.pk, user_id=cast.user_id(key))
    return keep(keeper_user=cast.user_id(key), message=first(conversation), at=at, reason="Legal")


def page(person: str, both: tuple[Cast, Cast], conversation: Conversation) -> str:
    client, _ = enter(person, *both)
    answer = client.get(conversation.page)
    see(school_id=both[0].school.pk)
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.mark.parametrize("key", [*TEAM, "piotr", "nina", "ewa"])
def test_its_keeper_and_its_author_read_it_and_nobody_else_the_head_included(
    medway: Cast, thread: Conversation, now: datetime, key: str
) -> None:
    kept_by(medway, "helen", thread, now)
    see(school_id=medway.school.pk, user_id=medway.user_id(key))
    assert Kept.objects.exists() is (key in {"helen", "ewa"})


def test_the_other_schools_people_read_nothing_of_it(
    both: tuple[Cast, Cast], thread: Conversation, now: datetime
) -> None:
    here, other = both
    kept_by(here, "helen", thread, now)
    for school in (here.school, other.school):
        for key in ("marcus", "mia"):
            see(school_id=other.school.pk)
            see(school_id=school.pk, user_id=other.user_id(key))
            assert not Kept.objects.exists()


@pytest.mark.parametrize("person", TEAM)
def test_the_teams_page_says_that_a_leader_has_it_and_shows_no_word(
    both: tuple[Cast, Cast], thread: Conversation, now: datetime, person: str
) -> None:
    kept_by(both[0], "ruth", thread, now)
    shown = page(person, both, thread)
    if person in {"lena", "grace"}:
        assert shown == ""
        return
    assert A_LEADER_HAS_IT in shown
    assert ("Zanzibar" in shown) is (person == "ruth")
    assert ("Your reason: Legal" in shown) is (person == "ruth")


def test_its_author_sees_what_they_saw_before(
    both: tuple[Cast, Cast], thread: Conversation, now: datetime
) -> None:
    def without_tokens(shown: str) -> list[str]:
        return [line for line in shown.splitlines() if "csrf" not in line and "once" not in line]

    ewa, _ = enter("ewa", *both)
    home = ewa.get("/medway-green/").content.decode()
    before = page("ewa", both, thread)
    kept_by(both[0], "helen", thread, now)
    after = page("ewa", both, thread)
    assert "Zanzibar" in after and A_LEADER_HAS_IT not in after
    assert without_tokens(before) == without_tokens(after)
    ewa, _ = enter("ewa", *both)
    again = ewa.get("/medway-green/").content.decode()
    assert ("The lawyer in Zanzibar" in home) == ("The lawyer in Zanzibar" in again)
    assert "The lawyer in Zanzibar" in again


def test_owner_promise_state_and_place_in_lists_stay(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    same = ("owner_id", "queue", "due_at", "state", "side", "last_at", "opened_at", "topic", "kind")
    before = [getattr(fresh(thread), name) for name in same]
    kept_by(medway, "helen", thread, now + timedelta(minutes=5))
    assert [getattr(fresh(thread), name) for name in same] == before
    assert fresh(thread).guided


@pytest.mark.clause("2.2-T5")
def test_no_list_search_or_suggestion_finds_it(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    assert Suggestion.objects.exists()
    priya = who(medway, "priya", now)
    assert lists.search(priya, "Zanzibar") == [thread]
    kept_by(medway, "helen", thread, now)
    assert lists.search(priya, "Zanzibar") == []
    assert lists.search(who(medway, "ruth", now), "lawyer") == []
    assert not Suggestion.objects.filter(state="waiting").exists()
    row = fresh(thread)
    assert (row.subject, row.preview) == ("A message from home", "A message from home")


def test_no_row_that_the_team_reads_holds_a_word_of_it(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    """Every table with words, but for the one that is sealed."""
    moved = writes_again(medway, thread, now + timedelta(minutes=1))
    new = separate(
        actor=actor_of(medway, "priya"),
        conversation=thread,
        chosen=[moved.public_id],
        pupil=medway.children["kuba"],
        subject="",
        at=now + timedelta(minutes=2),
    )
    assert "Zanzibar" in new.subject
    answers(medway, "priya", thread, now + timedelta(minutes=3))
    kept_by(medway, "helen", thread, now + timedelta(minutes=4))
    see(school_id=medway.school.pk, user_id=medway.user_id("ruth"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN"
            " ('text', 'character varying', 'jsonb', 'tsvector')"
        )
        holding = []
        for table, column in cursor.fetchall():
            if table.startswith(("conversations", "delivery", "inbound", "ledger", "people")):
                cursor.execute(f'SELECT count(*) FROM {table} WHERE "{column}"::text ~* %s',
                               ["zanzibar"])  # fmt: skip
                holding += [(table, column)] if cursor.fetchone()[0] else []
    assert holding == []


@pytest.mark.clause("2.2-T5")
def test_neither_its_original_nor_its_files_are_handed_out(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    message = first(thread)
    message.original = files.keep(school=medway.school, content=b"Zanzibar")
    message.save()
    file = message.attachments.create(
        school=medway.school, stored=message.original, name="a.txt", looked_at=now
    )
    kept_by(medway, "tom", thread, now)
    for key, may in {"priya": False, "ruth": False, "helen": False, "tom": True}.items():
        see(school_id=medway.school.pk, user_id=medway.user_id(key))
        for ask, name in (
            (access.original, message.public_id),
            (access.attachment, file.public_id),
        ):
            if may:
                ask(who(medway, key, now), name)
            else:
                with pytest.raises(Http404):
                    ask(who(medway, key, now), name)
    see(school_id=medway.school.pk, user_id=medway.user_id("ewa"))
    assert access.attachment(who(medway, "ewa", now), file.public_id)


def test_a_later_email_that_repeats_the_words_is_not_handed_out_either(
    both: tuple[Cast, Cast], thread: Conversation, now: datetime
) -> None:
    here, _ = both
    later = writes_again(here, thread, now + timedelta(minutes=1))
    later.original = files.keep(school=here.school, content=b"> Zanzibar")
    later.folded = "> Zanzibar"
    later.save()
    assert "Zanzibar" in page("priya", both, thread)
    kept_by(here, "ruth", thread, now)
    assert "Zanzibar" not in page("priya", both, thread)
    see(school_id=here.school.pk, user_id=here.user_id("priya"))
    with pytest.raises(Http404):
        access.original(who(here, "priya", now), later.public_id)


def test_the_ledger_says_a_leader_and_no_more(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    kept_by(medway, "helen", thread, now)
    entry = Entry.objects.get(verb="kept a text")
    assert (entry.actor_kind, entry.actor_id, entry.facts) == ("team", 0, {})


def test_what_is_kept_stays_with_its_first_keeper(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    kept_by(medway, "helen", thread, now)
    kept_by(medway, "ruth", thread, now + timedelta(minutes=1))
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    assert Kept.objects.get().words == WORDS
    assert Entry.objects.filter(verb="kept a text").count() == 1


def test_what_the_school_wrote_is_not_kept(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    reply = answers(medway, "priya", thread, now)
    with pytest.raises(NotAFamilysText):
        keep(keeper_user=medway.user_id("ruth"), message=reply, at=now)


@pytest.mark.parametrize("statement", ["UPDATE conversations_kept SET words = 'x'",
                                       "DELETE FROM conversations_kept"])  # fmt: skip
def test_a_kept_text_is_never_changed(
    medway: Cast, thread: Conversation, now: datetime, statement: str
) -> None:
    kept_by(medway, "helen", thread, now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0
    assert Kept.objects.get().words == WORDS


def test_a_voicemail_whose_text_was_taken_is_typed_by_nobody(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    Message.objects.filter(pk=first(thread).pk).update(spoken="untyped")
    message = kept_by(medway, "helen", thread, now)
    machine_wrote(message=message, words="Zanzibar", at=now)
    with pytest.raises(WordsFromLeader):
        type_out(
            actor=actor_of(medway, "priya"),
            member=medway.team["priya"],
            message=message,
            words="Zanzibar",
            at=now,
        )
    assert first(thread).body == ""


def test_who_had_read_it_is_written_down_and_told_alone_not_to_talk_about_it(
    both: tuple[Cast, Cast], thread: Conversation, now: datetime
) -> None:
    here, _ = both
    page("priya", both, thread)
    see(school_id=here.school.pk)
    message = kept_by(here, "helen", thread, now)
    assert [one.name for one in readers_before(message)] == ["Priya Nair"]
    line = "You read this text before a leader took it."
    assert line in page("priya", both, thread)
    for other in ("joan", "ruth", "ewa"):
        assert line not in page(other, both, thread)
    assert [one.name for one in readers_before(message)] == ["Priya Nair"]


def test_who_had_opened_the_thread_before_it_came_has_not_read_it(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    note_seen(member=medway.team["priya"], conversation=thread, at=now)
    later = writes_again(medway, thread, now + timedelta(minutes=1))
    note_seen(member=medway.team["joan"], conversation=thread, at=now + timedelta(minutes=2))
    keep(keeper_user=medway.user_id("helen"), message=later, at=now + timedelta(minutes=3))
    assert readers_before(later) == [medway.team["joan"]]


def test_who_read_it_in_the_thread_that_it_stood_in_has_read_it(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    note_seen(member=medway.team["priya"], conversation=thread, at=now)
    other = writes(medway, "ewa", "kuba", now + timedelta(minutes=1))
    message = first(thread)
    join(
        actor=actor_of(medway, "tom"),
        member=medway.team["tom"],
        conversation=thread,
        into=other,
        at=now + timedelta(minutes=2),
    )
    message.refresh_from_db()
    keep(keeper_user=medway.user_id("helen"), message=message, at=now + timedelta(minutes=3))
    assert readers_before(message) == [medway.team["priya"]]
    assert fresh(other).guided and fresh(thread).subject == "A message from home"


def test_a_thread_taken_apart_stays_guided(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    writes_again(medway, thread, now + timedelta(minutes=1))
    message = kept_by(medway, "helen", thread, now + timedelta(minutes=2))
    new = separate(
        actor=actor_of(medway, "priya"),
        conversation=thread,
        chosen=[message.public_id],
        pupil=None,
        subject="",
        at=now + timedelta(minutes=3),
    )
    assert fresh(new).guided and fresh(thread).guided
    assert fresh(new).preview == "A message from home"


@pytest.mark.parametrize(
    ("person", "may"),
    [("ruth", True), ("tom", True), ("helen", True), ("sam", True), ("priya", False),
     ("joan", False), ("grace", False), ("ewa", False), ("other head", False)],
)  # fmt: skip
def test_leaders_lead_and_deputies_may_press(
    both: tuple[Cast, Cast], thread: Conversation, person: str, may: bool
) -> None:
    here, _ = both
    message = first(thread)
    client, _ = enter(person, *both)
    assert ("Keep this text" in client.get(thread.page).content.decode()) is may
    answer = client.post(f"/medway-green/messages/{message.public_id}/keepings/", {"reason": "x"})
    assert answer.status_code == (302 if may else 404)
    see(school_id=here.school.pk)
    assert fresh(thread).guided is may


def test_what_is_posted_keeps_no_word_of_the_subject(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    answers(medway, "priya", thread, now)
    assert Content.objects.filter(subject__contains="Zanzibar").exists()
    kept_by(medway, "helen", thread, now)
    assert not Content.objects.filter(subject__contains="Zanzibar").exists()


def test_a_page_of_the_team_shows_the_same_whoever_keeps_it_and_why(
    both: tuple[Cast, Cast], thread: Conversation, now: datetime, client: Client
) -> None:
    """The tutor's page of a text that the head took, and of one that went to the DSL."""
    here, _ = both
    other = writes(here, "ewa", "kuba", now, WORDS, subject="The lawyer in Zanzibar")
    kept_by(here, "ruth", thread, now)
    see(school_id=here.school.pk, user_id=here.user_id("priya"))
    keep(keeper_user=here.user_id("helen"), message=first(other), at=now)

    def plain(conversation: Conversation) -> list[str]:
        text = page("priya", both, conversation).replace(str(conversation.public_id), "")
        text = text.replace(str(first(conversation).public_id), "")
        return [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]

    assert plain(thread) == plain(other)
