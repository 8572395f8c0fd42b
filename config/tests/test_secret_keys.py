"""The secret key is replaced, and what was signed with the one before counts for a stated time."""

from datetime import date, datetime, timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.test import Client, override_settings

from config import secret_keys
from config.env import BadEnvironment
from config.secret_keys import SecretKey
from schoolgate.accounts.actions.cards import issue_card, use_card
from schoolgate.accounts.errors import CardNotGood
from schoolgate.delivery import reply_address, signed_link
from schoolgate.delivery.channels.web_push.channel import public_key
from schoolgate.delivery.signed_link import Purpose
from schoolgate.ledger.actors import SYSTEM
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.clock import now as real_now
from schoolgate.school.secret_keys import decrypted, encrypted

OLD, NEW = "the key before", "the key in use"
TODAY = date(2026, 11, 30)


def with_keys(until: date | None) -> override_settings:
    """An installation whose key was replaced; the one before counts until a day, or is unknown."""
    before = [SecretKey(OLD, until)] if until else []
    fallbacks = [OLD] if until and until >= real_now().date() else []
    return override_settings(
        SECRET_KEY=NEW, SECRET_KEYS=[SecretKey(NEW), *before], SECRET_KEY_FALLBACKS=fallbacks
    )


before = override_settings(SECRET_KEY=OLD, SECRET_KEYS=[SecretKey(OLD)], SECRET_KEY_FALLBACKS=[])


@pytest.mark.parametrize(("days", "counts"), [(60, True), (0, True), (-1, False), (None, False)])
def test_addresses_links_cards_and_sessions_of_the_key_before_count_through_its_last_day(
    medway: Cast, now: datetime, days: int | None, counts: bool
) -> None:
    until = real_now().date() + timedelta(days=days) if days is not None else None
    client = Client()
    with before:
        address = reply_address.make(inbound_address="in@example.org", thread=7, carer=9)
        link = signed_link.make(Purpose.ANSWER, content=7, carer=9)
        card = issue_card(actor=SYSTEM, person=medway.carers["hal"], at=now)
        client.post("/account/card/", {"code": ""})
    with with_keys(until):
        assert (reply_address.read(address) is not None) is counts
        assert (signed_link.read(Purpose.ANSWER, link) is not None) is counts
        fresh = reply_address.make(inbound_address="in@example.org", thread=7, carer=9)
        assert reply_address.read(fresh) is not None and fresh != address
        if counts:
            assert use_card(code=card, at=now).pk == medway.user_id("hal")
        else:
            with pytest.raises(CardNotGood):
                use_card(code=card, at=now)


def test_browsers_that_asked_to_be_told_go_on_being_told() -> None:
    with before:
        asked = public_key()
    with with_keys(TODAY - timedelta(days=900)):
        assert asked and public_key() == asked


def test_a_renewed_setting_names_the_day_and_keeps_what_was_there() -> None:
    text = secret_keys.renewed("one;two|2026-12-01", TODAY)
    found = secret_keys.read(text)
    assert [one.key for one in found[1:]] == ["one", "two"]
    assert [one.until for one in found] == [None, date(2027, 1, 29), date(2026, 12, 1)]
    assert len({one.id for one in found}) == 3


@pytest.mark.parametrize("text", ["", ";", "one;", "one;two", "one;two|soon", "one|2026-12-01"])
def test_half_a_setting_stops_the_start_with_a_sentence(text: str) -> None:
    with pytest.raises(BadEnvironment, match="SCHOOLGATE_SECRET_KEY"):
        secret_keys.read(text)


def test_what_code_devices_share_is_kept_encrypted_under_any_key() -> None:
    with before:
        kept = encrypted("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in kept
    with with_keys(TODAY - timedelta(days=900)):
        assert decrypted(kept) == "JBSWY3DPEHPK3PXP"
        assert decrypted("JBSWY3DPEHPK3PXP") == "JBSWY3DPEHPK3PXP"  # from before
    with with_keys(None), pytest.raises(InvalidToken):
        decrypted(kept)
