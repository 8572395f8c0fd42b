"""The server that takes our mail: what it offers, whose certificate it shows, what its name is."""

import ipaddress
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from schoolgate.delivery.channels.email.arrival.findings import Finding, fine, look, unknown, wrong
from schoolgate.delivery.channels.email.arrival.names import Names

TLS, OFFERS, REVERSE = "TLS", "What the mail host offers", "Reverse DNS"
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
WAIT = 10.0  # seconds for each answer
LEAST_SIZE = 35_000_000  # bytes: an attachment of 25 MB as it is on the wire
OWN_NETWORKS = [
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")
]


@dataclass(frozen=True)
class Host:
    """A server as SCHOOLGATE_EMAIL_URL names it."""

    name: str
    port: int
    scheme: str

    @classmethod
    def from_url(cls, url: str) -> "Host | None":
        """The server in an address, or none where mail leaves by another way."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            return None
        return cls(parts.hostname, parts.port or PORTS[parts.scheme], parts.scheme)


def judge_connection(host: Host) -> list[Finding]:
    """Speak to the server once, as we would to hand over mail, and say goodbye."""
    try:
        with _opened(host) as connection:
            return _spoken(host, connection)
    except ssl.SSLCertVerificationError as error:
        return [_certificate(host, error)]
    except (OSError, smtplib.SMTPException) as error:
        says = _("{name}:{port} does not answer: {error}.")
        return [unknown(TLS, says.format(name=host.name, port=host.port, error=error))]


def _opened(host: Host) -> smtplib.SMTP:
    if host.scheme == "smtps":
        tls = ssl.create_default_context()
        return smtplib.SMTP_SSL(host.name, host.port, timeout=WAIT, context=tls)
    return smtplib.SMTP(host.name, host.port, timeout=WAIT)


def _spoken(host: Host, connection: smtplib.SMTP) -> list[Finding]:
    connection.ehlo()
    if host.scheme == "smtps":
        return [_secured(host), *_offers(connection)]
    if not connection.has_extn("starttls"):
        return [_no_tls(host), *_offers(connection)]
    plain = _offers(connection)
    try:
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
    except ssl.SSLCertVerificationError as error:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
        return [_certificate(host, error), *plain]
    return [_secured(host), *_offers(connection)]


def _secured(host: Host) -> Finding:
    if host.scheme == "smtp" and not _is_here(host.name):
        says = _(
            "{name} offers TLS, but SCHOOLGATE_EMAIL_URL begins with smtp://, which doesn't use it."
        )
        return wrong(TLS, says.format(name=host.name), _("Write smtp+tls:// in its place."))
    says = _("{name} speaks TLS, with a certificate that is valid for its name.")
    return fine(TLS, says.format(name=host.name))


def _no_tls(host: Host) -> Finding:
    says = _("{name}:{port} offers no TLS (STARTTLS), so mail can be read on its way there.")
    ask = _("Ask for STARTTLS, or for the port that has it (often 587).")
    return wrong(TLS, says.format(name=host.name, port=host.port), ask)


def _certificate(host: Host, error: ssl.SSLCertVerificationError) -> Finding:
    says = _("The certificate of {name} is not valid for it: {error}.")
    ask = _(
        "Ask for a certificate for this name from a known authority, or use the name that it has."
    )
    return wrong(TLS, says.format(name=host.name, error=error.verify_message), ask)


def _offers(connection: smtplib.SMTP) -> list[Finding]:
    found = []
    if not connection.has_extn("pipelining"):
        says = _(
            "The mail host offers no PIPELINING, so each email costs more journeys there and back."
        )
        found.append(look(OFFERS, says, _("Ask whether it can be switched on.")))
    size = connection.esmtp_features.get("size", "")
    if size.isdecimal() and 0 < int(size) < LEAST_SIZE:
        says = _("The mail host takes emails of up to {size} bytes, but we may send {most}.")
        ask = _("Ask for a higher limit.")
        found.append(look(OFFERS, says.format(size=size, most=LEAST_SIZE), ask))
    elif not connection.has_extn("size"):
        says = _("The mail host doesn't say how large an email may be (SIZE).")
        found.append(look(OFFERS, says, _("Ask for its limit; we send up to 35 MB.")))
    return found or [
        fine(OFFERS, _("The mail host takes mail in a row (PIPELINING), and of our size."))
    ]


def sending_addresses(host: Host | None, said: str, names: Names) -> list[str]:
    """From where the world sees our mail come, as far as it can be known. Raises CouldNotAsk."""
    if said:
        return [said]
    if host is None:
        return []
    return [one for one in names.addresses(host.name) if not is_inside(one)]


def is_inside(address: str) -> bool:
    """Whether an address is this machine's or this house's own, which the world never sees."""
    one = ipaddress.ip_address(address)
    return one.is_loopback or any(one in network for network in OWN_NETWORKS)


def judge_reverse(addresses: list[str], names: Names) -> list[Finding]:
    """Each address has a name, and that name leads back to it. Raises CouldNotAsk."""
    if not addresses:
        says = _("It isn't known from which address the world sees our mail come.")
        ask = _("Ask your mail host for it, and call this again with --sending-address.")
        return [unknown(REVERSE, says, ask)]
    return [_reverse(address, names) for address in addresses]


def _reverse(address: str, names: Names) -> Finding:
    found = names.pointers(address)
    if not found:
        says = _("{address} has no name (PTR). Many mail hosts refuse mail from such an address.")
        ask = _(
            "Ask whoever rents out this address for a PTR record with the name of the mail host."
        )
        return wrong(REVERSE, says.format(address=address), ask)
    true = [name for name in found if address in names.addresses(name)]
    if not true:
        says = _("{address} calls itself {names}, but that name doesn't lead back to it.")
        ask = _("Ask for an address record of that name that leads to {address}.")
        return wrong(
            REVERSE,
            says.format(address=address, names=", ".join(found)),
            ask.format(address=address),
        )
    says = _("{address} is {name}, there and back.")
    return fine(REVERSE, says.format(address=address, name=true[0]))


def _is_here(name: str) -> bool:
    """Whether a name is this very machine."""
    with suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return name == "localhost"
