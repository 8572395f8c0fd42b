"""Email by a provider's own way in (HTTPS), through anymail; which one, SCHOOLGATE_EMAIL_URL says.

Its keys come from the environment: SCHOOLGATE_ANYMAIL_POSTMARK_SERVER_TOKEN is anymail's setting
POSTMARK_SERVER_TOKEN.
"""

from dataclasses import dataclass, field, replace
from email.headerregistry import Address
from html import escape
from typing import Any

from anymail.exceptions import AnymailError, AnymailRecipientsRefused, AnymailRequestsAPIError
from anymail.message import AnymailMessage
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection

from schoolgate.delivery.channel import Letter, OneByOne
from schoolgate.delivery.channels.email.provider_codes import (
    BY_CODE,
    BY_STATUS,
    CODE_FIELDS,
    NEVER_SENT,
)
from schoolgate.delivery.channels.email.rules import check_sender
from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater

PROVIDERS = {
    "brevo": "brevo",
    "mailersend": "mailersend",
    "mailgun": "mailgun",
    "mailjet": "mailjet",
    "mailtrap": "mailtrap",
    "postal": "postal",
    "postmark": "postmark",
    "resend": "resend",
    "scaleway": "scaleway",
    "ses": "amazon_ses",  # needs boto3, which is large: installed by whoever wants it
    "sparkpost": "sparkpost",
}
# Nobody watches whether families read: switched off where a provider lets each email say so, and
# elsewhere in the provider's own pages (docs/run-your-own.md).
CAN_SWITCH_OFF_TRACKING = {"mailersend", "mailgun", "mailjet", "postmark", "sparkpost"}
# These give back, with what becomes of an email, the number that it went out with.
GIVES_BACK = {"brevo", "mailgun", "mailjet", "mailtrap", "postmark", "resend", "sparkpost"}
# Postmark puts its own Message-ID in the place of ours unless it is asked not to.
OWN_HEADERS = {"postmark": {"X-PM-KeepID": "true"}}
KEY_IN_EMAIL = {"brevo": "idempotencyKey"}
LONGEST = 500  # characters of what was said
TIMEOUT = 30.0  # seconds for each answer


@dataclass(frozen=True)
class ProviderMail:
    """One email for one person, in the parts that a provider wants."""

    sender_name: str
    sender: str
    to: str
    reply_to: str
    message_id: str
    subject: str
    text: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    key: str = ""  # the same for every try of the same email


@dataclass
class ProviderChannel:
    """Hands letters to one provider; what may have arrived is not handed over again."""

    url: str
    most_lines: int = 4
    repeats_in_doubt: bool = False

    def open(self) -> "ProviderLine":
        """A connection, made when the first letter comes."""
        return ProviderLine.from_url(self.url)


class ProviderLine(OneByOne):
    """A kept connection to one provider."""

    def __init__(self, provider: str, timeout: float = TIMEOUT) -> None:
        self.provider, self.timeout = provider, timeout
        self.backend: Any = None

    @classmethod
    def from_url(cls, url: str) -> "ProviderLine":
        """Read anymail+NAME: as SCHOOLGATE_EMAIL_URL has it."""
        return cls(url.partition("+")[2].partition(":")[0].lower())

    def send(self, letter: Letter) -> str:
        """Hand one letter over, and give what was said. Raises TryLater, Refused or AnswerLost."""
        check_sender(letter)
        return self.send_mail(_mail(letter))

    def send_mail(self, mail: ProviderMail) -> str:
        """Hand one email over, and give what was said. Raises TryLater, Refused or AnswerLost."""
        backend = self._opened()
        message = self._message(mail)
        try:
            backend.send_messages([message])
        except (AnymailError, ValueError, TypeError) as error:
            raise self._refusal(error) from error
        return self._said(message.anymail_status)

    def close(self) -> None:
        """Let go of the connection."""
        backend, self.backend = self.backend, None
        if backend is not None:
            backend.close()

    def _opened(self) -> Any:
        if self.backend is None:
            if self.provider not in PROVIDERS:
                raise TryLater(f"SCHOOLGATE_EMAIL_URL names no provider {self.provider!r}.")
            path = f"anymail.backends.{PROVIDERS[self.provider]}.EmailBackend"
            try:
                self.backend = get_connection(path, **self._options())
            except ImproperlyConfigured as error:
                raise TryLater(str(error)) from error
            self.backend.open()
        return self.backend

    def _options(self) -> dict[str, Any]:
        return {} if self.provider == "ses" else {"timeout": self.timeout}

    def _message(self, mail: ProviderMail) -> AnymailMessage:
        headers = {
            "Message-ID": mail.message_id,
            **mail.headers,
            **OWN_HEADERS.get(self.provider, {}),
        }
        if mail.key and self.provider in KEY_IN_EMAIL:
            headers[KEY_IN_EMAIL[self.provider]] = mail.key
        session = getattr(self.backend, "session", None)
        if session is not None:
            session.headers["Idempotency-Key"] = mail.key or mail.message_id
        message = AnymailMessage(
            subject=mail.subject,
            body=mail.text,
            from_email=_written(mail.sender_name, mail.sender),
            to=[mail.to],
            reply_to=[_written(mail.sender_name, mail.reply_to)],
            headers=headers,
        )
        if mail.html:
            message.attach_alternative(mail.html, "text/html")
        if mail.key and self.provider in GIVES_BACK:
            message.metadata = {"parcel": mail.key}
        if self.provider in CAN_SWITCH_OFF_TRACKING:
            message.track_opens = message.track_clicks = False
        return message

    def _said(self, status: Any) -> str:
        """What became of it. A refusal in words that anymail doesn't know is still a refusal."""
        answer = status.esp_response
        if int(getattr(answer, "status_code", 200)) >= 300:
            raise self._kind(answer)(" ".join(answer.text.split())[:LONGEST])
        said = f"{'/'.join(sorted(status.status or {'unknown'}))} {status.message_id or ''}"
        if status.status == {"failed"}:
            raise TryLater(said)
        return said.strip()

    def _refusal(self, error: Exception) -> DeliveryError:
        """What kind of failure an error of anymail is."""
        if isinstance(error, AnymailRecipientsRefused):
            return Refused(_words(error))
        if not isinstance(error, AnymailRequestsAPIError):
            return Refused(_words(error))  # what anymail can't write down for this provider
        if error.response is None:
            return self._silence(error)
        return self._kind(error.response)(_words(error))

    def _kind(self, answer: Any) -> type[DeliveryError]:
        status = int(answer.status_code)
        kind = BY_CODE.get((self.provider, _code(self.provider, answer)))
        return kind or BY_STATUS.get(status) or _by_hundred(status)

    def _silence(self, error: Exception) -> DeliveryError:
        """No answer at all. The connection is opened anew for the next email."""
        self.close()
        cause = str(error.__cause__ or error)
        if any(word in cause for word in NEVER_SENT):
            return TryLater(_words(error))
        return AnswerLost(_words(error))


def _mail(letter: Letter) -> ProviderMail:
    """A letter's parts with this person's own words in them."""
    words = letter.words
    headers = {name: letter.filled(value) for name, value in words.headers}
    if letter.answers:
        headers["In-Reply-To"] = letter.answers
    if letter.thread_id or letter.answers:
        headers["References"] = " ".join(filter(None, [letter.thread_id, letter.answers]))
    if words.automatic:
        headers["Auto-Submitted"] = "auto-generated"
    html = {name: escape(own).replace("\n", "<br>") for name, own in letter.fills.items()}
    return ProviderMail(
        sender_name=words.sender_name,
        sender=words.sender,
        to=letter.to,
        reply_to=letter.reply_to,
        message_id=f"<{letter.key}@{words.sender.rpartition('@')[2]}>",
        subject=words.subject,
        text=letter.filled(words.text),
        html=replace(letter, fills=html).filled(words.html),
        headers=headers,
        key=letter.key,
    )


def _written(name: str, address: str) -> str:
    return str(Address(display_name=name, addr_spec=address))


def _words(error: Exception) -> str:
    """The first line, and what the provider said, short enough for a row."""
    return " ".join(str(error).split())[:LONGEST]


def _code(provider: str, response: Any) -> str:
    """The provider's own code within its answer, or nothing."""
    try:
        found = response.json()
    except ValueError:
        return ""
    for name in CODE_FIELDS.get(provider, ()):
        if isinstance(found, list):
            found = found[0] if found else {}
        found = found.get(name, "") if isinstance(found, dict) else ""
    return str(found)


def _by_hundred(status: int) -> type[DeliveryError]:
    """2xx in words that nobody knows was taken, perhaps; 4xx is for good; the rest for later."""
    if status < 300:
        return AnswerLost
    return Refused if 400 <= status < 500 else TryLater
