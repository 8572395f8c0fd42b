"""Who really sent it, as a mail server that the school trusts has judged; pure.

Only headers that carry the trusted server's own name count: anybody can write the others. A forged
"pass" gains nothing, since one "fail" of the trusted server outweighs it.
"""

from collections.abc import Iterable
from enum import StrEnum

import authres

_NAME = "Authentication-Results: "


class Authentication(StrEnum):
    """What is known about the sender's address."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


def judge(values: Iterable[str], trusted: str) -> Authentication:
    """The judgement of the Authentication-Results headers that bear the trusted name."""
    if not trusted:
        return Authentication.UNKNOWN
    verdicts = [_verdict(value) for value in values if _server(value) == trusted.lower()]
    if Authentication.FAILED in verdicts:
        return Authentication.FAILED
    return Authentication.PASSED if Authentication.PASSED in verdicts else Authentication.UNKNOWN


def _server(value: str) -> str:
    return value.partition(";")[0].strip().partition(" ")[0].lower()


def _verdict(value: str) -> Authentication:
    try:
        header = authres.AuthenticationResultsHeader.parse(_NAME + value)  # type: ignore[no-untyped-call, call-arg]  # authres has no types
    except (authres.AuthResError, ValueError, IndexError, AttributeError):
        return Authentication.UNKNOWN
    said = {(one.method or "").lower(): (one.result or "").lower() for one in header.results or ()}
    if "dmarc" in said and said["dmarc"] in {"pass", "fail"}:
        return Authentication.PASSED if said["dmarc"] == "pass" else Authentication.FAILED
    results = {said.get("spf"), said.get("dkim")}
    if "pass" in results:
        return Authentication.PASSED
    return Authentication.FAILED if "fail" in results else Authentication.UNKNOWN
