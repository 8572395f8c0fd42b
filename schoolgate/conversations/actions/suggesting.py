"""What a message may be about is suggested by its wording; whoever handles it decides."""

from datetime import datetime

from django.db import transaction

from schoolgate.conversations.errors import DecidedAlready
from schoolgate.conversations.models import Message, Suggestion
from schoolgate.conversations.news import Decided, Suggested, on_decided, on_suggested
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.worries.finding import found
from schoolgate.worries.reasons import Kind

LONGEST_QUOTE = 200


def suggest(message: Message, text: str) -> bool:
    """Keep what the text may be about, in the caller's transaction; whether danger is among it.

    It moves no owner and no promise; what may be for today is added to the office's queue by who
    hears of it, and of danger nobody is told (decision 1, threat T6).
    What is suggested already stays as it is.
    """
    worries = found(text, _names_of_children(message))
    Suggestion.objects.bulk_create(
        [
            Suggestion(
                school=message.school,
                message=message,
                kind=worry.kind,
                reason=worry.reason,
                words=worry.words[:LONGEST_QUOTE],
                at=message.at,
            )
            for worry in worries
        ],
        ignore_conflicts=True,  # a voicemail's words may be written down twice
    )
    if worries:
        kinds = frozenset(str(worry.kind) for worry in worries)
        on_suggested.tell(Suggested(message, kinds, message.at))
    return any(worry.kind is Kind.DANGER for worry in worries)


def _names_of_children(message: Message) -> set[str]:
    """The names of the children of the family that wrote."""
    names = Pupil.objects.filter(links__carer=message.carer_id, links__ended_at=None).values_list(
        "first_name", "known_as"
    )
    return {name for pair in names for name in pair if name}


@transaction.atomic
def decide(
    *, actor: Actor, member: TeamMember, suggestion: Suggestion, accepted: bool, at: datetime
) -> Suggestion:
    """Write down what a person made of a suggestion (UTC). Raises DecidedAlready.

    Of danger the ledger keeps that it was looked at, by whom and when: whether a concern followed
    can't be guessed from it (decision 8).
    """
    suggestion = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if suggestion.state != Suggestion.State.WAITING:
        raise DecidedAlready
    states = Suggestion.State
    suggestion.state = states.ACCEPTED if accepted else states.DECLINED
    suggestion.by, suggestion.decided_at = member, at
    suggestion.save(update_fields=["state", "by", "decided_at"])
    if accepted and suggestion.kind == Kind.DANGER:
        # The whole message is raised, with whatever else in it may be about safety.
        Suggestion.objects.filter(
            message=suggestion.message_id, kind=Kind.DANGER, state=states.WAITING
        ).update(state=states.ACCEPTED, by=member, decided_at=at)
    outcome = {} if suggestion.kind == Kind.DANGER else {"outcome": suggestion.state}
    record(
        actor=actor,
        verb="decided on a suggestion",
        school_id=suggestion.school_id,
        about=("conversation", suggestion.message.conversation.public_id),
        at=at,
        kind=suggestion.kind,
        **outcome,
    )
    on_decided.tell(Decided(suggestion, member, accepted, at))
    return suggestion
