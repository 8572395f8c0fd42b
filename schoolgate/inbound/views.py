"""The tray: what came, from whom it may be, why it is here, by when; filed in two presses."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.files.sniffing import PLAYED
from schoolgate.design.downloads import as_it_came, as_sound
from schoolgate.inbound import access
from schoolgate.inbound.actions.filing import file_as_new, file_in_thread, file_to_child, set_aside
from schoolgate.inbound.actions.reading_again import read_again
from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.errors import InboundError
from schoolgate.inbound.explaining import NEXT, WHY, dangers_in
from schoolgate.inbound.forms import Filing, SettingAside
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.inbound.places import Place, place_named, places_for, suggested
from schoolgate.ledger.actions import record
from schoolgate.people.access import Who
from schoolgate.school import files
from schoolgate.school.errors import StorageFull

MOST = 100
MOST_KEPT = 30


@opened_to(office)
@require_safe
def tray(request: HttpRequest) -> HttpResponse:
    """Everything that waits to be filed, soonest due first."""
    who = who_asks(request)
    rows = [
        (item, WHY[Reason(item.reason)], dangers_in(item)) for item in access.waiting(who)[:MOST]
    ]
    rows.sort(key=lambda row: not row[2])  # a child's safety first, then what is due soonest
    return render(
        request, "inbound/tray.html", {"rows": rows, "kept": access.kept(who)[:MOST_KEPT]}
    )


@opened_to(office)
@require_safe
def tray_item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One mail, with the places where it may belong."""
    who = who_asks(request)
    item = access.one(who, public_id)
    # Views are recorded for team members (threat T19).
    record(
        actor=who.actor,
        verb="looked at",
        school_id=item.school_id,
        about=("tray item", item.public_id),
        at=who.at,
    )
    return render(request, "inbound/item.html", _page(who, item, request.GET.get("asked", "")))


@opened_to(office)
@require_POST
def filings(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """File it where the page offered to."""
    who = who_asks(request)
    item = access.one(who, public_id)
    asked = request.POST.get("asked", "")
    places = places_for(who, item, asked)
    form = Filing(request.POST).offer(places)
    place = place_named(places, form.cleaned_data["place"]) if form.is_valid() else None
    if place:
        try:
            with transaction.atomic():
                where = _file(who, item, place)
        except (InboundError, ConversationError, StorageFull) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(place))
            return redirect(where)
    return render(request, "inbound/item.html", _page(who, item, asked, filing=form), status=422)


@opened_to(office)
@require_POST
def setting_aside(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is not for us; the reason is kept with it."""
    who = who_asks(request)
    item = access.one(who, public_id)
    form = SettingAside(request.POST)
    if form.is_valid() and who.member:
        try:
            with transaction.atomic():
                set_aside(
                    actor=who.actor,
                    member=who.member,
                    item=item,
                    reason=form.cleaned_data["reason"],
                    at=who.at,
                )
        except InboundError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Set aside. It is kept, with your reason."))
            return redirect("tray", school=item.school.slug)
    return render(request, "inbound/item.html", _page(who, item, "", aside=form), status=422)


@opened_to(office)
@require_safe
def original(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What came, byte for byte, always as a download."""
    item = access.one(who_asks(request), public_id)
    name = "email.eml" if item.arrival.way == Arrival.Way.EMAIL else "original.txt"
    return as_it_came(files.read(item.arrival.stored), name)


@opened_to(office)
@require_safe
def tray_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A picture or recording of what waits to be filed; a recording can be heard in the page."""
    found = access.fetched(who_asks(request), public_id)
    if found.stored is None:
        raise Http404
    content = files.read(found.stored)
    if found.media_type in PLAYED:
        return as_sound(request, content, found.media_type, found.name)
    return as_it_came(content, found.name)


@opened_to(office)
@require_safe
def kept_original(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A machine's mail byte for byte."""
    kept = access.one_kept(who_asks(request), public_id)
    return as_it_came(files.read(kept.stored), "email.eml")


def _file(who: Who, item: TrayItem, place: Place) -> str:
    """Where one goes on from there."""
    assert who.member is not None  # the gate admits team members only
    by: dict[str, Any] = {"actor": who.actor, "member": who.member, "item": item, "at": who.at}
    if place.thread:
        return file_in_thread(conversation=place.thread, **by).page
    if place.carer:
        return file_as_new(carer=place.carer, pupil=place.pupil, **by).page
    assert place.pupil is not None  # a place is somebody's, or a child's
    file_to_child(pupil=place.pupil, **by)
    return reverse("tray", kwargs={"school": item.school.slug})


def _said(place: Place) -> str:
    if place.carer:
        return _("Filed. {name} has a receipt.").format(name=place.carer)
    return _("Passed on. The family does not see it, and the sender hears nothing.")


def _page(who: Who, item: TrayItem, asked: str, **forms: Any) -> dict[str, Any]:
    places = places_for(who, item, asked)
    return {
        "item": item,
        "dangers": dangers_in(item),
        "why": WHY[Reason(item.reason)],
        "next": NEXT[Reason(item.reason)],
        "asked": asked,
        "offered": places,
        "mail": read_again(item),
        "fetchings": item.arrival.fetchings.order_by("pk"),
        "filing": Filing().offer(places, suggested(places, item)),
        "aside": SettingAside(),
        **forms,
    }
