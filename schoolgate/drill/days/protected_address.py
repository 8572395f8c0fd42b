"""After an address was protected some try to learn it, or to change who collects; none gets it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.models import Message
from schoolgate.drill import checking, checking_families, faults
from schoolgate.drill.asking_after import mail_comes, voicemail_comes
from schoolgate.drill.call_taking import (
    keep_out,
    names_seen_from_above,
    shown_to_call_takers,
    takes_the_call,
)
from schoolgate.drill.report import Line, Report
from schoolgate.drill.searching import class_told, stands_in
from schoolgate.drill.stage import Stage, by_family
from schoolgate.drill.watching import run
from schoolgate.inbound.models import Arrival
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.describing import protect_address
from schoolgate.people.actions.homes import set_address
from schoolgate.people.models import Carer, ContactRoute, Household, HouseholdStay
from schoolgate.people.queries import carers_with_number, email_of, homes_of
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


def play(stage: Stage, report: Report) -> None:
    """An address is kept and then protected; a caller, mails and a shared mailbox try."""
    at, carer = stage.at, stage.family.carer
    _protect(stage, at)
    report.lines += _a_caller(stage, report, at + MINUTE)
    report.lines += _mails(stage, report, at + 2 * MINUTE)
    _the_call_is_taken(stage, report, at + 3 * MINUTE)
    _a_shared_mailbox(stage, report, at + 4 * MINUTE)
    home = homes_of([carer.pk]).get(carer.pk)
    if home is not None and home.address:
        report.blame(faults.address_shown(_("on an envelope")))
    report.blame(
        *[faults.address_shown(where) for where in stands_in(stage, LINES[0])],
        *[faults.class_shown(where) for where in class_told(stage)],
        *checking.addresses_kept(stage),
        *checking_families.routes_left_safe(stage),
        *checking_families.own_family_on_lists(stage, at),
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
    keep_out(stage, at)


def _a_caller(stage: Stage, report: Report, at: datetime) -> list[Line]:
    """Somebody rings from a number that nobody here has, and gives it as the mother's new one."""
    carer = stage.family.carer
    known = carers_with_number(school_id=stage.school.pk, number=NEW_NUMBER, at=at)
    came = voicemail_comes(stage, NEW_NUMBER, at)
    _new_route(carer, ContactRoute.Kind.MOBILE, NEW_NUMBER, at)
    rung = [one.value for one in to_ring(carer, at)]
    if known or NEW_NUMBER in rung or not _is_filed_by_a_person(came):
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


def _mails(stage: Stage, report: Report, at: datetime) -> list[Line]:
    """From an address like the mother's, forged from her own, and from the other parent's."""
    mother, other = stage.family.carer, stage.family.other
    like_hers = mail_comes(stage, (mother.name, NEW_ADDRESS), at)
    forged = mail_comes(stage, (mother.name, email_of(mother)), at, is_theirs=False)
    if not _is_filed_by_a_person(like_hers):
        report.blame(faults.confirmed_wrongly(_("by an address that was new")))
    if not _is_filed_by_a_person(forged):
        report.blame(faults.confirmed_wrongly(_("by an address that somebody forged")))
    mail_comes(stage, (other.name, email_of(other)), at)
    what = _("Nobody’s address: it waits in the tray, and nothing is answered from a file")
    lines = [Line(at, _("The office"), _("the tray"), what)]
    what = _("An email in the mother’s name that her provider does not stand by: in the tray")
    return [*lines, Line(at, _("The office"), _("the tray"), what), *run(stage, at)]


def _is_filed_by_a_person(came: Arrival | None) -> bool:
    return came is not None and came.became == Arrival.Became.TRAY


def _the_call_is_taken(stage: Stage, report: Report, at: datetime) -> None:
    """The other parent rings; each page is looked at as whoever takes the call sees it."""
    takers = takes_the_call(stage, at)
    report.blame(*([] if takers else [faults.office_empty()]))
    for one in takers[:1]:
        what = _(
            "Would take the call, and sees “Check who may read” and that where she lives is "
            "protected"
        )
        report.lines.append(Line(at, one.name, _("the telephone"), what, one.pk))
        report.blame(*shown_to_call_takers(stage, one, at, LINES[0]))
    report.blame(*names_seen_from_above(stage, at))


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
