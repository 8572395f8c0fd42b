"""A small scripted IMAP server on a real socket, with as much as we ask of one."""

# Real clock: servers, certificates and clients on sockets ask the machine's own.

import re
import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass
class Post:
    """One mail in the mailbox."""

    content: bytes
    seen: bool = False
    deleted: bool = False  # struck through by somebody, and still there
    reached: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass
class Mailbox:
    """What the server holds, and what was asked of it."""

    user: str = "gate"
    password: str = "a b@c"
    posts: list[Post] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    drop_before_flag: bool = False
    can_idle: bool = False
    validity: int = 7
    lines: list[socket.socket] = field(default_factory=list)
    port: int = 0

    def hang_up(self) -> None:
        """Cut every line, as a server that restarts does."""
        while self.lines:
            with suppress(OSError):
                self.lines.pop().shutdown(socket.SHUT_RDWR)

    def url(self, to: str) -> str:
        """Its address as the settings have it."""
        return f"imap://{self.user}:a%20b%40c@127.0.0.1:{self.port}/INBOX?to={to}"


class _Session(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Answer command by command."""
        self.box.lines.append(self.connection)
        self.say("* OK ready")
        while line := self.rfile.readline():
            tag, _, command = line.decode().strip().partition(" ")
            self.box.asked.append(command)
            if not self.answer(tag, command):
                return

    @property
    def box(self) -> Mailbox:
        """The mailbox that is served."""
        found: Mailbox = self.server.box  # type: ignore[attr-defined]
        return found

    def say(self, line: str) -> None:
        """One line."""
        self.wfile.write(f"{line}\r\n".encode())

    def answer(self, tag: str, command: str) -> bool:
        """Answer one command; false when the connection ends."""
        word = command.upper()
        if word.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1" + (" IDLE" if self.box.can_idle else ""))
        elif word.startswith("LOGIN"):
            if f'{self.box.user} "{self.box.password}"' not in command.replace('"gate"', "gate"):
                self.say(f"{tag} NO [AUTHENTICATIONFAILED] Wrong password")
                return True
        elif word.startswith("SELECT"):
            self.say(f"* {len(self.box.posts)} EXISTS")
            self.say(f"* OK [UIDVALIDITY {self.box.validity}] Numbers are good")
        elif word.startswith("UID SEARCH"):
            self.say(f"* SEARCH {' '.join(map(str, self.found(word)))}".rstrip())
        elif word in {"EXPUNGE", "CLOSE"}:
            self.box.posts = [post for post in self.box.posts if not post.deleted]
        elif found := re.match(r"UID FETCH (\d+)", word):
            self.fetch(int(found[1]))
        elif found := re.match(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\SEEN\)", word):
            if self.box.drop_before_flag:
                return False
            self.box.posts[int(found[1]) - 1].seen = True
        elif word == "IDLE":
            self.idle()
        elif word.startswith("LOGOUT"):
            self.say("* BYE")
        self.say(f"{tag} OK done")
        return not word.startswith("LOGOUT")

    def found(self, asked: str) -> list[int]:
        """The numbers of what is asked for; a star is the last one, whatever stands before it."""
        every = list(range(1, len(self.box.posts) + 1))
        if "UNSEEN" in asked:
            return [n for n in every if not self.box.posts[n - 1].seen]
        if number := re.search(r"UID (\d+):\*", asked):
            return [n for n in every if n >= int(number[1])] or every[-1:]
        return every

    def idle(self) -> None:
        """Tell of new mail until the client has enough."""
        self.say("+ idling")
        known, ended = len(self.box.posts), False
        while not ended:
            if len(self.box.posts) > known:
                known = len(self.box.posts)
                self.say(f"* {known} EXISTS")
            ended = bool(select.select([self.connection], [], [], 0.02)[0])
        self.rfile.readline()

    def fetch(self, number: int) -> None:
        """A mail byte for byte."""
        post = self.box.posts[number - 1]
        content, reached = post.content, post.reached.strftime("%d-%b-%Y %H:%M:%S +0000")
        said = f'UID {number} INTERNALDATE "{reached}" BODY[] {{{len(content)}}}'
        self.say(f"* {number} FETCH ({said}")
        self.wfile.write(content)
        self.say(")")


@contextmanager
def serving(box: Mailbox) -> Iterator[Mailbox]:
    """The server for a while."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        server.shutdown()
