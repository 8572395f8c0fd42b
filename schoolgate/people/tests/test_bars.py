"""Who may not come onto the site: begun and lifted by decision, and by nothing else."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.people.actions.bars import bar_from_site, lift_bar
from schoolgate.people.errors import BarNeedsName, BarReasonMissing
from schoolgate.people.models import SiteBar
from schoolgate.rehearsal.cast import Cast

PAGE = "/medway-green/site-bars/"


def test_it_begins_now_and_ends_by_a_decision_with_a_reason(medway: Cast, now: datetime) -> None:
    ruth = {"actor": actor_of(medway, "ruth"), "member": medway.team["ruth"]}
    bar = bar_from_site(**ruth, name=" Paweł  Król ", review_on=now.date(), at=now)
    assert (bar.name, bar.lifted_at) == ("Paweł Król", None)
    with pytest.raises(BarReasonMissing):
        lift_bar(**ruth, bar=bar, because=" ", at=now)
    lifted = lift_bar(**ruth, bar=bar, because="We met and agreed.", at=now + timedelta(days=9))
    assert lifted.lifted_by == medway.team["ruth"]


def test_it_needs_a_name(medway: Cast, now: datetime) -> None:
    with pytest.raises(BarNeedsName):
        bar_from_site(actor=actor_of(medway, "ruth"), member=medway.team["ruth"], name=" ", at=now)


def test_the_head_decides_and_the_office_reads(medway: Cast) -> None:
    ruth: Client = enters(medway, "ruth")
    assert ruth.post(f"{PAGE}new/", {"name": ""}).status_code == 422
    ruth.post(f"{PAGE}new/", {"name": "Paweł Król"})
    joan = enters(medway, "joan")
    assert "Paweł Król" in joan.get(PAGE).text
    assert joan.post(f"{PAGE}new/", {"name": "Somebody"}).status_code == 404
    assert enters(medway, "priya").get(PAGE).status_code == 404
    bar = SiteBar.objects.get()
    ruth.post(f"{PAGE}{bar.public_id}/end/", {"because": "Agreed."})
    assert "Paweł Król" not in joan.get(PAGE).text
