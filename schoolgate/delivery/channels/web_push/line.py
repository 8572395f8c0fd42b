"""One line for notices: every browser of a person is told, each by its own push service."""

import hashlib
import json
import ssl
from collections.abc import Collection
from dataclasses import dataclass, field

from schoolgate.delivery.asking import TIMEOUT, Answer, Asker
from schoolgate.delivery.browsers import Browser, read, said
from schoolgate.delivery.channel import Letter, OneByOne
from schoolgate.delivery.channels.web_push.encryption import encrypt, packed
from schoolgate.delivery.channels.web_push.services import SERVICES, origin_of, path_of
from schoolgate.delivery.channels.web_push.vapid import Vapid
from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater

KEPT_FOR = 3 * 24 * 3600  # seconds that a service keeps it for a browser that is switched off
MOST = 20  # browsers of one person
LONGEST_WORDS, LONGEST_TITLE, LONGEST_PAGE = 300, 100, 300


class NobodyThere(Refused):
    """None of the person's browsers is there any more."""


# What a push service answers; 2xx is taken, everything else for later.
GONE = {404, 410}
# It was asked under another key of ours, or ours has changed: nothing more comes by it, and the
# page offers notices again.
OF_ANOTHER_KEY = {401, 403}
FOR_GOOD = {400, 413}
LOST = {502, 504}


@dataclass
class PushLine(OneByOne):
    """Kept connections to the push services."""

    vapid: Vapid
    services: Collection[str] = SERVICES
    context: ssl.SSLContext | None = None
    only_public: bool = True
    timeout: float = TIMEOUT
    askers: dict[str, Asker] = field(default_factory=dict)

    def send(self, letter: Letter) -> str:
        """Tell every browser of one person; taken if one has it. Raises TryLater, Refused, …."""
        try:
            found = read(letter.to)[:MOST]
        except ValueError as error:
            raise Refused("This is no list of browsers.") from error
        taken: list[int] = []
        gone: list[int] = []
        met: list[DeliveryError] = []
        for browser in found:
            try:
                (taken if self._tell(browser, letter) else gone).append(browser.id)
            except DeliveryError as refusal:
                met.append(refusal)
        if taken:
            return said(taken, gone)
        raise _worst(met) if met else NobodyThere(said(taken, gone))

    def close(self) -> None:
        """Let go of every connection."""
        while self.askers:
            self.askers.popitem()[1].close()

    def _tell(self, browser: Browser, letter: Letter) -> bool:
        """Whether the browser is still there. Raises TryLater, Refused, AnswerLost."""
        origin = origin_of(browser.endpoint, self.services)
        if origin is None:
            return False
        try:
            body = encrypt(_notice(letter), key=browser.key, secret=browser.secret)
        except ValueError:
            return False
        answer = self._told(origin, browser, body, letter)
        if answer.status in OF_ANOTHER_KEY:
            self.vapid.kept.clear()  # our token may only have been too old
            answer = self._told(origin, browser, body, letter)
        if answer.status in GONE | OF_ANOTHER_KEY:
            return False
        if 200 <= answer.status < 300:
            return True
        if answer.status in FOR_GOOD:
            raise Refused(answer.said)
        raise (AnswerLost if answer.status in LOST else TryLater)(answer.said)

    def _told(self, origin: str, browser: Browser, body: bytes, letter: Letter) -> Answer:
        return self._asker(origin).post(path_of(browser.endpoint), body, self._head(origin, letter))

    def _head(self, origin: str, letter: Letter) -> dict[str, str]:
        return {
            "Authorization": self.vapid.header(origin, letter.words.contact),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_FOR),
            "Urgency": "high" if letter.words.is_pressing else "normal",
            # A repeat takes the place of the first, if that still waits for the browser.
            "Topic": _topic(letter),
        }

    def _asker(self, origin: str) -> Asker:
        if origin not in self.askers:
            self.askers[origin] = Asker(
                origin, timeout=self.timeout, context=self.context, only_public=self.only_public
            )
        return self.askers[origin]


def _notice(letter: Letter) -> bytes:
    """Its longest form, each letter of four octets, stays below what all are filled up to."""
    words = _printable(letter.filled(letter.words.text))[:LONGEST_WORDS]
    notice = {
        "title": _printable(letter.words.subject)[:LONGEST_TITLE],
        "body": words,
        "page": letter.words.page[:LONGEST_PAGE],
        "tag": _topic(letter),
        "lang": letter.words.language,
    }
    return json.dumps(notice, ensure_ascii=False).encode(errors="replace")


def _printable(words: str) -> str:
    """Without signs that JSON writes with six."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in words)


def _topic(letter: Letter) -> str:
    return packed(hashlib.sha256(letter.key.encode()).digest()[:18])


def _worst(met: list[DeliveryError]) -> DeliveryError:
    """What may have arrived counts most, then what can be tried again.

    One service that is down says nothing of the others, so that the claim goes on.
    """
    lost = [one for one in met if isinstance(one, AnswerLost)]
    later = [one for one in met if isinstance(one, TryLater)]
    words = str((lost or later or met)[0])
    if lost:
        return AnswerLost(words)
    return TryLater(words) if later else Refused(words)
