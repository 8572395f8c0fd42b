"""A press rings: first a line of the school's, then the family, who sees the school's number."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from schoolgate.delivery.asking import TIMEOUT, Asker
from schoolgate.delivery.channels.voice.line import RINGS_FOR, have_called, shown_to_them
from schoolgate.delivery.numbers import e164
from schoolgate.delivery.providers import Provider


@dataclass(frozen=True)
class Connection:
    """Which line of the school's rings, whom it is connected to, and which number they see."""

    rings: str
    then: str
    shows: str


def connect(
    provider: Provider, connection: Connection, *, drama: bool, timeout: float = TIMEOUT
) -> str:
    """Have the two connected; the call's number there (Clause 2.2-T4b).

    Both see the school's number, and nobody's own is used. Raises WrongCaller, NotANumber,
    TryLater, HostDown, Refused, AnswerLost.
    """
    shows = shown_to_them(provider, connection.shows, drama=drama)
    fields = {
        "To": e164(connection.rings, drama=drama),
        "From": shows,
        "Twiml": _then(e164(connection.then, drama=drama), shows),
        "Timeout": str(RINGS_FOR),
    }
    with _asker(provider, timeout) as asker:
        return have_called(asker, provider, fields)


@contextmanager
def _asker(provider: Provider, timeout: float) -> Iterator[Asker]:
    asker = Asker(provider.base("https://api.twilio.com"), timeout=timeout)
    try:
        yield asker
    finally:
        asker.close()


def _then(number: str, shows: str) -> str:
    response = Element("Response")
    dial = SubElement(response, "Dial", callerId=shows, timeout=str(RINGS_FOR))
    SubElement(dial, "Number").text = number
    return tostring(response, encoding="unicode")
