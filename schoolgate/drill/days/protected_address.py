"""After an address was protected three try to learn it, or to change who collects; none gets it."""

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import CharField, TextField
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.models import Message
from schoolgate.drill import checking, faults
from schoolgate.drill.report import Line, Report
from schoolgate.drill.stage import Stage, by_family
from schoolgate.drill.watching import run
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.describing import protect_address
from schoolgate.people.actions.homes import set_address
from schoolgate.people.models import Carer, ContactRoute, Household, HouseholdStay
from schoolgate.people.queries import carers_at, carers_with_number, email_of, homes_of
from schoolgate.today import people
from schoolgate.today.actions.arriving import add, of_message
from schoolgate.today.actions.collecting import Other, ask_for_collection
from schoolgate.today.kinds import Chosen, Kind
from schoolgate.today.models import Collection
from schoolgate.today.routes import to_ring
from schoolgate.today.states import Collecting

LINES = ("7 Nowhere Rise (fictional)", "Drillham")
NEW_NUMBER, NEW_ADDRESS = "+44 7700 900987", "ada.hollis@new.example.org"
MINUTE = timedelta(minutes=1)
# Where it may not stand: what people are sent and shown, and what is kept of what was done.
ROOMS = ("conversations", "delivery", "today", "inbound", "ledger", "escalation")


def play(stage: Stage, report: Report) -> None:
    """An address is kept and then protected; a caller, an email and a shared mailbox try."""
    at, carer = stage.at, stage.family.carer
    _protect(stage, at)
    report.lines += _a_caller(stage, report, at + MINUTE)
    report.lines += _a_new_address(stage, report, at + 2 * MINUTE)
    _a_shared_mailbox(stage, report, at + 3 * MINUTE)
    home = homes_of([carer.pk]).get(carer.pk)
    if home is not None and home.address:
        report.blame(faults.address_shown(_("on an envelope")))
    report.blame(
        *[faults.address_shown(where) for where in _stands_in(stage)],
        *checking.addresses_kept(stage),
        *checking.addresses(stage, people.heads_and_keepers(stage.school, at)),
        *checking.roles_unheld(stage, ("office", "dsl", "head"), at),
    )


def _protect(stage: Stage, at: datetime) -> None:
    household = Household.objects.create(school=stage.school, name="Hollis")
    HouseholdStay.objects.create(
        school=stage.school, household=household, carer=stage.family.carer, since=at.date()
    )
    set_address(actor=SYSTEM, household=household, lines=LINES, at=at)
    protect_address(actor=SYSTEM, carer=stage.family.carer, at=at)


def _a_caller(stage: Stage, report: Report, at: datetime) -> list[Line]:
    """Somebody rings from a number that nobody here has, and gives it as the mother's new one."""
    carer = stage.family.carer
    known = carers_with_number(school_id=stage.school.pk, number=NEW_NUMBER, at=at)
    _new_route(carer, ContactRoute.Kind.MOBILE, NEW_NUMBER, at)
    rung = [one.value for one in to_ring(carer, at)]
    if known or NEW_NUMBER in rung:
        report.blame(faults.confirmed_wrongly(_("by a number that was new")))
    return [
        Line(
            at,
            _("The office"),
            _("ringing back"),
            _("Rings {number}, known before; the new number proves nothing").format(number=one),
        )
        for one in rung
    ]


def _a_new_address(stage: Stage, report: Report, at: datetime) -> list[Line]:
    """An email comes from an address like the mother's."""
    if carers_at(school_id=stage.school.pk, address=NEW_ADDRESS, at=at):
        report.blame(faults.confirmed_wrongly(_("by an address that was new")))
    what = _("Nobody’s address: it waits in the tray, and nothing is answered from a file")
    return [Line(at, _("The office"), _("the tray"), what)]


def _a_shared_mailbox(stage: Stage, report: Report, at: datetime) -> None:
    """The other parent writes from a mailbox that both use, in the mother's name."""
    family = stage.family
    _new_route(family.other, ContactRoute.Kind.EMAIL, email_of(family.carer), at)
    collection = _asked(stage, family.carer, at)
    report.lines += run(stage, at)
    collection.refresh_from_db()
    asked = collection.asked_route
    by_shared = asked is not None and asked.value == email_of(family.carer)
    if collection.state == Collecting.CONFIRMED or by_shared:
        report.blame(faults.confirmed_wrongly(_("from a mailbox that two people use")))
    report.notes.append(
        _("Who collects stays as it was until a number that was known before has said yes.")
    )
    _asked(stage, family.other, at + MINUTE)
    report.lines += run(stage, at + MINUTE)


def _asked(stage: Stage, carer: Carer, at: datetime) -> Collection:
    actor = by_family(carer)
    thread = start(
        actor=actor,
        carer=carer,
        words=Words(
            body="Somebody else collects Wren today. Where do they live now?",
            at=at,
            channel=Message.Channel.EMAIL,
        ),
        pupil=stage.family.pupil,
        subject="Today",
    )
    message = Message.objects.filter(conversation=thread).earliest("pk")
    matter = add(
        actor=actor, source=of_message(message), kind=Kind.COLLECTION, at=at, chosen=Chosen.WORDING
    )
    return ask_for_collection(
        actor=actor, matter=matter, other=Other("Robin Vale"), known_device=False, at=at
    )


def _new_route(carer: Carer, kind: str, value: str, at: datetime) -> None:
    ContactRoute.objects.create(
        school_id=carer.school_id, carer=carer, kind=kind, value=value, verified_at=at, preference=9
    )


def _stands_in(stage: Stage) -> list[str]:
    """The tables in which a line of the address stands, in what people are sent or shown."""
    return [
        str(model._meta.verbose_name_plural)
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if _holds_the_address(model, stage)
    ]


def _holds_the_address(model: Any, stage: Stage) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    texts = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
    ]
    if "school" not in names:
        return False
    rows = model.objects.filter(school=stage.school)
    return any(rows.filter(**{f"{name}__contains": LINES[0]}).exists() for name in texts)
