"""Reading: what a provider hands over of a voicemail; pure, and it never raises."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.telephone.reading import FromTelephone, Media, form_in, object_in, told

OLDEST = timedelta(days=5)  # what a provider says of the time of a call is believed so far back
LONGEST_CALL = 6 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicemail:
    """One voicemail; `told.words` is what a machine made of it, if anything."""

    told: FromTelephone
    seconds: int = 0
    said_at: str = ""

    def as_mail(self) -> ReadMail:
        """As the tray and its page show it."""
        return self.told.as_mail()

    def at(self, now: datetime) -> datetime:
        """When it was left (UTC), as far as that can be believed."""
        try:
            said = datetime.fromisoformat(self.said_at)
        except ValueError:
            return now
        if said.tzinfo is None or not now - OLDEST <= said <= now:
            return now
        return said.astimezone(now.tzinfo)


def read_voicemail(provider: str, body: bytes) -> Voicemail:
    """The voicemail in a body that a provider has signed."""
    return _READERS.get(provider, _gateway)(body)


def _twilio(body: bytes) -> Voicemail:
    """What <Record> reports when somebody has spoken, and later what a transcription made of it."""
    form = form_in(body)
    place = form.get("RecordingUrl", "")
    read = told(
        "twilio",
        body,
        key=form.get("RecordingSid") or form.get("CallSid", ""),
        sender=form.get("From", ""),
        to=form.get("To", ""),
        words=form.get("TranscriptionText", ""),
        media=[Media(f"{place}.mp3")] if place else [],
    )
    return Voicemail(told=_as_voicemail(read), seconds=_seconds(form.get("RecordingDuration", "")))


def _gateway(body: bytes) -> Voicemail:
    said = object_in(body)
    recording = said.get("recording")
    read = told(
        "https",
        body,
        key=said.get("id", ""),
        sender=said.get("from", ""),
        to=said.get("to", ""),
        words=said.get("transcript", ""),
        media=[Media(recording)] if isinstance(recording, str) and recording else [],
    )
    at = said.get("at")
    return Voicemail(
        told=_as_voicemail(read),
        seconds=_seconds(str(said.get("seconds", ""))),
        said_at=at if isinstance(at, str) else "",
    )


def _as_voicemail(read: FromTelephone) -> FromTelephone:
    """A name of its own: a text may bear the same."""
    scheme, _, key = read.key.partition(":")
    return replace(read, key=f"{scheme}:voicemail:{key}")


def _seconds(words: str) -> int:
    return min(int(words), LONGEST_CALL) if words.isdecimal() and len(words) < 7 else 0


_READERS: Mapping[str, Callable[[bytes], Voicemail]] = {"twilio": _twilio, "https": _gateway}
