"""A person at a page without a browser: cookies, forms, and the patience to press again.

What is pressed again is the same form with the same hidden fields, as a browser sends it.
"""

import re
import smtplib
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import TypeVar

from journeys.house import INBOUND, SCHOOL, House

T = TypeVar("T")
PATIENCE = 120.0  # seconds; a killed process is started again at most ten seconds later
TOKEN = re.compile(r"\[[0-9a-f]{12}\]")


class NotNow(Exception):
    """The other side is not there at the moment."""


def again(ask: Callable[[], T], patience: float = PATIENCE) -> T:
    """Ask until there is an answer."""
    until = time.monotonic() + patience
    while True:
        try:
            return ask()
        except NotNow:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@dataclass
class Forms(HTMLParser):
    """The hidden fields of every form of a page, by its action."""

    hidden: dict[str, dict[str, str]] = field(default_factory=dict)
    current: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a hidden field of the latest one."""
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.current = known.get("action", "")
            self.hidden[self.current] = {}
        if tag == "input" and known.get("type") == "hidden" and known.get("name"):
            self.hidden.setdefault(self.current, {})[known["name"]] = known.get("value", "")


class Person:
    """Somebody of the cast, signed in."""

    def __init__(self, house: House, key: str, school: str = SCHOOL) -> None:
        self.house, self.home = house, f"/{school}/"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        again(lambda: self._enter(school, key))

    def _enter(self, school: str, key: str) -> None:
        """The page first, each time: signing in changes the form's token."""
        hidden = self.forms("/enter/")["/entering/"]
        self.press("/entering/", hidden | {"school": school, "key": key})

    def get(self, path: str) -> str:
        """A page. Raises NotNow while there is nobody to ask."""
        return self._ask(path, None)

    def forms(self, path: str) -> dict[str, dict[str, str]]:
        """The hidden fields of a page's forms. Raises NotNow."""
        parser = Forms()
        parser.feed(self.get(path))
        return parser.hidden

    def press(self, action: str, fields: dict[str, str]) -> str:
        """Send a form, once; the page that it leads to. Raises NotNow."""
        return self._ask(action, urllib.parse.urlencode(fields).encode())

    def write(self, subject: str, body: str) -> None:
        """A family's first message, pressed until it is through."""
        page = f"{self.home}write/"
        found = again(lambda: self.forms(page))
        hidden = next(fields for fields in found.values() if "once" in fields)
        again(lambda: self.press(page, hidden | {"subject": subject, "body": body}))

    def reply(self, thread: str, body: str) -> None:
        """A team member's answer, pressed until it is through."""
        action = f"{thread}replies/"
        hidden = again(lambda: self.forms(thread))[action]
        again(lambda: self.press(action, hidden | {"body": body}))

    def _ask(self, path: str, content: bytes | None) -> str:
        request = urllib.request.Request(
            self.house.address + path, content, {"Referer": self.house.address + path}
        )
        try:
            with self.opener.open(request, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as refusal:
            if refusal.code >= 500:
                raise NotNow(f"{path} answered {refusal.code}") from refusal
            raise
        except (OSError, HTTPException) as away:
            raise NotNow(str(away)) from away


def mail(
    house: House, sender: str, body: str, subject: str, to: str = INBOUND, **headers: str
) -> None:
    """An email, sent again with the same id until it is accepted, as every mail server does."""
    content = written(sender, body, subject, to, **headers)
    again(lambda: hand_over(house, sender, to, content))


def written(sender: str, body: str, subject: str, to: str = INBOUND, **headers: str) -> bytes:
    """The bytes of an email; its id comes from its words."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    found = TOKEN.search(body)
    message["Message-ID"] = f"<{found[0][1:-1] if found else abs(hash(body))}@phone.example.net>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def hand_over(house: House, sender: str, to: str, content: bytes) -> None:
    """One try by SMTP. Raises NotNow."""
    try:
        with smtplib.SMTP("127.0.0.1", house.port + 1, timeout=30) as server:
            server.sendmail(sender, [to], content)
    except (OSError, smtplib.SMTPException) as away:
        raise NotNow(str(away)) from away
