"""Where a text belongs; pure, and the only place that says so (Clause 2.2-T5, threat T1).

A text has no reply address, so that its thread can only be inferred: by the answer of which we
have just told this person by text, else by what they have open with us. Who can't be told for
certain goes to the tray.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolgate.inbound.belonging import JoinThread, NewConversation, Reason, Tray

FRESH = timedelta(days=7)  # how long a text is taken for an answer to what the school said last


@dataclass(frozen=True, slots=True)
class OpenThread:
    """A conversation that is open, by its number, and when the school last wrote in it (UTC)."""

    thread: int
    school_wrote_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts:
    """What is known about one text; carers and threads are their numbers."""

    at: datetime
    makes_sense: bool = True
    has_number: bool = True
    senders: tuple[int, ...] = ()  # the current carers who use this number
    # Of the one sender, what they may see now: the threads of which a text of ours has told them
    # within the last days, and those that are open.
    told_of: tuple[int, ...] = ()
    open: tuple[OpenThread, ...] = ()


def decide(facts: TextFacts) -> JoinThread | NewConversation | Tray:
    """Where one text belongs."""
    if not facts.makes_sense:
        return Tray(Reason.UNREADABLE)
    if not facts.has_number:
        return Tray(Reason.NO_NUMBER)
    if not facts.senders:
        return Tray(Reason.UNKNOWN_NUMBER)
    if len(facts.senders) > 1:
        return Tray(Reason.SHARED_NUMBER)
    thread = _thread(facts)
    carer = facts.senders[0]
    return JoinThread(thread, carer) if thread is not None else NewConversation(carer)


def _thread(facts: TextFacts) -> int | None:
    """The one that it goes on with; of several open ones only where the school has just written."""
    if len(facts.told_of) == 1:
        return facts.told_of[0]
    if len(facts.open) == 1:
        return facts.open[0].thread
    fresh = [
        (one.school_wrote_at, one.thread)
        for one in facts.open
        if one.school_wrote_at and facts.at - one.school_wrote_at <= FRESH
    ]
    return max(fresh)[1] if fresh else None
