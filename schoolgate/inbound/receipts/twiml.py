"""A call in the words of the provider's own markup (TwiML)."""

from xml.etree.ElementTree import Element, SubElement, tostring

from schoolgate.delivery.wording.spoken import TIMES, Script

WAITS = "8"  # seconds for somebody to press


def read_aloud(script: Script, *, pressed: str) -> bytes:
    """To a person: the message, and what to press; all of it twice."""
    response = Element("Response")
    for _time in range(TIMES):
        gather = SubElement(
            response,
            "Gather",
            input="dtmf",
            numDigits="1",
            timeout=WAITS,
            action=pressed,
            method="POST",
        )
        _say(gather, script.message, script.language)
        _say(gather, script.asks, script.language)
    _say(response, script.machine, script.language)
    return _written(response)


def to_a_machine(script: Script) -> bytes:
    """To an answering machine: please ring the school, and not a word more (threat T4)."""
    response = Element("Response")
    _say(response, script.machine, script.language)
    return _written(response)


def thanks(script: Script) -> bytes:
    """After 1 was pressed."""
    response = Element("Response")
    _say(response, script.thanks, script.language)
    return _written(response)


def hang_up() -> bytes:
    """There is nothing to say to this person."""
    response = Element("Response")
    SubElement(response, "Hangup")
    return _written(response)


def _say(parent: Element, words: str, language: str) -> None:
    said = "".join(one for one in words if one.isprintable() or one == "\n")
    SubElement(parent, "Say", language=language).text = said


def _written(response: Element) -> bytes:
    written: bytes = tostring(response, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>' + written
