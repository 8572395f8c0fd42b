"""Which room's news another room hears, and the links that go up by URL name."""

import importlib
from typing import Any

from django.http import HttpRequest

# hook -> the verbs that hear it, in order; by name, since rooms load after this page does
WIRES: dict[str, tuple[str, ...]] = {
    "schoolgate.people.leaving:on_access_ended": (
        "schoolgate.conversations.actions.handing_over:move_work",
        "schoolgate.accounts.actions.devices:sign_out_everywhere",
    ),
    "schoolgate.delivery.outcomes:on_arrival": (
        "schoolgate.conversations.actions.arriving:arrived",
    ),
    "schoolgate.delivery.outcomes:on_failure": (
        "schoolgate.conversations.actions.arriving:not_arrived",
    ),
}

# What stands on pages of lower rooms and leads to upper ones: name of the link -> URL name.
LINKS = {
    "team_home": "to_answer",
    "family_home": "home",
    "worried": "worried",
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


def navigation(request: HttpRequest) -> dict[str, object]:
    """The links for every template."""
    return {"links": LINKS}
