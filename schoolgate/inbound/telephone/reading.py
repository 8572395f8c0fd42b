"""Reading: what a provider hands over of a text, provider by provider; pure, and it never raises.

The same bytes are read again when a person files it, so that nothing but bytes is needed.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.people.errors import NotANumber
from schoolgate.people.telephone import read_number

LONGEST_NAME = 100  # characters of a provider's own name for a thing
MOST_MEDIA = 10
# What Twilio writes where somebody withholds their number.
_WITHHELD = {"+266696687", "+7378742833", "+2562533", "+8566696687", "+86282452253", "+464"}
_AS_NUMBERS_ARE_WRITTEN = re.compile(r"\+?[0-9 ().-]{7,20}")


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a recording that lies with the provider until we fetch it."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromTelephone:
    """One text as we understand it; `number` is empty where the sender is no telephone number."""

    key: str
    sender: str = ""
    number: str = ""
    to: str = ""
    words: str = ""
    media: tuple[Media, ...] = ()

    @property
    def makes_sense(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.sender or self.words.strip() or self.media)

    def as_mail(self) -> ReadMail:
        """As the tray and its page show it."""
        return ReadMail(
            sender=(self.number or self.sender)[:254],
            text=self.words,
            reply=self.words,
            unreadable=not self.makes_sense,
        )


def read_text(provider: str, body: bytes) -> FromTelephone:
    """The text in a body that a provider has signed."""
    reader = _READERS.get(provider)
    return reader(body) if reader else told(provider, body)


def number_of(words: str) -> str:
    """A sender as our own numbers are kept; nothing for a name, a short code or a hidden number."""
    words = words.strip()
    if words in _WITHHELD or not _AS_NUMBERS_ARE_WRITTEN.fullmatch(words):
        return ""
    if words.isdecimal() and not words.startswith("0"):
        words = f"+{words}"  # Notify and Vonage leave out the plus
    try:
        return read_number(words)
    except NotANumber:
        return ""


def _twilio(body: bytes) -> FromTelephone:
    form = form_in(body)
    many = int(form["NumMedia"]) if re.fullmatch("[0-9]{1,2}", form.get("NumMedia", "")) else 0
    media = [Media(form.get(f"MediaUrl{place}", "")) for place in range(min(many, MOST_MEDIA))]
    return told(
        "twilio",
        body,
        key=form.get("MessageSid") or form.get("SmsSid", ""),
        sender=form.get("From", ""),
        to=form.get("To", ""),
        words=form.get("Body", ""),
        media=media,
    )


def _vonage(body: bytes) -> FromTelephone:
    """Its Messages API."""
    said = object_in(body)
    kind = str(said.get("message_type", ""))
    inside = said.get(kind) if kind in {"image", "audio", "video", "file", "vcard"} else None
    found = inside if isinstance(inside, dict) else {}
    media = [Media(_clean(found.get("url", "")))] if found.get("url") else []
    return told(
        "vonage",
        body,
        key=said.get("message_uuid", ""),
        sender=said.get("from", ""),
        to=said.get("to", ""),
        words=said.get("text") or found.get("caption", ""),
        media=media,
    )


def _notify(body: bytes) -> FromTelephone:
    said = object_in(body)
    return told(
        "notify",
        body,
        key=said.get("id", ""),
        sender=said.get("source_number", ""),
        to=said.get("destination_number", ""),
        words=said.get("message", ""),
    )


def _gateway(body: bytes) -> FromTelephone:
    said = object_in(body)
    listed = said.get("media")
    media = [
        Media(_clean(one.get("url", "")))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    ]
    return told(
        "https",
        body,
        key=said.get("id", ""),
        sender=said.get("from", ""),
        to=said.get("to", ""),
        words=said.get("text", ""),
        media=media,
    )


def told(
    provider: str,
    body: bytes,
    *,
    media: list[Media] | None = None,
    **said: Any,
) -> FromTelephone:
    """What a provider said in its own fields, made fit to be kept."""
    cleaned = {name: _clean(words) for name, words in said.items()}
    sender = cleaned.get("sender", "").strip()[:254]
    return FromTelephone(
        key=f"{provider}:{_name(cleaned.get('key', ''), body)}",
        sender=sender,
        number=number_of(sender),
        to=cleaned.get("to", "").strip()[:254],
        words=cleaned.get("words", ""),
        media=tuple(one for one in (media or [])[:MOST_MEDIA] if one.url),
    )


def _name(key: str, body: bytes) -> str:
    """The provider's own name for it; else a name made of all bytes."""
    if key and len(key) <= LONGEST_NAME and key.isprintable():
        return key
    return hashlib.sha256(key.encode() or body).hexdigest()


def _clean(words: object) -> str:
    """Only what a database can keep: no null bytes and no halves of characters."""
    kept = str(words) if isinstance(words, str | int) else ""
    return kept.replace("\0", "").encode("utf-8", "replace").decode()


def form_in(body: bytes) -> dict[str, str]:
    """The fields of a form."""
    pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    return {name: _clean(value) for name, value in pairs}


def object_in(body: bytes) -> dict[str, Any]:
    """An object; an empty one where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


_READERS: Mapping[str, Callable[[bytes], FromTelephone]] = {
    "twilio": _twilio,
    "vonage": _vonage,
    "notify": _notify,
    "https": _gateway,
}
