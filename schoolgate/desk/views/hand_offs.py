"""The office hands off to iSAMS: prepares a bundle, takes its file, and says that it was sent."""

from urllib.parse import quote
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.delivery.actions.bundle_files import bundle_name, bundle_zip
from schoolgate.delivery.actions.bundling import give_back, mark_sent, prepare
from schoolgate.delivery.actions.handing_off import record_hand_off
from schoolgate.delivery.errors import DeliveryError
from schoolgate.delivery.models import Bundle, Content
from schoolgate.delivery.queries import open_bundles, owed_by_isams
from schoolgate.desk.hand_offs import attachments_of, hand_offs_page, may_handle
from schoolgate.ledger.actions import record
from schoolgate.people.access import Who


class Sent(forms.Form):
    """What iSAMS calls the sending."""

    reference = forms.CharField(label=_("Reference in iSAMS"), max_length=120)


class HandOff(Sent):
    """Which reply was sent, and what iSAMS calls the sending."""

    parcel = forms.UUIDField(widget=forms.HiddenInput)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def hand_offs(request: HttpRequest) -> HttpResponse:
    """What iSAMS is to send, late first; a reply to one person is marked sent at once (2.1-M2a)."""
    who = who_asks(request)
    form = HandOff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owed, number = owed_by_isams(_school(who), who.at), form.cleaned_data["parcel"]
        parcel = get_object_or_404(owed, public_id=number, bundle=None)
        _check_may_handle(who, parcel.content)
        record_hand_off(
            actor=who.actor, parcel=parcel, reference=form.cleaned_data["reference"], at=who.at
        )
        messages.success(request, _("Recorded. The family’s promise is kept with it."))
        return _back(who)
    return _page(request, who, 422 if form.is_bound else 200)


@opened_to(office)
@require_POST
def bundles(request: HttpRequest, number: int) -> HttpResponse:
    """Prepare what is owed of one content, a bundle for each set of words."""
    who = who_asks(request)
    content = get_object_or_404(Content, pk=number, school=who.school)
    _check_may_handle(who, content)
    try:
        made = prepare(actor=who.actor, content=content, at=who.at)
    except DeliveryError as refusal:
        messages.warning(request, _(str(refusal)))
    else:
        _say_prepared(request, len(made))
    return _back(who)


@opened_to(office)
@require_safe
def bundle_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file of a bundle, with those in it who may have it at this moment."""
    who = who_asks(request)
    bundle = _bundle(who, public_id)
    record(
        actor=who.actor, verb="took the file of a hand-off", school_id=bundle.school_id,
        about=("bundle", bundle.public_id), at=who.at,
    )  # fmt: skip
    files = attachments_of(bundle.content)
    written = bundle_zip(bundle=bundle, files=files, at=who.at)
    answer = HttpResponse(written, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{quote(bundle_name(bundle))}"'
    answer["Cache-Control"] = "no-store"
    return answer


@opened_to(office)
@require_POST
def bundle_sending(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark a bundle sent, with its reference; of who lost it meanwhile is said what happened."""
    who, form = who_asks(request), Sent(request.POST)
    bundle = _bundle(who, public_id)
    if not form.is_valid():
        messages.error(request, _("Please write what iSAMS calls the sending."))
        return _page(request, who, 422)
    try:
        sent = mark_sent(
            actor=who.actor,
            bundle=bundle,
            reference=form.cleaned_data["reference"],
            at=who.at,
            taken_out=_said(request, "taken out"),
            went=_said(request, "went"),
        )
    except DeliveryError as refusal:
        messages.error(request, _(str(refusal)))
        return _page(request, who, 422)
    words = ngettext("Recorded for one person.", "Recorded for {n} people.", sent)
    messages.success(request, words.format(n=sent))
    return _back(who)


@opened_to(office)
@require_POST
def bundle_giving_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A bundle was not sent: what is in it is owed again."""
    who = who_asks(request)
    try:
        give_back(actor=who.actor, bundle=_bundle(who, public_id), at=who.at)
        messages.success(request, _("It is owed again, and can be prepared anew."))
    except DeliveryError as refusal:
        messages.error(request, _(str(refusal)))
    return _back(who)


def _said(request: HttpRequest, what: str) -> list[int]:
    """The parcels of which the office said so."""
    named = [key.removeprefix("lost-") for key, said in request.POST.items() if said == what]
    return [int(one) for one in named if one.isdecimal() and len(one) < MOST_DIGITS]


MOST_DIGITS = 19


def _say_prepared(request: HttpRequest, how_many: int) -> None:
    if not how_many:
        messages.warning(request, _("Nobody may have it any more, so nothing is to be sent."))
        return
    words = ngettext(
        "Prepared. Take the file and send it by iSAMS.",
        "Prepared in {n} languages. Take each file and send it by iSAMS.",
        how_many,
    )
    messages.success(request, words.format(n=how_many))


def _bundle(who: Who, public_id: UUID) -> Bundle:
    found = get_object_or_404(open_bundles(_school(who)), public_id=public_id)
    _check_may_handle(who, found.content)
    return found


def _check_may_handle(who: Who, content: Content) -> None:
    """What is about them does not exist for them. Raises Http404."""
    if not may_handle(who, content):
        raise Http404


def _school(who: Who) -> int:
    return who.school.pk if who.school else 0


def _page(request: HttpRequest, who: Who, status: int) -> HttpResponse:
    return render(request, "desk/hand_offs.html", hand_offs_page(who), status=status)


def _back(who: Who) -> HttpResponse:
    return redirect("hand_offs", school=who.school.slug if who.school else "")
