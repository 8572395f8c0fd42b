"""A storm of mail: every kind, as families, machines and broken programs send it."""

import random
import smtplib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from threading import Lock

from journeys.caller import PATIENCE
from journeys.house import INBOUND, SCHOOL, House

CARERS = ("nina", "obi", "hannah", "gareth", "ewa")
# Of a hundred mails; what is left is fresh mail of known carers.
REPLIES, STRANGERS, MACHINES, BOUNCES, FILES, BROKEN, PAGES = 15, 10, 10, 5, 5, 10, 10
AGAIN = 10  # of a hundred are sent a second time, as they were
WORDS = ("coat", "taxi", "lunch", "shoes", "music", "Friday", "garden", "quiet", "blue", "bag")


@dataclass(frozen=True)
class StormMail:
    """One mail, with what it may become."""

    content: bytes
    sender: str
    to: str
    kind: str


@dataclass
class Storm:
    """The mails of one storm, in the order in which they are sent; always the same for a seed."""

    count: int
    replies_to: dict[str, str]  # a carer's key: the signed address of one of their threads
    chance: random.Random = field(default_factory=lambda: random.Random(20261122))

    def mails(self) -> list[StormMail]:
        """All of them; a tenth of them stand there a second time, later."""
        firsts = [self._one(number) for number in range(self.count * 100 // (100 + AGAIN))]
        every = list(firsts)
        while len(every) < self.count:
            place = self.chance.randrange(len(every))
            every.insert(self.chance.randrange(place, len(every) + 1), every[place])
        return every

    def _one(self, number: int) -> StormMail:
        draw = self.chance.randrange(100)
        for share, make in (
            (REPLIES, self._reply),
            (STRANGERS, self._stranger),
            (MACHINES, self._machine),
            (BOUNCES, self._bounce),
            (FILES, self._with_file),
            (BROKEN, self._broken),
            (PAGES, self._page),
        ):
            if draw < share:
                return make(number)
            draw -= share
        return self._fresh(number)

    def _fresh(self, number: int) -> StormMail:
        carer = self.chance.choice(CARERS)
        return StormMail(bytes(self._mail(number, carer)), _of(carer), INBOUND, "fresh")

    def _reply(self, number: int) -> StormMail:
        carer = self.chance.choice(list(self.replies_to))
        mail, to = self._mail(number, carer), self.replies_to[carer]
        mail.replace_header("Subject", "Re: " + mail["Subject"])
        quoted = "\n\nOn Monday, Priya Nair <messages@school.example> wrote:\n> Thank you.\n"
        mail.set_content(mail.get_content() + quoted)
        return StormMail(bytes(mail), _of(carer), to, "reply")

    def _stranger(self, number: int) -> StormMail:
        mail = self._mail(number, "nina")
        mail.replace_header("From", f"stranger{number}@elsewhere.example")
        return StormMail(bytes(mail), f"stranger{number}@elsewhere.example", INBOUND, "stranger")

    def _machine(self, number: int) -> StormMail:
        carer = self.chance.choice(list(self.replies_to))
        mail = self._mail(number, carer)
        mail["Auto-Submitted"] = "auto-replied"
        to = self.chance.choice([INBOUND, self.replies_to[carer]])
        return StormMail(bytes(mail), _of(carer), to, "machine")

    def _bounce(self, number: int) -> StormMail:
        mail = self._mail(number, "nina")
        mail.replace_header("From", "MAILER-DAEMON@mx.example.net")
        mail.replace_header("Subject", "Undelivered Mail Returned to Sender")
        return StormMail(bytes(mail), "", INBOUND, "bounce")

    def _with_file(self, number: int) -> StormMail:
        carer = self.chance.choice(CARERS)
        mail = self._mail(number, carer)
        content = self.chance.randbytes(self.chance.randrange(2_000, 60_000))
        mail.add_attachment(content, maintype="application", subtype="pdf", filename="letter.pdf")
        return StormMail(bytes(mail), _of(carer), INBOUND, "file")

    def _page(self, number: int) -> StormMail:
        carer = self.chance.choice(CARERS)
        mail = self._mail(number, carer)
        mail.add_alternative(f"<p>{mail.get_content()}</p>" * 30, subtype="html")
        return StormMail(bytes(mail), _of(carer), INBOUND, "page")

    def _broken(self, number: int) -> StormMail:
        carer = self.chance.choice(CARERS)
        whole = bytes(self._mail(number, carer))
        harm = self.chance.randrange(5)
        if harm == 0:
            # Without bare line feeds: what follows them SMTP does not carry unchanged.
            noise = self.chance.randbytes(self.chance.randrange(10, 3_000))
            whole = noise.replace(b"\n", b" ").replace(b"\r", b" ")
        elif harm == 1:
            whole = whole.partition(b"\n\n")[0]
        elif harm == 2:
            place = self.chance.randrange(len(whole))
            whole = whole[:place] + bytes(20) + whole[place:]
        elif harm == 3:
            whole = b"X-Long: " + b"word " * 40_000 + b"\r\n" + whole
        else:
            cut = self.chance.randrange(len(whole))
            whole = whole[:cut] + whole[cut + 40 :]
        return StormMail(b"X-Number: %d\r\n" % number + whole, _of(carer), INBOUND, "broken")

    def _mail(self, number: int, carer: str) -> EmailMessage:
        mail = EmailMessage()
        words = [self.chance.choice(WORDS) for _ in range(self.chance.randrange(4, 60))]
        mail["From"], mail["To"] = _of(carer), INBOUND
        mail["Subject"] = " ".join(words[:4])
        mail["Message-ID"] = f"<storm-{number}@phone.example.net>"
        mail["Date"] = "Mon, 23 Nov 2026 09:58:00 +0000"
        mail.set_content(f"Mail w{number}x. " + " ".join(words) + "\n")
        return mail


def _of(carer: str) -> str:
    return f"{carer}@{SCHOOL}.example.org"


@dataclass
class Sender:
    """A mail server of the outside world: what was not accepted it keeps, and sends again."""

    house: House
    accepted: list[StormMail] = field(default_factory=list)
    refused: list[tuple[int, StormMail]] = field(default_factory=list)
    tries: int = 0
    lock: Lock = field(default_factory=Lock)

    def send(self, mails: Iterator[StormMail], pace: float) -> None:
        """Hand over one after the other on one connection, at most so many a second."""
        server: smtplib.SMTP | None = None
        for mail in mails:
            began, until = time.monotonic(), time.monotonic() + PATIENCE
            while time.monotonic() < until:
                self.tries += 1
                server, code = self._hand_over(server, mail)
                if code == 250:
                    with self.lock:
                        self.accepted.append(mail)
                    break
                if code >= 500:
                    with self.lock:
                        self.refused.append((code, mail))
                    break
                time.sleep(0.5)
            else:
                raise AssertionError("A mail was not taken in two minutes.")
            time.sleep(max(0.0, began + 1 / pace - time.monotonic()))
        if server is not None:
            server.close()

    def _hand_over(
        self, server: smtplib.SMTP | None, mail: StormMail
    ) -> tuple[smtplib.SMTP | None, int]:
        """The connection to go on with, and what was answered; 421 where it broke."""
        try:
            server = server or smtplib.SMTP("127.0.0.1", self.house.port + 1, timeout=60)
            server.sendmail(mail.sender, [mail.to], mail.content)
        except smtplib.SMTPDataError as said:
            return server, int(said.smtp_code)
        except smtplib.SMTPRecipientsRefused as said:
            return server, int(next(iter(said.recipients.values()))[0])
        except smtplib.SMTPSenderRefused as said:
            return server, int(said.smtp_code)
        except (OSError, smtplib.SMTPException):
            return None, 421
        return server, 250
