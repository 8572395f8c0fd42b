"""Where email must go by iSAMS no line to a mail host is opened for a family (2.1-M2a, O17)."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.utils import timezone

from schoolgate.announcements.actions.chasing import chase_due
from schoolgate.announcements.actions.correcting import correct
from schoolgate.announcements.actions.drafting import Words
from schoolgate.announcements.actions.publishing import publish
from schoolgate.announcements.actions.sending import UNDO
from schoolgate.announcements.tests.announcing import fresh, goes_out, sends, to_group
from schoolgate.conversations.tests.acting import actor_of, answers, writes
from schoolgate.delivery.actions.digesting import send_digests
from schoolgate.delivery.actions.sorting import sort
from schoolgate.delivery.channels import close_lines
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.queries import off_route
from schoolgate.delivery.tests.test_routes_of_email import VARIATION
from schoolgate.people.models import Preference
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_mail_host import MailHost
from schoolgate.school.models import School
from schoolgate.school.tenancy import see


@pytest.fixture
def host(settings: Any, tmp_path: Any) -> Iterator[MailHost]:
    """A mail host with a real socket, which this installation hands its email to."""
    settings.DATA = tmp_path
    close_lines()
    with MailHost() as taking:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{taking.port}"
        yield taking
        close_lines()


def variation(cast: Cast, *, stands: bool) -> None:
    """The head records it, or takes it back."""
    text = cast.school.settings_text.replace(VARIATION, "") + (VARIATION if stands else "")
    School.objects.filter(pk=cast.school.pk).update(settings_text=text)
    cast.school.settings_text = text
    cast.school.__dict__.pop("settings", None)
    for carer in cast.carers.values():
        carer.refresh_from_db()


def everything_leaves(cast: Cast) -> None:
    """A sorting of this school's email, as a worker does it."""
    sort(school_id=cast.school.pk)
    see(school_id=cast.school.pk)


def everything_happens(cast: Cast, at: datetime) -> None:
    """A message with its receipt, a reply, an announcement, its chase, its correction, a digest."""
    answers(cast, "owen", writes(cast, "mia", "tilly", at), at)
    Preference.objects.create(
        school=cast.school, carer=cast.carers["stan"], digest="daily", said_at=at
    )
    river = to_group(cast, "River")
    made = goes_out(cast, "owen", at, river, asks="confirm", chase_at=at + timedelta(days=1))
    chase_due(school=cast.school, at=at + timedelta(days=1))
    right = correct(
        actor=actor_of(cast, "owen"), author=cast.team["owen"], wrong=fresh(made),
        words=Words(subject="Wellies", text="It is Thursday."), what_was_wrong="The day.", at=at,
    )  # fmt: skip
    publish(school=cast.school, number=sends(cast, "owen", right, at).pk, at=at + UNDO)
    send_digests(school=cast.school, at=at + timedelta(hours=9))


def families_in(host: MailHost, cast: Cast) -> set[str]:
    """To whom of the families the host took something."""
    to = {str(message_from_bytes(one)["To"]) for one in host.taken}
    members = {member.email for member in cast.team.values()}
    return {one for one in to if not any(member in one for member in members)}


@pytest.mark.clause("2.1-M2a")
def test_nothing_for_a_family_touches_a_mail_host(
    trent: Cast, now: datetime, host: MailHost
) -> None:
    everything_happens(trent, timezone.now() - timedelta(hours=1))
    everything_leaves(trent)
    assert host.taken == []
    assert off_route(trent.school) == 0
    states = Parcel.objects.filter(channel="email", carer__isnull=False).values_list("state")
    assert {state for (state,) in states} <= {"owed", "taken back"}


@pytest.mark.clause("2.1-M2a")
def test_with_the_heads_variation_notices_leave(trent: Cast, now: datetime, host: MailHost) -> None:
    variation(trent, stands=True)
    everything_happens(trent, timezone.now() - timedelta(hours=1))
    everything_leaves(trent)
    assert families_in(host, trent) != set()
    for one in host.taken:
        assert b"Thursday" not in one and b"good day" not in one


@pytest.mark.clause("2.1-M2a")
def test_a_variation_that_is_withdrawn_leaves_nothing_waiting_for_a_mail_host(
    trent: Cast, now: datetime, host: MailHost
) -> None:
    variation(trent, stands=True)
    everything_happens(trent, timezone.now() - timedelta(hours=1))
    assert Parcel.objects.filter(channel="email", state="waiting").exists()
    variation(trent, stands=False)
    everything_leaves(trent)
    assert families_in(host, trent) == set()
    waiting = Parcel.objects.filter(channel="email", state__in=["waiting", "claimed", "gathered"])
    assert not waiting.filter(carer__isnull=False).exists()
    owed = Parcel.objects.filter(state="owed").values_list("content__purpose", flat=True)
    assert set(owed) == {Content.Purpose.REPLY, Content.Purpose.SERVICE}
