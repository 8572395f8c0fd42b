"""A mail that was filed from the tray keeps no word there once a leader has taken its text."""

import pytest
from django.http import Http404

from schoolgate.conversations.actions.keeping import keep
from schoolgate.conversations.tests.acting import who
from schoolgate.inbound import access
from schoolgate.inbound.actions import filing
from schoolgate.inbound.models import TrayItem
from schoolgate.inbound.tests.taking import NOW, in_tray
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import LEADERS
from schoolgate.rehearsal.cast import Cast


@pytest.fixture
def item(medway: Cast) -> TrayItem:
    """A mail that the office has filed to Nina, about Noah."""
    found = in_tray(
        medway, "granny@example.net", body="The lawyer in Zanzibar.", subject="Zanzibar"
    )
    joan = medway.team["joan"]
    filing.file_as_new(
        actor=Actor("team", joan.pk, joan.name),
        member=joan,
        item=found,
        carer=medway.carers["nina"],
        pupil=medway.children["noah"],
        at=NOW,
    )
    found.refresh_from_db()
    return found


@pytest.mark.parametrize("key", ["joan", "tom", "ruth"])
def test_the_tray_hands_out_neither_its_words_nor_what_came(
    medway: Cast, item: TrayItem, key: str
) -> None:
    asker = who(medway, key, NOW)
    assert asker.holds("office", *LEADERS) and access.one(asker, item.public_id) == item
    assert item.filed_to
    message = item.filed_to.messages.get(direction="family")
    keep(keeper_user=medway.user_id("helen"), message=message, at=NOW)
    with pytest.raises(Http404):
        access.one(asker, item.public_id)
    item.refresh_from_db()
    assert (item.subject, item.body, item.folded) == ("", "", "")
    assert item.filed_to.messages.get(direction="family").body == ""


def test_what_is_not_kept_stays_in_the_tray(medway: Cast, item: TrayItem) -> None:
    other = in_tray(medway, "granny@example.net", body="Another.", subject="Two")
    assert item.filed_to
    message = item.filed_to.messages.get(direction="family")
    keep(keeper_user=medway.user_id("helen"), message=message, at=NOW)
    assert access.one(who(medway, "joan", NOW), other.public_id).body == "Another."
