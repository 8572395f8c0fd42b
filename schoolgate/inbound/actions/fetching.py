"""Fetching: pictures and recordings are brought here by the worker, and never lost silently.

What is awaited stands in its message from the beginning; a try that failed is tried again for a
day, and then the message says so.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from schoolgate.conversations.actions.attaching import await_file, give_up, hand_in
from schoolgate.conversations.actions.looking_through import judge
from schoolgate.conversations.files.clamd import CannotScan, Clamd
from schoolgate.conversations.models import Message
from schoolgate.inbound.fetching import CouldNotFetch, WillNeverCome, fetch
from schoolgate.inbound.models import Arrival, Fetching
from schoolgate.inbound.telephone.reading import Media
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM
from schoolgate.school import files
from schoolgate.school.errors import StorageFull
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

# Minutes until the next try; after the last of them it is given up.
WAITS = (1, 2, 5, 15, 60, 240, 720)
MOST = 20  # in one go


def ask_for(arrival: Arrival, media: tuple[Media, ...], names: list[str]) -> None:
    """Have the worker fetch what belongs to an arrival, in the caller's transaction."""
    for one, name in zip(media, names, strict=True):
        Fetching.objects.create(
            school=arrival.school,
            arrival=arrival,
            provider=arrival.key.partition(":")[0],
            url=one.url,
            name=name,
            next_try_at=arrival.received_at,
        )
    if media:
        show_in_message(arrival)
        ask_to_fetch(arrival.school)


def show_in_message(arrival: Arrival) -> None:
    """Let the message that an arrival has become show what belongs to it, in the transaction."""
    message = Message.objects.filter(public_id=arrival.public_id).first()
    if message is None:
        return
    for one in arrival.fetchings.filter(attachment=None).order_by("pk"):
        one.attachment = await_file(message, one.name)
        one.save(update_fields=["attachment"])
        _bring(one)


def fetch_waiting(*, school: School, at: datetime) -> int:
    """Fetch what is due, each in a transaction of its own; how many came (UTC)."""
    due = _claimed(school, at)
    return sum(_fetched(school, one, at) for one in due)


def ask_to_fetch(school: School) -> None:
    """Ask the worker, in the caller's transaction; one that waits already is enough."""
    try:
        with transaction.atomic():
            app.configure_task("inbound.fetch", queueing_lock=f"fetch-{school.pk}").defer(
                school_id=school.pk
            )
    except AlreadyEnqueued:
        return


def ask_to_fetch_due(*, school: School, at: datetime) -> None:
    """Ask the worker where something is due (UTC)."""
    waiting = Fetching.objects.filter(school=school, state=Fetching.State.WAITING)
    if waiting.filter(next_try_at__lte=at).exists():
        ask_to_fetch(school)


def _claimed(school: School, at: datetime) -> list[Fetching]:
    """What is due, its next try written down before this one begins: a worker may die."""
    with one_school(school.pk):
        rows = Fetching.objects.select_for_update(skip_locked=True).filter(
            school=school, state=Fetching.State.WAITING, next_try_at__lte=at
        )
        due = list(rows.order_by("next_try_at", "pk")[:MOST])
        for one in due:
            wait = WAITS[min(one.tries, len(WAITS) - 1)]
            one.tries += 1
            one.next_try_at = at + timedelta(minutes=wait)
            one.save(update_fields=["tries", "next_try_at"])
    return due


def _fetched(school: School, one: Fetching, at: datetime) -> bool:
    """One try; no transaction is open while the telephone company is asked."""
    try:
        content = fetch(one.provider, one.url)
        held_because = _scanned(content)
        with one_school(school.pk):
            _keep(one, content, held_because)
    except WillNeverCome as never:
        _failed(school, one, str(never), at, for_good=True)
        return False
    except (CouldNotFetch, CannotScan, StorageFull) as failure:
        _failed(school, one, str(failure), at, for_good=one.tries > len(WAITS))
        return False
    return True


def _scanned(content: bytes) -> str:
    """Why it is held, if it is. Raises CannotScan."""
    virus = Clamd(settings.CLAMD).virus_in(content) if settings.CLAMD else ""
    if virus:
        return _("A virus was found in this file. Nobody can open it here.")
    return ""


def _keep(one: Fetching, content: bytes, held_because: str) -> None:
    one = Fetching.objects.select_for_update(of=("self",)).get(pk=one.pk)
    judged = judge(content)
    one.stored = files.keep(school=one.school, content=content)
    one.media_type, one.held_because = judged.media_type, held_because or judged.held_because
    one.state, one.because = Fetching.State.FETCHED, ""
    one.save()
    _bring(one)


def _bring(one: Fetching) -> None:
    """To the message that shows it, if there is one."""
    if one.attachment is None:
        return
    if one.state == Fetching.State.FETCHED and one.stored:
        hand_in(one.attachment, files.read(one.stored))
    elif one.state == Fetching.State.FAILED:
        give_up(one.attachment, _not_here())


def _failed(school: School, one: Fetching, because: str, at: datetime, *, for_good: bool) -> None:
    with one_school(school.pk):
        one = Fetching.objects.select_for_update(of=("self",)).get(pk=one.pk)
        one.because = because.replace("\0", "")[:300]
        if for_good:
            one.state = Fetching.State.FAILED
            record(
                actor=SYSTEM,
                verb="could not fetch",
                school_id=school.pk,
                about=(one.arrival.way, one.arrival.public_id),
                at=at,
                because=one.because,
            )
        one.save(update_fields=["because", "state"])
        _bring(one)


def _not_here() -> str:
    return _("We could not get this from the telephone company. Please send it again, or ask.")
