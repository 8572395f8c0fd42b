"""Asks name servers. "There is no such record" is an answer; silence is an error of its own."""

import ipaddress
from dataclasses import dataclass

import dns.exception
import dns.name
import dns.rdata
import dns.resolver
import dns.reversename
from django.utils.translation import gettext as _

LONGEST = 6.0  # seconds for one question, with all its repeats
ONCE_SILENT = 1.0  # seconds, where an earlier question had no answer in time


class CouldNotAsk(Exception):
    """No name server gave an answer."""


@dataclass(frozen=True)
class MailHost:
    """One line of a domain's MX records."""

    order: int
    name: str


class Names:
    """Questions to the machine's name servers, or to one named as host:port."""

    def __init__(self, server: str = "") -> None:
        try:
            self.resolver = dns.resolver.Resolver(configure=not server)
        except dns.exception.DNSException as error:
            raise CouldNotAsk(_("This machine knows no name server.")) from error
        self.lifetime = LONGEST
        if server:
            host, _colon, port = server.rpartition(":")
            self.resolver.nameservers = [host or port]
            self.resolver.port = int(port) if host else 53

    def knows(self, name: str) -> bool:
        """Whether there is such a name, whatever stands at it. Raises CouldNotAsk."""
        return self._answer(name, "SOA") is not None

    def texts(self, name: str) -> list[str]:
        """All TXT records, each joined as it is meant; sorted, since servers shuffle them.

        Raises CouldNotAsk.
        """
        found = [b"".join(one.strings) for one in self._ask(name, "TXT")]  # type: ignore[attr-defined]
        return sorted(text.decode(errors="replace") for text in found)

    def addresses(self, name: str) -> list[str]:
        """All addresses of a host, sorted, or the address itself. Raises CouldNotAsk."""
        try:
            return [str(ipaddress.ip_address(name))]
        except ValueError:
            return sorted(one.to_text() for kind in ("A", "AAAA") for one in self._ask(name, kind))

    def mail_hosts(self, name: str) -> list[MailHost]:
        """The MX records in order; a host named "" means that no mail is taken."""
        found = [
            MailHost(one.preference, one.exchange.to_text(omit_final_dot=True).strip("."))  # type: ignore[attr-defined]
            for one in self._ask(name, "MX")
        ]
        return sorted(found, key=lambda one: (one.order, one.name))

    def pointers(self, address: str) -> list[str]:
        """The names that an address claims (PTR). Raises CouldNotAsk."""
        asked = dns.reversename.from_address(address).to_text()
        return [one.to_text().rstrip(".").lower() for one in self._ask(asked, "PTR")]

    def _ask(self, name: str, kind: str) -> list[dns.rdata.Rdata]:
        return list(self._answer(name, kind) or [])

    def _answer(self, name: str, kind: str) -> dns.resolver.Answer | None:
        """The answer, which may hold nothing; none where there is no such name, or can't be."""
        try:
            asked = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError):
            return None
        try:
            return self.resolver.resolve(
                asked, kind, raise_on_no_answer=False, search=False, lifetime=self.lifetime
            )
        except (dns.resolver.NXDOMAIN, dns.resolver.YXDOMAIN):
            return None
        except (dns.exception.DNSException, OSError) as error:
            if isinstance(error, dns.exception.Timeout):
                self.lifetime = ONCE_SILENT
            says = _("No name server answered the question for {kind} of {name}.")
            raise CouldNotAsk(says.format(kind=kind, name=name)) from error
