"""Who may see or do what in a conversation; the only way from a request to its rows.

What somebody may not see does not exist for them: every function here raises Http404.
"""

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from schoolgate.conversations.models import (
    Aside,
    Attachment,
    Closure,
    Conversation,
    HandOver,
    Kept,
    Message,
    ReadBefore,
    Suggestion,
)
from schoolgate.conversations.routing import STAFF_OF_QUEUE
from schoolgate.people.access import LEADERS, Who, pupils_for_team
from schoolgate.people.entitlement import links_at
from schoolgate.people.holding import HeldSince
from schoolgate.people.models import ContactRoute, NoSafeRoute, Receives, RoleHolding, TeamMember
from schoolgate.people.own_family import not_of_own_family
from schoolgate.school.models import StoredFile
from schoolgate.worries.reasons import Kind

Role = RoleHolding.Role


# A leader has taken its text, and the database gives it to neither its keeper nor its author.
_AWAY = Q(kept_at__isnull=False, kept__isnull=True)
_FILE_AWAY = Q(message__kept_at__isnull=False, message__kept__isnull=True)


def visible_to(who: Who) -> QuerySet[Conversation]:
    """The conversations that a person may see, as a carer or as a team member."""
    every = Conversation.objects.filter(school=who.school)
    if who.member:
        # Whom it is about never reads it, whatever role they hold (Clause 2.2-T8, reading O7).
        return every.filter(not_about_them(who), _for_team(who))
    return visible_to_carer(who)


def not_about_them(who: Who) -> Combinable | Q:
    """What keeps from a colleague what is about them, their office, or their own family.

    About the office is about everybody who is of it, or was when it was written; the head answers
    for the office and is not kept out.
    """
    not_theirs = not_of_own_family(who) & (Q(about_member=None) | ~Q(about_member=who.member))
    if who.school is None or who.holds(*who.school.settings.head_holders):
        return not_theirs
    held = RoleHolding.objects.filter(member=who.member, role=Role.OFFICE)
    of_office = held.filter(Q(until=None) | Q(until__gt=OuterRef("opened_at")))
    return not_theirs & (Q(about_office=False) | ~Exists(of_office))


def kept_threads(who: Who) -> QuerySet[Conversation]:
    """What is about a colleague or their office: also where others' mail passes their hands."""
    about = Conversation.objects.filter(
        Q(about_office=True) | Q(about_member=who.member), school=who.school
    )
    return about.exclude(not_about_them(who)).order_by()


def _for_carer(who: Who) -> Q:
    """Their own threads, and of those about a child only while they may receive its news."""
    children = links_at(who.at, Receives.PROGRESS).filter(carer=who.carer)
    return Q(carer=who.carer) & (Q(pupil=None) | Q(pupil__in=children.values("pupil")))


def _for_team(who: Who) -> Q:
    """Need to know: what they own or staff, the children whom they teach; leaders see all."""
    if who.holds(*LEADERS, Role.DSL, Role.DEPUTY_DSL):
        return Q()
    mine = Q(owner=who.member) | Q(first_owner=who.member) | Q(queue__in=queues_of(who))
    taught = Q(pupil__in=pupils_for_team(who).values("pk"))
    seen = mine | (taught & ~Q(kind=Conversation.Kind.COMPLAINT) & Q(sensitive=False))
    if who.holds(Role.OFFICE):
        return seen | (~Q(kind=Conversation.Kind.COMPLAINT) & Q(sensitive=False))
    return seen


def queues_of(who: Who) -> list[str]:
    """The queues that a person staffs."""
    return [queue for queue, roles in STAFF_OF_QUEUE.items() if who.holds(*roles)]


def one(who: Who, public_id: object) -> Conversation:
    """One conversation that they may see, with what its page shows. Raises Http404."""
    rows = visible_to(who).select_related("carer", "pupil__tutor_group", "owner")
    return _of_this_school(who, get_object_or_404(_with_closure(rows, who.at), public_id=public_id))


def visible_to_carer(who: Who) -> QuerySet[Conversation]:
    """A carer's own conversations; nothing for anybody else."""
    if who.carer is None:
        return Conversation.objects.none()
    rows = Conversation.objects.filter(_for_carer(who), school=who.school)
    return rows.exclude(_begun_behind_their_back(who.at))


def _begun_behind_their_back(at: datetime) -> Q:
    """A thread that the school opened since its carer is held back is not there (decision 5)."""
    wrote = Message.objects.filter(conversation=OuterRef("pk"), direction=Message.Direction.FAMILY)
    begun = Conversation.objects.alias(held_since=HeldSince("carer", "pupil", at))
    begun = begun.filter(pk=OuterRef("pk"), opened_at__gte=F("held_since"))
    return Q(Exists(begun), ~Exists(wrote))


def one_as_carer(who: Who, public_id: object) -> Conversation:
    """One of a carer's own conversations. Raises Http404."""
    rows = as_the_family_knows(visible_to_carer(who), who.at)
    rows = rows.select_related("carer", "pupil", "owner")
    return _of_this_school(who, get_object_or_404(_with_closure(rows, who.at), public_id=public_id))


def as_the_family_knows(rows: QuerySet[Conversation], at: datetime) -> QuerySet[Conversation]:
    """A carer's conversations as they named them, also where a leader has taken the text.

    `held_since` is from when on what the school says waits for them (UTC); see `held`.
    """
    own = Kept.objects.filter(author=OuterRef("carer"), message__at=OuterRef("opened_at"))
    named = own.exclude(subject="").order_by("pk").values("subject")[:1]
    return rows.annotate(
        own_subject=Coalesce(Subquery(named), F("subject")),
        held_since=HeldSince("carer", "pupil", at),
    )


def _with_closure(rows: QuerySet[Conversation], at: datetime) -> QuerySet[Conversation]:
    """Why it is closed, and whether its carer may be emailed, in the same query."""
    closures = Closure.objects.filter(conversation=OuterRef("pk"), reopened_at=None)
    emails = ContactRoute.objects.filter(carer=OuterRef("carer"), kind="email", ended_at=None)
    unsafe = NoSafeRoute.objects.filter(carer=OuterRef("carer"), ended_at=None)
    return rows.annotate(
        closed_because=Subquery(closures.values("reason")[:1]),
        by_email=Exists(emails) & ~Exists(unsafe),
        for_today=for_today(at),
        # Most threads have neither, and then nobody asks for them.
        has_asides=Exists(Aside.objects.filter(conversation=OuterRef("pk"))),
        has_hand_overs=Exists(HandOver.objects.filter(conversation=OuterRef("pk"))),
    )


def _of_this_school(who: Who, conversation: Conversation) -> Conversation:
    """The request's own school object: its settings and calendar are read already."""
    if who.school is not None:
        conversation.school = who.school
    return conversation


def one_as_team(who: Who, public_id: object) -> Conversation:
    """One conversation that a team member may see and answer. Raises Http404."""
    if who.member is None:
        raise Http404
    return one(who, public_id)


def messages_of(conversation: Conversation) -> QuerySet[Message]:
    """The messages of a conversation that access has given, oldest first.

    `said` is what somebody may read of one: of a text that a leader has taken nothing, but for its
    keeper and its author, as the database judges.
    """
    return (
        conversation.messages.select_related(
            "carer", "member", "leads_to", "typed_by", "call", "urgent", "family_word"
        )
        .annotate(
            said=Coalesce("kept__words", "body"),
            said_before=Coalesce("kept__folded", "folded"),
            is_away=_AWAY,
            why_kept=F("kept__reason"),
            files=ArraySubquery(
                Attachment.objects.filter(message=OuterRef("pk"))
                .order_by("pk")
                .values(
                    json=JSONObject(
                        name="name",
                        media_type="media_type",
                        public_id="public_id",
                        held_because="held_because",
                        virus="virus",
                        looked_at="looked_at",
                        thumbnail="thumbnail",
                    )
                )
            ),
        )
        .order_by("at", "id")
    )


def messages_for_team(
    conversation: Conversation, member: TeamMember | None = None
) -> QuerySet[Message]:
    """The same with what each may be about: for the team alone, and only while it waits.

    Once decided it is gone from the page, whichever way; and whether a member had read it before a
    leader took its text (decision 8).
    """
    read = ReadBefore.objects.filter(message=OuterRef("pk"), member=member)
    waiting = Suggestion.objects.filter(message=OuterRef("pk"), state=Suggestion.State.WAITING)
    return messages_of(conversation).annotate(
        had_read=Exists(read),
        may_be_about=ArraySubquery(
            waiting.order_by("pk").values(
                json=JSONObject(public_id="public_id", kind="kind", reason="reason", words="words")
            )
        ),
    )


def suggestion(who: Who, public_id: object) -> Suggestion:
    """One suggestion in a conversation that a team member may see. Raises Http404."""
    if who.member is None:
        raise Http404
    rows = Suggestion.objects.filter(
        school=who.school, message__conversation__in=visible_to(who)
    ).select_related("message__conversation__school")
    return get_object_or_404(rows, public_id=public_id)


def for_today(at: datetime) -> Exists:
    """Whether somebody has said of a conversation that it is for today, on that day (UTC)."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return Exists(
        Suggestion.objects.filter(
            message__conversation=OuterRef("pk"),
            state=Suggestion.State.ACCEPTED,
            decided_at__gte=day,
        ).exclude(kind=Kind.DANGER)
    )


def message_for_team(who: Who, public_id: object) -> Message:
    """One message of a conversation that a team member may see. Raises Http404."""
    if who.member is None:
        raise Http404
    rows = Message.objects.filter(school=who.school, conversation__in=visible_to(who))
    return get_object_or_404(rows.select_related("conversation__pupil"), public_id=public_id)


def message_for_carer(who: Who, public_id: object) -> Message:
    """Something that the school said in one of a carer's own conversations. Raises Http404.

    What waits for them is not there yet (decision 5).
    """
    since = HeldSince("conversation__carer", "conversation__pupil", who.at)
    rows = (
        Message.objects.filter(
            school=who.school,
            direction=Message.Direction.SCHOOL,
            conversation__in=visible_to_carer(who),
        )
        .alias(held_since=since)
        .filter(Q(held_since=None) | Q(at__lt=F("held_since")))
    )
    return get_object_or_404(rows.select_related("conversation"), public_id=public_id)


def attachment(who: Who, public_id: object) -> Attachment:
    """One attachment of a conversation that they may see, unless it is held. Raises Http404.

    What belongs to a text that a leader has taken is there for who may read the text.
    """
    rows = Attachment.objects.filter(
        school=who.school, held_because="", message__conversation__in=visible_to(who)
    ).exclude(_FILE_AWAY)
    if who.member is None:
        since = HeldSince("message__conversation__carer", "message__conversation__pupil", who.at)
        rows = rows.alias(held_since=since).filter(
            ~Q(message__direction=Message.Direction.SCHOOL)
            | Q(held_since=None)
            | Q(message__at__lt=F("held_since"))
        )
    return get_object_or_404(rows.select_related("stored", "thumbnail"), public_id=public_id)


def held_file(who: Who, public_id: object) -> Attachment:
    """One held file of a conversation that a team member may see. Raises Http404."""
    if who.member is None:
        raise Http404
    rows = Attachment.objects.filter(
        school=who.school, message__kept_at=None, message__conversation__in=visible_to(who)
    )
    return get_object_or_404(
        rows.exclude(held_because="").select_related("message__conversation__school"),
        public_id=public_id,
    )


def original(who: Who, public_id: object) -> StoredFile:
    """The bytes of a message that came from outside, for the team. Raises Http404.

    In a guided thread for nobody but a text's keeper: a later email repeats the earlier words.
    """
    if who.member is None:
        raise Http404
    rows = Message.objects.filter(
        Q(kept_at=None, conversation__guided=False) | Q(kept__isnull=False),
        school=who.school,
        original__isnull=False,
        conversation__in=visible_to(who),
    )
    stored = get_object_or_404(rows.select_related("original"), public_id=public_id).original
    assert stored is not None  # asked for above
    return stored


def voicemail(who: Who, public_id: object) -> Message:
    """A voicemail of a conversation that a team member may see, to be typed. Raises Http404."""
    if who.member is None:
        raise Http404
    rows = Message.objects.filter(school=who.school, kept_at=None, conversation__in=visible_to(who))
    untyped = rows.filter(spoken__in=[Message.Spoken.UNTYPED, Message.Spoken.MACHINE])
    return get_object_or_404(untyped.select_related("conversation__school"), public_id=public_id)


def aside(who: Who, public_id: object) -> Aside:
    """A machine's mail beside a conversation, for the team. Raises Http404."""
    if who.member is None:
        raise Http404
    rows = Aside.objects.filter(school=who.school, conversation__in=visible_to(who))
    return get_object_or_404(rows.select_related("original"), public_id=public_id)
