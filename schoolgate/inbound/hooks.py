"""Hooks: where providers tell what became of a text or a call, and ask what to read aloud.

Nothing is believed before its signature; without one there is no page here. One account may serve
several schools, so that a receipt is looked for in each, one after the other.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_signed_hook, opened_to
from schoolgate.delivery.actions.receiving import Receipt, confirm, receive, script_for
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.wording.spoken import Script
from schoolgate.inbound.receipts import twiml
from schoolgate.inbound.receipts.reading import read_call, read_receipt
from schoolgate.inbound.receipts.signatures import Heard
from schoolgate.inbound.signed import signed
from schoolgate.school.models import School
from schoolgate.school.tenancy import see


@csrf_exempt
@opened_to(a_signed_hook)
@require_POST
def receipts(request: HttpRequest, provider: str) -> HttpResponse:
    """What became of a text (threat T15)."""
    heard = signed(request, provider, settings.SMS_URLS)
    _write_down(request, read_receipt(provider, heard), heard)
    return HttpResponse(status=204)


@csrf_exempt
@opened_to(a_signed_hook)
@require_POST
def calls(request: HttpRequest, provider: str) -> HttpResponse:
    """What became of a call."""
    heard = signed(request, provider, [settings.VOICE_URL])
    _write_down(request, read_call(heard), heard)
    return HttpResponse(status=204)


@csrf_exempt
@opened_to(a_signed_hook)
@require_POST
def script(request: HttpRequest, provider: str) -> HttpResponse:
    """Somebody, or a machine, has picked up: what to say (Clause 2.1-M1)."""
    heard = signed(request, provider, [settings.VOICE_URL])
    found = _call(request, heard)
    if found is None:
        return _xml(twiml.hang_up())
    parcel, words = found
    if heard.form.get("AnsweredBy", "human") not in {"human", "unknown"}:
        return _xml(twiml.to_a_machine(words))
    place = reverse("hook_pressed", kwargs={"school": parcel.school.slug, "provider": provider})
    address = f"{settings.PUBLIC_ADDRESS}{place}?parcel={parcel.public_id}"
    return _xml(twiml.read_aloud(words, pressed=address))


@csrf_exempt
@opened_to(a_signed_hook)
@require_POST
def pressed(request: HttpRequest, provider: str) -> HttpResponse:
    """Somebody pressed a key; 1 confirms."""
    heard = signed(request, provider, [settings.VOICE_URL])
    found = _call(request, heard)
    if found is None:
        return _xml(twiml.hang_up())
    parcel, words = found
    if heard.form.get("Digits") != "1":
        return _xml(twiml.to_a_machine(words))
    confirm(parcel=parcel, at=heard.at)
    return _xml(twiml.thanks(words))


def _write_down(request: HttpRequest, receipt: Receipt | None, heard: Heard) -> None:
    """At whichever school it belongs to; one that belongs nowhere is answered all the same."""
    if receipt is None:
        return
    for school in _schools(request):
        see(school_id=school.pk)
        if receive(receipt=receipt, at=heard.at):
            return


def _call(request: HttpRequest, heard: Heard) -> tuple[Parcel, Script] | None:
    """The call that this is, at this school alone, and what may be said to its person now."""
    receipt = read_call(heard)
    school: School | None = who_asks(request).school
    if receipt is None or school is None:
        return None
    parcel = Parcel.objects.filter(
        school=school, public_id=receipt.key, channel=Parcel.Channel.VOICE
    ).first()
    words = script_for(parcel=parcel, school=school, at=heard.at) if parcel else None
    return (parcel, words) if parcel and words else None


def _schools(request: HttpRequest) -> Iterator[School]:
    here = who_asks(request).school
    if here is not None:
        yield here
        yield from School.objects.exclude(pk=here.pk)


def _xml(words: bytes) -> HttpResponse:
    return HttpResponse(words, content_type="text/xml; charset=utf-8")
