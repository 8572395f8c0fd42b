"""Hooks: where a provider hands over texts and voicemail.

One is answered when it is kept, and with 503 while nothing can be: the provider comes again. The
answer holds no words, so that no text goes back by itself (Clause 2.1-M3).
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_signed_hook, opened_to
from schoolgate.inbound.actions.taking_texts import take_text
from schoolgate.inbound.actions.taking_voicemails import take_voicemail
from schoolgate.inbound.errors import CannotTakeNow
from schoolgate.inbound.signed import signed
from schoolgate.school.models import School

LONGEST = 512 * 1024  # octets of a body: ten thousand characters, each of them a picture
SPEAKING = frozenset({"twilio", "https"})  # who hands over voicemail
NOTHING_TO_SAY = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


@csrf_exempt
@opened_to(a_signed_hook)
@require_POST
def texts(request: HttpRequest, provider: str) -> HttpResponse:
    """A text that somebody sent us (Clause 1.0-S4)."""
    heard = signed(request, provider, settings.SMS_URLS, LONGEST)
    try:
        take_text(school=_here(request), provider=provider, content=heard.body, at=heard.at)
    except CannotTakeNow:
        return HttpResponse(status=503)
    return taken(provider)


@csrf_exempt
@opened_to(a_signed_hook)
@require_POST
def voicemails(request: HttpRequest, provider: str) -> HttpResponse:
    """Somebody has spoken after the tone, or a machine has written down what they said."""
    urls = [*filter(None, [settings.VOICE_URL]), *settings.SMS_URLS]
    heard = signed(request, provider, urls, LONGEST)
    if provider not in SPEAKING:
        raise Http404
    try:
        take_voicemail(school=_here(request), provider=provider, content=heard.body, at=heard.at)
    except CannotTakeNow:
        return HttpResponse(status=503)
    return taken(provider)


def taken(provider: str) -> HttpResponse:
    """What each provider expects to hear."""
    if provider == "twilio":
        return HttpResponse(NOTHING_TO_SAY, content_type="text/xml; charset=utf-8")
    return HttpResponse(status=200)


def _here(request: HttpRequest) -> School:
    school: School | None = who_asks(request).school
    if school is None:
        raise Http404
    return school
