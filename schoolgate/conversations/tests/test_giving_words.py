"""In a guided thread the owner sends what a leader gave, once, by one press."""

from datetime import datetime, timedelta

import pytest

from house_rules.entering import enter
from schoolgate.conversations.actions import replying
from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.actions.keeping import give_words, keep, waiting_words
from schoolgate.conversations.errors import NotGuided, NothingWritten, WordsFromLeader
from schoolgate.conversations.models import Conversation, GivenWords, Message
from schoolgate.conversations.tests.acting import actor_of, fresh, writes
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

GIVEN = "Thank you for telling us.\nWe will ring you today."


@pytest.fixture
def both(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """The school of these tests and the other one, whose people are outsiders."""
    see(school_id=medway.school.pk)
    return medway, trent


@pytest.fixture
def thread(medway: Cast, now: datetime) -> Conversation:
    """A thread one of whose texts Helen has."""
    see(school_id=medway.school.pk)
    conversation = writes(medway, "ewa", "kuba", now, "Something hard to say.")
    message = conversation.messages.get(direction="family")
    keep(keeper_user=medway.user_id("helen"), message=message, at=now)
    return fresh(conversation)


def gives(cast: Cast, conversation: Conversation, at: datetime, words: str = GIVEN) -> GivenWords:
    see(school_id=cast.school.pk, user_id=cast.user_id("helen"))
    return give_words(
        given_by_user=cast.user_id("helen"), conversation=conversation, words=words, at=at
    )


def replies(cast: Cast, conversation: Conversation, body: str, at: datetime) -> Message:
    return replying.reply(
        actor=actor_of(cast, "priya"),
        member=cast.team["priya"],
        conversation=conversation,
        body=body,
        at=at,
    )


def holds(cast: Cast, conversation: Conversation, body: str, at: datetime) -> Message:
    return replying.hold(
        actor=actor_of(cast, "priya"),
        member=cast.team["priya"],
        conversation=conversation,
        body=body,
        until=at + timedelta(days=2),
        at=at,
    )


@pytest.mark.parametrize("verb", [replies, holds])
def test_what_a_leader_gave_goes_once(
    medway: Cast, thread: Conversation, now: datetime, verb: object
) -> None:
    gives(medway, thread, now)
    assert verb(medway, thread, GIVEN, now).body == GIVEN  # type: ignore[operator]
    with pytest.raises(WordsFromLeader):
        verb(medway, thread, GIVEN, now)  # type: ignore[operator]


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("verb", [replies, holds])
@pytest.mark.parametrize("body", ["My own words.", GIVEN + " And mine.", GIVEN[:-1]])
def test_no_other_words_go(
    medway: Cast, thread: Conversation, now: datetime, verb: object, body: str
) -> None:
    gives(medway, thread, now)
    with pytest.raises(WordsFromLeader):
        verb(medway, thread, body, now)  # type: ignore[operator]
    assert waiting_words(thread) is not None


def test_nothing_goes_before_words_were_given(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    with pytest.raises(WordsFromLeader):
        replies(medway, thread, "My own words.", now)


def test_the_ends_of_lines_that_a_browser_sends_make_no_other_words(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    gives(medway, thread, now)
    assert replies(medway, thread, GIVEN.replace("\n", "\r\n") + "\r\n", now)


def test_no_file_goes_with_given_words(medway: Cast, thread: Conversation, now: datetime) -> None:
    gives(medway, thread, now)
    with pytest.raises(WordsFromLeader):
        replying.reply(
            actor=actor_of(medway, "priya"),
            member=medway.team["priya"],
            conversation=thread,
            body=GIVEN,
            at=now,
            uploads=[Upload(name="a.txt", content=b"Mine")],
        )


def test_later_words_take_the_place_of_earlier_ones(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    gives(medway, thread, now)
    gives(medway, thread, now, "Better words.")
    with pytest.raises(WordsFromLeader):
        replies(medway, thread, GIVEN, now)
    assert replies(medway, thread, "Better words.", now)
    assert waiting_words(thread) is None


def test_the_ledger_says_a_leader_and_no_more(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    gives(medway, thread, now)
    entry = Entry.objects.get(verb="gave words")
    assert (entry.actor_kind, entry.actor_id, entry.facts) == ("team", 0, {})


def test_words_are_given_where_a_leader_has_a_text_alone(medway: Cast, now: datetime) -> None:
    ordinary = writes(medway, "ewa", "kuba", now)
    with pytest.raises(NotGuided):
        gives(medway, ordinary, now)


def test_no_words_are_none(medway: Cast, thread: Conversation, now: datetime) -> None:
    with pytest.raises(NothingWritten):
        gives(medway, thread, now, "  ")


def test_the_owner_sends_them_by_one_press_and_cannot_change_them(
    both: tuple[Cast, Cast], thread: Conversation, now: datetime
) -> None:
    here, _ = both
    priya, _ = enter("priya", *both)
    shown = priya.get(thread.page).content.decode()
    assert "They stand here as soon as they are given." in shown and 'name="body"' not in _form(
        shown
    )
    see(school_id=here.school.pk)
    given = gives(here, thread, now)
    shown = priya.get(thread.page).content.decode()
    assert "We will ring you today." in shown and str(given.public_id) in _form(shown)
    posted = {"once": "5a2f8a1e-52a5-4b5e-9d0b-2b1f0a9d6c11", "body": "Mine"}
    assert priya.post(f"{thread.page}replies/", posted).status_code == 422
    answer = priya.post(f"{thread.page}replies/", {**posted, "given": str(given.public_id)})
    assert answer.status_code == 302
    see(school_id=here.school.pk)
    assert thread.messages.get(direction="school").body == GIVEN


def _form(shown: str) -> str:
    return shown.partition('class="compose"')[2].partition("</form>")[0]


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("person", ["ruth", "tom", "sam"])
def test_other_leaders_have_no_form_and_their_words_are_refused_whoever_has_the_text(
    both: tuple[Cast, Cast], thread: Conversation, person: str
) -> None:
    here, _ = both
    client, _ = enter(person, *both)
    assert "Words for the answer" not in client.get(thread.page).content.decode()
    answer = client.post(f"{thread.page}given-words/", {"words": "Something of mine."})
    assert answer.status_code == 422
    see(school_id=here.school.pk)
    assert not GivenWords.objects.exists()


def test_who_has_the_text_has_the_form_and_no_name_is_shown(
    both: tuple[Cast, Cast], thread: Conversation
) -> None:
    client, _ = enter("helen", *both)
    assert "Words for the answer" in client.get(thread.page).content.decode()


@pytest.mark.parametrize("person", ["priya", "joan", "dee", "grace", "ewa", "other head"])
def test_nobody_else_gives_words(
    both: tuple[Cast, Cast], thread: Conversation, person: str
) -> None:
    here, _ = both
    client, _ = enter(person, *both)
    assert "Words for the answer" not in client.get(thread.page).content.decode()
    assert client.post(f"{thread.page}given-words/", {"words": GIVEN}).status_code == 404
    see(school_id=here.school.pk)
    assert waiting_words(thread) is None
