"""Subscribing: a carer's browser asks to be told, and is told no more once it ends or is gone."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from schoolgate.delivery import browsers
from schoolgate.delivery.channels.web_push.encryption import encrypt
from schoolgate.delivery.channels.web_push.services import origin_of
from schoolgate.delivery.errors import NotABrowser
from schoolgate.delivery.models import PushSubscription
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.judging import narrow
from schoolgate.people.models import Carer


@transaction.atomic
def subscribe(
    *, actor: Actor, carer: Carer, browser: browsers.Browser, services: Iterable[str], at: datetime
) -> PushSubscription:
    """Tell this browser from now on (UTC); on a shared one only its last person (threat T4).

    Raises NotABrowser for a push service that we don't know or keys that are none.
    """
    if origin_of(browser.endpoint, tuple(services)) is None:
        raise NotABrowser
    try:
        encrypt(b"", key=browser.key, secret=browser.secret)
    except ValueError:
        raise NotABrowser from None
    others = PushSubscription.objects.filter(endpoint=browser.endpoint, ended_at=None)
    others.exclude(carer=carer).update(ended_at=at)
    row, _new = PushSubscription.objects.update_or_create(
        school_id=carer.school_id,
        carer=carer,
        endpoint=browser.endpoint,
        ended_at=None,
        defaults={"key": browser.key, "secret": browser.secret, "since": at},
    )
    _record(actor, "asked for notices", row, at)
    return row


@transaction.atomic
def unsubscribe(*, actor: Actor, carer: Carer, at: datetime, endpoint: str = "") -> int:
    """Tell one browser of a carer no more, or none of theirs (UTC); how many ended."""
    narrow(carer.school_id)
    rows = PushSubscription.objects.filter(carer=carer, ended_at=None)
    if endpoint:
        rows = rows.filter(endpoint=endpoint)
    found = list(rows)
    rows.update(ended_at=at)
    for row in found:
        _record(actor, "ended notices", row, at)
    return len(found)


def end_gone(*, said: Iterable[str], at: datetime) -> None:
    """End the browsers that push services called gone (UTC)."""
    gone = [one for words in said for one in browsers.gone_of(words)]
    if gone:
        PushSubscription.objects.filter(pk__in=gone, ended_at=None).update(ended_at=at)


def _record(actor: Actor, verb: str, row: PushSubscription, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=row.school_id,
        about=("carer", row.carer_id),
        at=at,
        browser=row.pk,
    )
