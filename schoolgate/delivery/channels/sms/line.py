"""One line for texts: the first provider that can take a text gets it, and no text goes to two."""

import time
from dataclasses import dataclass, field

from schoolgate.delivery.asking import TIMEOUT, Asker
from schoolgate.delivery.channel import Letter, OneByOne
from schoolgate.delivery.channels.sms.codes import meaning
from schoolgate.delivery.channels.sms.providers import Text, way_of
from schoolgate.delivery.errors import AnswerLost, DeliveryError, HostDown, Refused, TryLater
from schoolgate.delivery.numbers import e164
from schoolgate.delivery.providers import Provider

REST = 30.0  # seconds for which a provider that was down is passed over while there is another
LONGEST = 918  # characters: six parts; what is longer was never meant to be a text


@dataclass
class ProviderLine:
    """A kept connection to one provider."""

    provider: Provider
    timeout: float = TIMEOUT
    rests_until: float = 0.0
    asker: Asker = field(init=False)

    def __post_init__(self) -> None:
        self.way = way_of(self.provider)
        host = self.provider.host.partition("/")[0]
        usual = self.way.base or f"https://{host}" if self.way else ""
        self.asker = Asker(self.provider.base(usual), timeout=self.timeout)

    def send(self, to: str, words: str, letter: Letter) -> str:
        """Ask the provider; its own number for the text. Raises TryLater, Refused, AnswerLost."""
        if self.way is None:
            raise TryLater(f"SCHOOLGATE_SMS_URLS names no provider {self.provider.scheme!r}.")
        text = Text(to, words, letter.key, self.provider.option("from"), self._callback(letter))
        request = self.way.write(self.provider, text)
        answer = self.asker.post(request.path, request.body, request.headers)
        if 200 <= answer.status < 300 and (self.way.number(answer) or self._is_own_gateway()):
            return self.way.number(answer) or letter.key
        raise meaning(self.provider.scheme, self.way.code(answer), answer.status)(answer.said)

    def _callback(self, letter: Letter) -> str:
        """Providers send receipts over HTTPS only; an installation without has none."""
        hooks = letter.words.hooks
        return f"{hooks}{self.provider.scheme}/receipts/" if hooks.startswith("https://") else ""

    def _is_own_gateway(self) -> bool:
        return self.provider.scheme == "https"


class SmsLine(OneByOne):
    """The providers in their order; a text passes to the next only where it can't have left."""

    def __init__(self, providers: list[ProviderLine], *, drama: bool) -> None:
        self.providers, self.drama = providers, drama

    def send(self, letter: Letter) -> str:
        """Hand one text over. Raises TryLater, HostDown, Refused, AnswerLost."""
        to = e164(letter.to, drama=self.drama)
        words = letter.filled(letter.words.text).strip().replace("\0", "")
        if not words or len(words) > LONGEST:
            raise Refused("A text has between 1 and 918 characters.")
        met: list[DeliveryError] = []
        for provider in self._in_turn():
            try:
                return provider.send(to, words, letter)
            except (AnswerLost, Refused):
                raise
            except TryLater as refusal:
                if refusal.host_is_down:
                    provider.rests_until = time.monotonic() + REST
                met.append(refusal)
        raise _all_of(met)

    def close(self) -> None:
        """Let go of every connection."""
        for provider in self.providers:
            provider.asker.close()

    def _in_turn(self) -> list[ProviderLine]:
        """Those that were down a moment ago come last."""
        now = time.monotonic()
        return sorted(self.providers, key=lambda one: one.rests_until > now)


def _all_of(met: list[DeliveryError]) -> DeliveryError:
    words = "; ".join(str(one) for one in met)[:300]
    if all(one.host_is_down for one in met):
        return HostDown(words or "SCHOOLGATE_SMS_URLS names no provider.")
    return TryLater(words)
