"""SMTP over kept connections; commands are grouped where the host allows it (RFC 2920).

The library does greeting, TLS and sign-in; the hand-over itself is ours: one MAIL, one RCPT, one
DATA for each letter, the next letter's envelope sent along with the end of this one's words.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from schoolgate.delivery.channel import Letter, Log
from schoolgate.delivery.channels.email.message import Written, write
from schoolgate.delivery.errors import AnswerLost, DeliveryError, HostDown, Refused, TryLater

TIMEOUT = 30  # seconds for each answer of the other side
LONGEST_LINE = 8192


@dataclass(frozen=True)
class Server:
    """An SMTP server as SCHOOLGATE_EMAIL_URL names it: smtp://, smtp+tls:// or smtps://."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: str = "smtp"

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


@dataclass
class SmtpChannel:
    """Hands letters to one SMTP server, over as many connections as it may have from us."""

    server: Server
    most_lines: int
    repeats_in_doubt: bool = True
    finish: Callable[[bytes], bytes] | None = None  # signs the finished email (DKIM)

    def open(self) -> "SmtpLine":
        """A connection, made when the first letter comes."""
        return SmtpLine(self.server, self.finish)


class SmtpLine:
    """One kept connection."""

    def __init__(self, server: Server, finish: Callable[[bytes], bytes] | None = None) -> None:
        self.server, self.finish = server, finish
        self.connection: smtplib.SMTP | None = None
        self.groups = False

    def hand_over(self, letters: Iterable[Letter], log: Log) -> None:
        """One MAIL, RCPT and DATA a letter; a letter of which no email can be made is refused."""
        written = self._written(letters, log)
        following = next(written, None)
        announced = False  # whether the envelope of what follows was sent along already
        while following is not None:
            current = following
            try:
                if not (announced and self._goes_on()):
                    self._announce(current)
                self._expect_envelope(current)
            except DeliveryError as refusal:
                announced = False
                log.refused(current.letter, refusal)
                following = next(written, None)
                continue
            following = next(written, None)
            log.begun(current.letter)
            announced = self._hand_over_one(current, following, log)

    def close(self) -> None:
        """Say goodbye; a broken connection is simply dropped."""
        connection, self.connection = self.connection, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()

    def _written(self, letters: Iterable[Letter], log: Log) -> Iterator[Written]:
        for letter in letters:
            try:
                yield write(letter, self.finish)
            except DeliveryError as refusal:
                log.refused(letter, refusal)

    def _goes_on(self) -> bool:
        """Whether the host answers to the envelope sent along; some close after so many letters."""
        with suppress(OSError, smtplib.SMTPException):
            self._first_answer = self._answer()
            if self._first_answer[0] != 421:
                return True
        self._drop()
        return False

    def _announce(self, written: Written) -> None:
        """Send an envelope; a kept connection that went stale is opened once more."""
        if self.connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._send(self._envelope(written))
            if self._goes_on():
                return
        try:
            self.connection = self._open()
            self._send(self._envelope(written))
            self._first_answer = self._answer()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise _down(error) from error

    def _envelope(self, written: Written) -> bytes:
        """The commands before the words; all at once where the host takes groups."""
        return written.envelope if self.groups else written.mail

    def _expect_envelope(self, written: Written) -> None:
        """MAIL, RCPT and DATA are taken, or it says why not. Raises TryLater, HostDown, Refused."""
        try:
            mail, self._first_answer = self._first_answer or self._answer(), None
            rcpt = self._after(mail, written.rcpt)
            data = self._after(rcpt, b"DATA\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise _down(error) from error
        if data[0] == 354 and mail[0] < 400 and rcpt[0] < 400:
            return
        self._begin_anew(data[0])
        refused = next(one for one in (mail, rcpt, data) if one[0] >= 400 or one is data)
        raise _refusal(refused)

    def _after(self, answer: tuple[int, bytes], command: bytes) -> tuple[int, bytes]:
        """The next answer; without groups the next command is sent only after a yes.

        After 421 there is none: the host closes the line.
        """
        if answer[0] == 421:
            return answer
        if self.groups:
            return self._answer()
        if answer[0] >= 400:
            return answer
        self._send(command)
        return self._answer()

    def _begin_anew(self, data: int) -> None:
        """Bring the connection back to where a new MAIL may come."""
        try:
            if data == 354:  # it wants words though it took no recipient: none
                self._send(b".\r\n")
                self._answer()
            self._send(b"RSET\r\n")
            if self._answer()[0] != 250:
                self._drop()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _hand_over_one(self, current: Written, following: Written | None, log: Log) -> bool:
        """Send the words and tell the answer; whether the next envelope went along with them."""
        along = following is not None and self.groups
        try:
            self._send(current.words + (following.envelope if along and following else b""))
            answer = self._answer()
        except (OSError, smtplib.SMTPException) as error:
            # From the first byte on a lost answer may mean that it arrived.
            self._drop()
            log.refused(current.letter, AnswerLost(str(error)))
            return False
        if answer[0] == 250:
            log.answered(current.letter, answer[1].decode(errors="replace"))
            return along
        log.refused(current.letter, _refusal(answer))
        if answer[0] == 421:
            self._drop()
            return False
        return along

    _first_answer: tuple[int, bytes] | None = None

    def _send(self, words: bytes) -> None:
        if self.connection is None or self.connection.sock is None:
            raise smtplib.SMTPServerDisconnected("there is no connection")
        self.connection.sock.sendall(words)

    def _answer(self) -> tuple[int, bytes]:
        """One answer, all of its lines."""
        if self.connection is None or self.connection.file is None:
            raise smtplib.SMTPServerDisconnected("there is no connection")
        words: list[bytes] = []
        while True:
            line: bytes = self.connection.file.readline(LONGEST_LINE)
            if not re.fullmatch(rb"[0-9]{3}", line[:3]):
                raise smtplib.SMTPServerDisconnected("the line was closed")
            words.append(line[4:].rstrip())
            if line[3:4] != b"-":
                return int(line[:3]), b" ".join(words)

    def _drop(self) -> None:
        connection, self.connection, self._first_answer = self.connection, None, None
        if connection is not None:
            connection.close()

    def _open(self) -> smtplib.SMTP:
        server = self.server
        if server.security == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        if server.security == "smtp+tls":
            connection.starttls(context=ssl.create_default_context())
        connection.ehlo_or_helo_if_needed()
        if server.user:
            connection.login(server.user, server.password)
        self.groups = connection.has_extn("pipelining")
        return connection


def _down(error: Exception) -> DeliveryError:
    """The host can't be reached or turned us away: nothing else of this claim is tried there."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return HostDown(f"the host does not let us sign in: {error.smtp_code}")
    return HostDown(str(error) or type(error).__name__)


def _refusal(answer: tuple[int, bytes]) -> TryLater | Refused:
    """5xx is for good; 421 closes the line; everything else is tried again."""
    code, said = answer
    words = f"{code} {said.decode(errors='replace')}"
    if 500 <= code < 600:
        return Refused(words)
    return TryLater(words)
