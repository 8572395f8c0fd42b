"""One line for calls: the provider rings, and asks our pages what to say (Twilio's interface)."""

import urllib.parse
from collections.abc import Mapping

from schoolgate.delivery.asking import TIMEOUT, Asker, basic
from schoolgate.delivery.channel import Letter, OneByOne
from schoolgate.delivery.channels.voice.codes import meaning
from schoolgate.delivery.errors import HostDown, Refused
from schoolgate.delivery.numbers import NotANumber, e164
from schoolgate.delivery.providers import Provider

RINGS_FOR = 30  # seconds


class WrongCaller(Refused):
    """A call shows the school's own number or is not made (Clause 2.2-T4b)."""


class VoiceLine(OneByOne):
    """A kept connection to one provider of calls."""

    def __init__(self, provider: Provider, *, drama: bool, timeout: float = TIMEOUT) -> None:
        self.provider, self.drama = provider, drama
        self.asker = Asker(provider.base("https://api.twilio.com"), timeout=timeout)

    def send(self, letter: Letter) -> str:
        """Have one call made; its number there. Raises TryLater, HostDown, Refused, AnswerLost."""
        to = e164(letter.to, drama=self.drama)
        caller = shown_to_them(self.provider, letter.words.sender, drama=self.drama)
        hooks = f"{letter.words.hooks}{self.provider.scheme}/"
        if not hooks.startswith("https://"):
            raise HostDown("Calls need SCHOOLGATE_ADDRESS to begin with https://.")
        fields = {
            "To": to,
            "From": caller,
            "Url": f"{hooks}script/?parcel={letter.key}",
            "StatusCallback": f"{hooks}calls/?parcel={letter.key}",
            "StatusCallbackEvent": "completed",
            # So that a machine gets its own words, after its tone.
            "MachineDetection": "DetectMessageEnd",
            "Timeout": str(RINGS_FOR),
        }
        return have_called(self.asker, self.provider, fields)

    def close(self) -> None:
        """Let go of the connection."""
        self.asker.close()


def have_called(asker: Asker, provider: Provider, fields: Mapping[str, str]) -> str:
    """Have one call made; its number there. Raises TryLater, HostDown, Refused, AnswerLost."""
    answer = asker.post(
        f"/2010-04-01/Accounts/{urllib.parse.quote(provider.user)}/Calls.json",
        urllib.parse.urlencode(fields).encode(),
        {
            "Authorization": basic(provider.user, provider.password),
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    number = answer.json.get("sid")
    if 200 <= answer.status < 300 and isinstance(number, str) and number:
        return number
    raise meaning(str(answer.json.get("code", "")), answer.status)(answer.said)


def shown_to_them(provider: Provider, number: str, *, drama: bool) -> str:
    """The school's number, confirmed with the provider. Raises WrongCaller."""
    try:
        ours = [e164(one, drama=drama) for one in provider.option("from").split()]
        caller = e164(number, drama=drama)
    except NotANumber as refusal:
        raise WrongCaller from refusal
    if caller not in ours:
        raise WrongCaller
    return caller
