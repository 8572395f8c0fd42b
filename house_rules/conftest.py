"""Both rehearsal schools with one conversation, for the rules that try every door."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import pytest
from django.utils import timezone

from schoolgate.conversations.actions.replying import reply
from schoolgate.conversations.tests.acting import actor_of, writes
from schoolgate.people.actions.ending import end_access
from schoolgate.rehearsal.cast import Cast, assemble


@pytest.fixture
def both(db: None) -> tuple[Cast, Cast]:
    """Both schools, one conversation about Kuba at Medway Green, and an agency teacher who left."""
    at = timezone.now()
    other = assemble("trent-acres", at)
    here = assemble("medway-green", at)
    conversation = writes(here, "ewa", "kuba", at, subject="The one conversation")
    reply(
        actor=actor_of(here, "priya"),
        member=here.team["priya"],
        conversation=conversation,
        body="Hello",
        at=at,
    )
    end_access(actor=actor_of(here, "ruth"), member=here.team["andy"], at=at)
    return here, other
