"""Asking name servers who really sent a mail: SPF, DKIM and DMARC (RFC 7208, 6376, 7489).

The libraries do the work; here are its bounds. What could not be asked in time is not known, and is
never held against a sender. A trusted server's own results (`mail.authentication`) come first.

Whoever writes a mail names most of what is asked, and may name servers of his own that are slow or
silent: so the From domain is asked first, and only its own silence excuses a mail.
"""

import ipaddress
import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import dkim
import spf
from django.conf import settings
from dns.exception import DNSException

from schoolgate.delivery.channels.email.arrival.names import CouldNotAsk, Names
from schoolgate.inbound.mail.authentication import (
    UNCHECKED,
    Authentication,
    Result,
    belongs,
    may_be_good,
    organisation,
    verdict,
)

logger = logging.getLogger(__name__)
T = TypeVar("T")

LONGEST = 5.0  # seconds for all questions about one mail
SILENCE = 60.0  # seconds without a question about an organisation that gave no answer
REMEMBERED = 300.0  # seconds that an answer is used again
MOST_REMEMBERED = 2_000
MOST_SIGNATURES = 5
LONGEST_TRUST = 10 * 1024 * 1024  # bytes; a signature over more is not checked
NOT_PROVEN = "not proven"  # DMARC is asked for, and nothing that arrived could be held to it


_NEAR = [
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.168.0.0/16", "::/127", "fc00::/7", "fe80::/10",
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peer:
    """The server that handed a mail over: its address, and how it calls itself."""

    address: str
    hello: str = ""

    def speaks_for_itself(self, relays: Iterable[str] = ()) -> bool:
        """Whether SPF can be asked about it; a relay of our own speaks for others."""
        try:
            address = ipaddress.ip_address(self.plain)
        except ValueError:
            return False
        ours = [*_NEAR, *(ipaddress.ip_network(one, strict=False) for one in relays)]
        return not any(address in network for network in ours)

    @property
    def plain(self) -> str:
        """Its address as IPv4 where it is one."""
        return self.address.removeprefix("::ffff:")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found out of a mail's sender."""

    authentication: Authentication = Authentication.UNKNOWN
    results: tuple[Result, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """Each method with its word, the best of several."""
        return {one.method: one.result for one in sorted(self.results, key=_goodness)}


def _goodness(one: Result) -> bool:
    return one.result == "pass"


@dataclass
class Checker:
    """Checks mail by one set of name servers, with a memory and patience of its own."""

    names: Names
    relays: tuple[str, ...] = ()
    clock: Callable[[], float] = time.monotonic
    known: OrderedDict[tuple[str, str], tuple[float, object]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def check(
        self, raw: bytes, *, from_domain: str, envelope_from: str, peer: Peer | None
    ) -> Checked:
        """Everything that can be told of one mail's sender, within five seconds."""
        if not from_domain:
            return Checked()
        asking = _Asking(self, self.clock() + LONGEST)
        rules = _policy(asking, from_domain)
        own, others = _signatures(raw, from_domain)
        results = [
            *(_one_signature(asking, raw, number) for number in own),
            *_spf(asking, envelope_from, peer),
            *(_one_signature(asking, raw, number) for number in others),
        ]
        results += _dmarc(rules, from_domain, results)
        if not results:
            return Checked()
        return Checked(verdict(results, from_domain), tuple(results))

    def ask(self, kind: str, name: str, question: Callable[[str], T], until: float) -> T:
        """One answer, remembered for a while, as silence is. Raises CouldNotAsk."""
        now, key = self.clock(), (kind, name.lower().rstrip("."))
        silence = ("silence", organisation(key[1]))
        with self.lock:
            since, answer = self.known.get(key, (0.0, None))
            if since and now - since < REMEMBERED:
                return answer  # type: ignore[return-value]  # kept under its own kind
            silent_since, _ = self.known.get(silence, (now - SILENCE, None))
            if now >= until or now - silent_since < SILENCE:
                raise CouldNotAsk("There was no time to ask.")
        try:
            found = question(key[1])
        except CouldNotAsk:
            self._remember(silence, None)
            raise
        self._remember(key, found)
        return found

    def _remember(self, key: tuple[str, str], answer: object) -> None:
        with self.lock:
            self.known[key] = (self.clock(), answer)
            while len(self.known) > MOST_REMEMBERED:
                self.known.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Asking:
    """The questions about one mail."""

    checker: Checker
    until: float

    def texts(self, name: str) -> list[str]:
        return self.checker.ask("TXT", name, self.checker.names.texts, self.until)

    def records(self, name: str, kind: str) -> list[Any]:
        """As the SPF library wants them."""
        names = self.checker.names
        if kind == "TXT":
            return [(text.encode(),) for text in self.texts(name)]
        if kind == "MX":
            hosts = self.checker.ask("MX", name, names.mail_hosts, self.until)
            return [(host.order, host.name) for host in hosts]
        if kind in {"A", "AAAA"}:
            every = self.checker.ask("A", name, names.addresses, self.until)
            return [one for one in every if (":" in one) == (kind == "AAAA")]
        return []


class _Query(spf.query):  # type: ignore[misc]  # pyspf has no types
    """SPF's rules by the library, its questions by us; claims by PTR are not believed."""

    asking: _Asking

    def dns(
        self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False
    ) -> list[Any]:
        try:
            found = self.asking.records(str(name).rstrip("."), qtype)
        except CouldNotAsk as silence:
            raise spf.TempError(str(silence)) from silence
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("There are too many questions without an answer.")
        return found


def _spf(asking: _Asking, envelope_from: str, peer: Peer | None) -> Iterator[Result]:
    if peer is None or not peer.speaks_for_itself(asking.checker.relays):
        return
    domain = envelope_from.rpartition("@")[2] or peer.hello
    try:
        query = _Query(peer.plain, envelope_from, peer.hello, timeout=LONGEST, querytime=LONGEST)
        query.asking = asking
        word = query.check()[0]
    except Exception as failure:  # noqa: BLE001 - records are written by strangers
        logger.info("SPF of %s could not be read: %s", domain, type(failure).__name__)
        word = "permerror"
    yield Result("spf", str(word), domain)


def _signatures(raw: bytes, from_domain: str) -> tuple[list[int], list[int]]:
    """The places of a mail's signatures: those of the From domain's organisation, and others."""
    if len(raw) > LONGEST_TRUST:
        return [], []
    try:
        headers = dkim.DKIM(raw, minkey=1024).headers
    except Exception:  # noqa: BLE001 - any bytes may come; a mail without headers has no signature
        return [], []
    texts = [text for name, text in headers if name.lower() == b"dkim-signature"]
    own = [n for n, text in enumerate(texts) if belongs(_domain_in(text), from_domain)]
    others = [n for n in range(len(texts)) if n not in own]
    return own[:MOST_SIGNATURES], others[: max(0, MOST_SIGNATURES - len(own))]


def _domain_in(signature: bytes) -> str:
    found = _SIGNED_BY.search(signature)
    return b"".join(found[1].split()).decode("ascii", "replace") if found else ""


_SIGNED_BY = re.compile(rb"(?:^|;)\s*d\s*=([^;]*)")


def _one_signature(asking: _Asking, raw: bytes, number: int) -> Result:
    def key_of(name: bytes, timeout: int = 5) -> bytes:
        found = asking.texts(name.decode("ascii", "replace").rstrip("."))
        return next((text.encode() for text in found if "p=" in text), b"")

    signed = dkim.DKIM(raw, minkey=1024)
    try:
        word = "pass" if signed.verify(number, dnsfunc=key_of) else "fail"
    except (CouldNotAsk, DNSException):
        word = "temperror"
    except dkim.NaClNotFoundError:
        word = UNCHECKED  # a good one of this kind can't be told from a bad one
    except Exception:  # noqa: BLE001 - signatures are written by strangers
        word = "fail"
    claims = [text for name, text in signed.headers if name.lower() == b"dkim-signature"]
    domain = _domain_in(claims[number])
    # The length tag lets anybody write more below what was signed.
    if word == "pass" and b"l" in signed.signature_fields:
        word = "policy"
    return Result("dkim", word, domain)


def _policy(asking: _Asking, from_domain: str) -> dict[str, str]:
    """What the From domain asks for; nothing where it can't be asked."""
    try:
        return _rules(asking, from_domain) or _rules(asking, organisation(from_domain))
    except CouldNotAsk:
        return {}


def _dmarc(rules: dict[str, str], from_domain: str, results: list[Result]) -> Iterator[Result]:
    """A refusal only where both ways could be tried; that others are silent tells nothing.

    What came unsigned by a relay of our own is neither refused nor proven, and says so.
    """
    if not rules:
        return
    strictly = {"spf": rules.get("aspf") == "s", "dkim": rules.get("adkim") == "s"}
    if any(
        one.result == "pass" and belongs(one.domain, from_domain, strictly=strictly[one.method])
        for one in results
    ):
        yield Result("dmarc", "pass", from_domain)
    elif not _had_spf(results) or any(
        (may_be_good(one) or one.result == "temperror") and belongs(one.domain, from_domain)
        for one in results
    ):
        yield Result("dmarc", NOT_PROVEN, from_domain)
    else:
        yield Result("dmarc", "fail", from_domain)


def _rules(asking: _Asking, domain: str) -> dict[str, str]:
    """The DMARC record of a domain; two records are none (RFC 7489, 6.6.3)."""
    found = [text for text in asking.texts(f"_dmarc.{domain}") if text.startswith("v=DMARC1")]
    if len(found) != 1:
        return {}
    tags = (part.partition("=") for part in found[0].split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in tags if name.strip()}


def _had_spf(results: list[Result]) -> bool:
    return any(one.method == "spf" for one in results)


@lru_cache(maxsize=1)
def _checker() -> Checker | None:
    try:
        return Checker(Names(settings.NAME_SERVER), relays=tuple(settings.MAIL_RELAYS))
    except CouldNotAsk as alone:
        logger.warning("Senders can't be checked: %s", alone)
        return None


def check_sender(raw: bytes, *, from_domain: str, envelope_from: str, peer: Peer | None) -> Checked:
    """What can be told of a sender now; nothing where a trusted server judges instead.

    It may ask name servers: call it outside a transaction.
    """
    checker = _checker() if settings.CHECK_SENDERS and not settings.TRUSTED_AUTHSERV else None
    if checker is None:
        return Checked()
    return checker.check(raw, from_domain=from_domain, envelope_from=envelope_from, peer=peer)
