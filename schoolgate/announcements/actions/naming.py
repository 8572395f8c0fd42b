"""A child named in what goes to many is another child to everybody but its own family (17, T7)."""

from datetime import datetime

from django.db import transaction

from schoolgate.announcements.actions.moving import locked
from schoolgate.announcements.audience import recipients_of
from schoolgate.announcements.errors import NotFromHere, ReasonMissing
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.states import UNDER_WAY
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.naming_others import Saying, check_names, still_unsaid
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.people.naming import other_children_in


@transaction.atomic
def say_why(
    *, actor: Actor, member: TeamMember, announcement: Announcement, because: str, at: datetime
) -> None:
    """Give the reason why a child is named in it (UTC); whoever adds a name is asked again.

    Raises ReasonMissing, NotFromHere.
    """
    if not because.strip():
        raise ReasonMissing
    held = locked(announcement)
    if held.state in UNDER_WAY or held.content_id:
        raise NotFromHere
    saying = _saying(held, _own_of_all(held, at))
    check_names(actor=actor, member=member, saying=saying, because=because, at=at)


def check_no_other_child(announcement: Announcement, at: datetime) -> None:
    """See that a reason stands for every child named (UTC). Raises OtherChildNamed."""
    named = named_without_reason(announcement, at)
    if named:
        names = ", ".join(child.called for child in named)
        raise OtherChildNamed(OtherChildNamed.__doc__, names)


def named_without_reason(announcement: Announcement, at: datetime) -> list[Pupil]:
    """The children who are named in it, and are others to one of those who get it (UTC)."""
    any_child = _saying(announcement, frozenset())
    school = announcement.school_id
    if not other_children_in(
        any_child.words, school_id=school, own=any_child.own, adults=any_child.adults
    ):
        return []  # nearly always: then nobody asks who gets it
    return still_unsaid(school, _saying(announcement, _own_of_all(announcement, at)))


def _own_of_all(announcement: Announcement, at: datetime) -> frozenset[int]:
    """The children of whom every single one who gets it may hear."""
    people = [frozenset(one.children) for one in recipients_of(announcement, at)]
    return frozenset.intersection(*people) if people else frozenset()


def _saying(announcement: Announcement, own: frozenset[int]) -> Saying:
    """Title, words and what was wrong before, in every language that somebody wrote."""
    other = announcement.other_words.values_list("subject", "text")
    texts = [
        announcement.subject,
        announcement.text,
        announcement.what_was_wrong,
        *(words for both in other for words in both),
    ]
    adults = [announcement.author.name, announcement.school.name]
    return Saying(
        words="\n".join(texts),
        own=own,
        kind="announcement",
        said_in=announcement.public_id,
        adults=adults,
    )
