"""Everything about the mail of one domain, in the order in which a mail host is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from schoolgate.delivery.channels.email.arrival import (
    answers,
    dkim_key,
    dmarc,
    sending_host,
    spf,
    unsubscribing,
)
from schoolgate.delivery.channels.email.arrival.findings import Finding, fine, unknown
from schoolgate.delivery.channels.email.arrival.names import CouldNotAsk, Names


@dataclass(frozen=True)
class Sending:
    """How mail of a domain leaves here."""

    domain: str
    email_url: str
    public_address: str
    sending_address: str = ""
    selector: str = ""
    signing_domain: str = ""
    return_domain: str = ""
    our_key: dkim_key.OurKey = dkim_key.OurKey()


def judge(sending: Sending, names: Names) -> list[Finding]:
    """All findings. What could not be asked stands among them as such."""
    host = sending_host.Host.from_url(sending.email_url)
    addresses = _addresses(sending, host, names)
    return [
        *(_no_domain(sending.domain, names) or _records(sending, addresses, names)),
        *_way_out(sending, host, addresses, names),
        *unsubscribing.judge(sending.public_address, we_sign=bool(sending.our_key.record)),
    ]


def _no_domain(domain: str, names: Names) -> list[Finding]:
    """A domain that nobody knows is not judged line by line. Silence is told by the lines."""
    try:
        known = names.knows(domain)
    except CouldNotAsk:
        return []
    says = _(
        "The name server knows no domain {domain}. Either it is written wrongly, or this machine "
        "can't see the names of the internet."
    )
    return [] if known else [unknown(_("Domain"), says.format(domain=domain))]


def _records(sending: Sending, addresses: list[str], names: Names) -> list[Finding]:
    domain = sending.domain
    signing = sending.signing_domain or domain
    return [
        *_asked(spf.ABOUT, lambda: spf.judge(domain, addresses, names)),
        *_asked(
            dkim_key.ABOUT,
            lambda: dkim_key.judge(signing, sending.selector, sending.our_key, names),
        ),
        *_asked(
            dmarc.ABOUT,
            lambda: dmarc.judge(
                domain, signing=signing, answering=sending.return_domain or domain, names=names
            ),
        ),
        *_asked(answers.ABOUT, lambda: answers.judge(domain, names)),
    ]


def _addresses(sending: Sending, host: sending_host.Host | None, names: Names) -> list[str]:
    try:
        return sending_host.sending_addresses(host, sending.sending_address, names)
    except CouldNotAsk:
        return []  # the check of reverse DNS says so


def _way_out(
    sending: Sending, host: sending_host.Host | None, addresses: list[str], names: Names
) -> list[Finding]:
    """The server that takes our mail, or the provider that stands in its place."""
    provider = sending.email_url.partition("+")[2].partition(":")[0]
    if host is None and sending.email_url.startswith("anymail+"):
        says = _(
            "Mail leaves by {provider}, over HTTPS; the sending hosts are that provider's care."
        )
        return [fine(sending_host.TLS, says.format(provider=provider))]
    if host is None:
        says = _("SCHOOLGATE_EMAIL_URL names no mail server, so there is none to look at.")
        return [unknown(sending_host.TLS, says)]
    return [
        *_asked(sending_host.REVERSE, lambda: sending_host.judge_reverse(addresses, names)),
        *sending_host.judge_connection(host),
    ]


def _asked(about: str, question: Callable[[], list[Finding]]) -> list[Finding]:
    """What was found, or that nobody could be asked."""
    try:
        return question()
    except CouldNotAsk as silence:
        return [unknown(about, str(silence))]
