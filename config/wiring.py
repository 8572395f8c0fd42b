"""Which room's news another room hears."""

import importlib
from typing import Any

# hook -> the verbs that hear it, in order; by name, since rooms load after this page does
WIRES: dict[str, tuple[str, ...]] = {
    "schoolgate.school.calendar_news:on_change": (
        "schoolgate.conversations.actions.recounting:recount",
        "schoolgate.desk.recounting:recount_today",
    ),
    "schoolgate.people.leaving:on_access_ended": (
        "schoolgate.conversations.actions.handing_over:move_work",
        "schoolgate.conversations.actions.ringing_back:move_calls",
        "schoolgate.accounts.actions.devices:sign_out_everywhere",
    ),
    "schoolgate.people.absence_news:on_absence_begun": (
        "schoolgate.conversations.actions.handing_over:cover_work",
        "schoolgate.conversations.actions.ringing_back:move_calls",
        "schoolgate.escalation.actions.standing_in:alarm_without_cover",
    ),
    "schoolgate.conversations.news:on_answered": (
        "schoolgate.escalation.actions.answering:answered",
        "schoolgate.incidents.actions.hearing:answered",
    ),
    "schoolgate.conversations.news:on_family_wrote": (
        "schoolgate.escalation.actions.answering:family_wrote",
        "schoolgate.incidents.actions.hearing:family_wrote",
    ),
    "schoolgate.conversations.news:on_suggested": ("schoolgate.today.actions.arriving:suggested",),
    "schoolgate.conversations.news:on_decided": ("schoolgate.today.actions.arriving:decided",),
    "schoolgate.conversations.news:on_closed": ("schoolgate.escalation.actions.answering:closed",),
    "schoolgate.conversations.news:on_handed_over": (
        "schoolgate.escalation.actions.answering:handed_over",
    ),
    "schoolgate.conversations.news:on_not_arrived": (
        "schoolgate.escalation.actions.answering:not_arrived",
    ),
    "schoolgate.conversations.news:on_not_answered": (
        "schoolgate.escalation.actions.not_answered:not_answered",
    ),
    "schoolgate.people.route_news:on_email_changed": (
        "schoolgate.accounts.actions.routes:follow_email",
    ),
    "schoolgate.people.route_news:on_school_address_changed": (
        "schoolgate.accounts.actions.routes:follow_school_address",
    ),
    "schoolgate.conversations.keeping_news:on_kept": (
        "schoolgate.inbound.actions.letting_go:let_go",
    ),
    "schoolgate.delivery.outcomes:on_arrival": (
        "schoolgate.conversations.actions.arriving:arrived",
        "schoolgate.incidents.actions.hearing:arrived",
    ),
    "schoolgate.delivery.outcomes:on_failure": (
        "schoolgate.conversations.actions.arriving:not_arrived",
        "schoolgate.announcements.actions.calling:ring_whom_nothing_reached",
        "schoolgate.incidents.actions.hearing:not_arrived",
    ),
    "schoolgate.delivery.outcomes:on_confirmation": (
        "schoolgate.delivery.actions.receiving:note_confirmation",
        "schoolgate.announcements.actions.answering:confirmed",
    ),
}


def connect() -> None:
    """Register every verb on its hook."""
    for hook, verbs in WIRES.items():
        for verb in verbs:
            found(hook).wire(found(verb))


def found(name: str) -> Any:
    """The object that a `module:name` names."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)
