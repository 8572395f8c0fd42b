"""SMTP with one kept connection; its errors say permanent or not."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from schoolgate.delivery.channel import Letter
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.delivery.channels.email.rules import check_sender
from schoolgate.delivery.errors import AnswerLost, Refused, TryLater

TIMEOUT = 30  # seconds for each answer of the other side


@dataclass(frozen=True)
class Server:
    """An SMTP server as SCHOOLGATE_EMAIL_URL names it: smtp://, smtp+tls:// or smtps://."""

    host: str
    port: int
    user: str
    password: str
    security: str

    @classmethod
    def from_url(cls, url: str) -> "Server":
        """Read smtp[s|+tls]://user:password@host:port."""
        parts = urlsplit(url)
        return cls(
            host=parts.hostname or "127.0.0.1",
            port=parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            security=parts.scheme,
        )


class SmtpChannel:
    """Hands letters to one SMTP server, keeping the connection between them."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connection: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> str:
        """One MAIL, one RCPT, one DATA. Raises TryLater, Refused or AnswerLost."""
        check_sender(letter)
        content = as_bytes(letter)
        try:
            self._envelope(letter)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _refusal(error) from error
        return self._data(content)

    def _envelope(self, letter: Letter) -> None:
        """Everything before DATA: a connection that went stale is opened once more."""
        for fresh in (False, True):
            connection = self._connected()
            try:
                _expect(connection.mail(letter.reply_to), letter.reply_to)
                _expect(connection.rcpt(letter.to), letter.to)
                return
            except smtplib.SMTPServerDisconnected:
                self.close()
                if fresh:
                    raise
            except smtplib.SMTPResponseException:
                connection.rset()
                raise

    def _data(self, content: bytes) -> str:
        """From here on a lost answer may mean that it arrived."""
        connection = self._connected()
        try:
            code, said = connection.data(content)
        except smtplib.SMTPDataError as error:
            self.close()
            raise _refusal(error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise AnswerLost(str(error)) from error
        if code != 250:
            raise _refusal(smtplib.SMTPDataError(code, said))
        return said.decode(errors="replace")

    def _connected(self) -> smtplib.SMTP:
        if self.connection is None:
            self.connection = self._open()
        return self.connection

    def _open(self) -> smtplib.SMTP:
        server, tls = self.server, ssl.create_default_context()
        if server.security == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT, context=tls
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        if server.security == "smtp+tls":
            connection.starttls(context=tls)
        connection.ehlo_or_helo_if_needed()
        if server.user:
            connection.login(server.user, server.password)
        return connection

    def close(self) -> None:
        """Say goodbye; a broken connection is simply dropped."""
        connection, self.connection = self.connection, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()


def _expect(answer: tuple[int, bytes], address: str) -> None:
    code, said = answer
    if code not in {250, 251}:
        raise smtplib.SMTPSenderRefused(code, said, address)


def _refusal(error: Exception) -> TryLater | Refused:
    """5xx is for good; everything else, a dead network included, is tried again."""
    if isinstance(error, smtplib.SMTPResponseException) and 500 <= error.smtp_code < 600:
        said = error.smtp_error
        words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        return Refused(f"{error.smtp_code} {words}")
    return TryLater(str(error))
