"""What a provider has signed; nothing of a request is believed before."""

from django.conf import settings
from django.http import Http404, HttpRequest

from schoolgate.delivery.providers import Provider, read_provider
from schoolgate.inbound.receipts.signatures import Heard, is_signed
from schoolgate.school.clock import now

LONGEST = 64 * 1024  # octets of a body


def signed(request: HttpRequest, scheme: str, urls: list[str], longest: int = LONGEST) -> Heard:
    """What the provider wrote. Raises Http404 for anything else."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > longest:
        raise Http404
    heard = Heard(
        url=f"{settings.PUBLIC_ADDRESS}{request.get_full_path()}",
        headers=request.headers,
        body=request.body,
        at=now(),
    )
    known: list[Provider] = [one for one in map(read_provider, urls) if one.scheme == scheme]
    if not any(is_signed(one, heard) for one in known):
        raise Http404
    return heard
