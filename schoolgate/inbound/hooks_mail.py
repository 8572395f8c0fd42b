"""Hooks: where a provider hands over mail, and tells what became of ours.

A mail is answered with 204 when it is kept, with 406 where nobody here has that address, and with
503 while nothing can be kept: the provider keeps it and comes again.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from schoolgate.accounts.gates import a_signed_hook, opened_to
from schoolgate.inbound.actions.hearing import hear
from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.errors import CannotTakeNow, UnknownRecipient
from schoolgate.inbound.feeding.providers import (
    HandedOver,
    MakesNoSense,
    NotBelieved,
    mails_in,
    may_be_believed,
    news_in,
)
from schoolgate.school.clock import now

WRAPPED = 2  # a mail within a request is at most so much larger than the mail


@csrf_exempt
@opened_to(a_signed_hook)
@require_POST
def mails(request: HttpRequest, provider: str) -> HttpResponse:
    """Mail that came to the provider for us (Clause 1.0-S4)."""
    try:
        handed = mails_in(provider, request, _body(request, provider))
    except (NotBelieved, MakesNoSense) as doubt:
        raise Http404 from doubt
    try:
        ours = [_take(mail) for mail in handed]
    except CannotTakeNow:
        return HttpResponse(status=503)
    return HttpResponse(status=204 if any(ours) or not ours else 406)


@csrf_exempt
@opened_to(a_signed_hook)
@require_POST
def reports(request: HttpRequest, provider: str) -> HttpResponse:
    """What became of our mail: it came back, or was called spam (threat T15)."""
    try:
        news = news_in(provider, request, _body(request, provider))
    except (NotBelieved, MakesNoSense) as doubt:
        raise Http404 from doubt
    for told in news:
        hear(told=told, at=now())
    return HttpResponse(status=204)


def _take(mail: HandedOver) -> bool:
    """Whether it is for somebody here; one that is not keeps no other of its bundle away."""
    try:
        take(
            content=mail.content,
            envelope_from=mail.sender,
            envelope_to=mail.recipient,
            at=now(),
        )
    except UnknownRecipient:
        return False
    return True


def _body(request: HttpRequest, provider: str) -> bytes:
    """All of a request, within the limit of a mail. Raises Http404."""
    if not may_be_believed(provider):
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > WRAPPED * settings.MAIL_LIMIT_MB * 1024 * 1024:
        raise Http404
    return request.read(int(length))
