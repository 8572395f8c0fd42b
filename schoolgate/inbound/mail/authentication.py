"""Who really sent it: results of SPF, DKIM and DMARC, and what they say of the From address; pure.

Of results that a mail carries with it only those count that bear the name of a server which the
school trusts: anybody can write the others. A forged "pass" gains nothing, since one "fail" of the
trusted server outweighs it. A result speaks for the domain that it names, and not for From, unless
the two belong together (RFC 7489, 3.1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import authres
from publicsuffix2 import PublicSuffixList

_NAME = "Authentication-Results: "
# Jersey, Guernsey, Man: many own a name below these, and the list of suffixes does not have them.
_OF_THE_ISLANDS = frozenset(
    (kind, island) for island in ("je", "gg", "im") for kind in ("sch", "ac", "gov", "nhs")
)
UNCHECKED = "neutral"  # RFC 8601's word for a signature that can't be judged, such as ed25519
_SAME = {"googlemail.com": "gmail.com"}


class Authentication(StrEnum):
    """What is known about the sender's address."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Result:
    """One result: of which method, what it is, and for which domain it speaks."""

    method: str
    result: str
    domain: str = ""


def judge(values: Iterable[str], trusted: str, from_domain: str) -> Authentication:
    """The judgement of the Authentication-Results headers that bear the trusted name."""
    if not trusted:
        return Authentication.UNKNOWN
    told = [verdict(results_in(v), from_domain) for v in values if _server(v) == trusted.lower()]
    if Authentication.FAILED in told:
        return Authentication.FAILED
    return Authentication.PASSED if Authentication.PASSED in told else Authentication.UNKNOWN


def verdict(results: Iterable[Result], from_domain: str) -> Authentication:
    """What results say of the From address: DMARC's word first, else SPF and DKIM in its way.

    That another domain passed proves nothing of From. A refusal counts only where nothing passed.
    """
    told = list(results)
    dmarc = {one.result for one in told if one.method == "dmarc"}
    if dmarc & {"pass", "fail"}:
        return Authentication.FAILED if "fail" in dmarc else Authentication.PASSED
    ways = [one for one in told if one.method in {"spf", "dkim"}]
    if any(one.result == "pass" and belongs(one.domain, from_domain) for one in ways):
        return Authentication.PASSED
    if any(may_be_good(one) and belongs(one.domain, from_domain) for one in ways):
        return Authentication.UNKNOWN
    failed = any(one.result == "fail" for one in ways)
    return Authentication.FAILED if failed else Authentication.UNKNOWN


def may_be_good(one: Result) -> bool:
    """Whether it is a signature that could not be judged, now or at all."""
    return one.method == "dkim" and one.result in {"temperror", UNCHECKED}


def belongs(domain: str, from_domain: str, *, strictly: bool = False) -> bool:
    """Whether two domains are one organisation's, or the very same where a domain asks for it."""
    one, other = domain.lower().strip("."), from_domain.lower().strip(".")
    if not one or not other:
        return False
    return one == other or (not strictly and organisation(one) == organisation(other))


def organisation(domain: str) -> str:
    """The domain that somebody has registered: school.sch.uk of mail.school.sch.uk."""
    domain = _SAME.get(domain.lower().strip("."), domain)
    parts = domain.lower().strip(".").split(".")
    if tuple(parts[-2:]) in _OF_THE_ISLANDS and len(parts) > 2:
        return ".".join(parts[-3:])
    known = str(_suffixes().get_sld(domain.lower()) or "")
    # Of an ending that the list does not know it gives the ending alone: that is nobody's.
    return known if "." in known else ".".join(domain.lower().split(".")[-2:])


def results_in(value: str) -> list[Result]:
    """The results in one Authentication-Results header; none in one that makes no sense."""
    try:
        header = authres.AuthenticationResultsHeader.parse(_NAME + value)  # type: ignore[no-untyped-call, call-arg]  # authres has no types
    except (authres.AuthResError, ValueError, IndexError, AttributeError):
        return []
    return [_result(one) for one in header.results or ()]


def _result(one: "authres.core.AuthenticationResult") -> Result:
    named = {f"{it.type}.{it.name}": str(it.value or "") for it in one.properties or ()}
    said = next((named[key] for key in _SPEAKS_FOR if named.get(key)), "")
    domain = said.rpartition("@")[2]
    return Result((one.method or "").lower(), (one.result or "").lower(), domain)


_SPEAKS_FOR = ("header.d", "header.i", "smtp.mailfrom", "smtp.helo", "header.from")


def _server(value: str) -> str:
    return value.partition(";")[0].strip().partition(" ")[0].lower()


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
