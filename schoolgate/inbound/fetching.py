"""Where pictures and recordings lie, provider by provider, and one try to fetch one.

Only the provider's own hosts are asked, with our keys only there; a redirect is followed once, to a
public host that the provider is known to use, and without our keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.delivery.asking import Answer, Asker, basic, is_this_machine
from schoolgate.delivery.errors import DeliveryError
from schoolgate.delivery.providers import Provider, read_provider

MEGABYTE = 1024 * 1024
TIMEOUT = 20.0  # seconds for each step, and for the whole
# Whose keys are good there, and where they send us on to.
HOSTS: Mapping[str, tuple[str, ...]] = {
    "twilio": (".twilio.com",),
    "vonage": (".nexmo.com", ".vonage.com"),
}
STORES: Mapping[str, tuple[str, ...]] = {
    "twilio": (".twilio.com", ".twiliocdn.com", ".amazonaws.com"),
    "vonage": (".nexmo.com", ".vonage.com", ".amazonaws.com"),
}
_GONE = frozenset({301, 302, 303, 307, 308})


class CouldNotFetch(Exception):
    """This try has failed; the words say why."""


class WillNeverCome(CouldNotFetch):
    """Another try would be of no use; the words are for people."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address and what we show there."""

    url: str
    headers: Mapping[str, str]

    @property
    def base(self) -> str:
        """The host, as it is asked."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def path(self) -> str:
        """What is asked of the host."""
        parts = urlsplit(self.url)
        return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def fetch(scheme: str, url: str) -> bytes:
    """The bytes of one thing. Raises CouldNotFetch, WillNeverCome."""
    provider = _provider(scheme)
    if not _is_of(provider, url, HOSTS):
        raise WillNeverCome(_("It does not lie with the telephone company that told us of it."))
    answer = _asked(provider, Place(url, _keys(provider)))
    if answer.status in _GONE and answer.location:
        further = urljoin(url, answer.location)
        if not _is_of(provider, further, STORES):
            raise WillNeverCome(_("The telephone company sent us to somebody else for it."))
        answer = _asked(provider, Place(further, {}))
    if answer.is_cut:
        raise WillNeverCome(
            _("It is larger than {limit} MB, the most that we can take.").format(
                limit=settings.ATTACHMENT_LIMIT_MB
            )
        )
    if answer.status != 200 or not answer.body:
        raise CouldNotFetch(f"The answer was {answer.status}.")
    return answer.body


def _provider(scheme: str) -> Provider:
    urls = [*settings.SMS_URLS, *filter(None, [settings.VOICE_URL])]
    known = [one for one in map(read_provider, urls) if one.scheme == scheme]
    if not known:
        raise CouldNotFetch("No provider of that name is set.")
    return known[0]


def _keys(provider: Provider) -> dict[str, str]:
    if provider.scheme == "https":
        return {"Authorization": f"Bearer {provider.password}"}
    return {"Authorization": basic(provider.user, provider.password)}


def _is_of(provider: Provider, url: str, hosts: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether an address is the provider's own, over HTTPS, or where its settings say it stands."""
    own = f"https://{provider.host.partition('/')[0]}" if provider.scheme == "https" else ""
    bases = [urlsplit(one) for one in (provider.option("api"), own) if one]
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if any((parts.scheme, parts.netloc) == (one.scheme, one.netloc) for one in bases):
            return True
        plain = parts.port in {None, 443} and parts.username is None
    except ValueError:
        return False
    known = hosts.get(provider.scheme, ())
    return parts.scheme == "https" and plain and f".{host}".endswith(known) if known else False


def _asked(provider: Provider, place: Place) -> Answer:
    host = urlsplit(place.base).hostname or ""
    is_rehearsed = is_this_machine(host)
    asker = Asker(place.base, timeout=TIMEOUT, only_public=not is_rehearsed)
    try:
        limit = settings.ATTACHMENT_LIMIT_MB * MEGABYTE
        return asker.get(place.path, place.headers, longest=int(limit))
    except DeliveryError as failure:
        raise CouldNotFetch(str(failure)) from failure
    finally:
        asker.close()
