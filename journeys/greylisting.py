"""A policy for Postfix in front of its mailboxes: greylisting, and answers by address."""

import socketserver
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

GREY = "451 4.7.1 Greylisted, please come again"


@dataclass
class Greylisting:
    """Sends a pair of sender and recipient away the first `times` times; `answers` come first.

    Answers belong to the local part of the recipient's address (`full`): one after the other,
    and the last one ever after.
    """

    times: int = 1
    answers: dict[str, list[str]] = field(default_factory=dict)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)

    def judge(self, asked: dict[str, str]) -> str:
        """What Postfix shall do with one recipient."""
        recipient = asked.get("recipient", "")
        scripted = self.answers.get(recipient.partition("@")[0], [])
        if scripted:
            action = scripted.pop(0) if len(scripted) > 1 else scripted[0]
        else:
            action = self._grey(asked.get("sender", ""), recipient)
        self.said.append((recipient, action))
        return action

    def _grey(self, sender: str, recipient: str) -> str:
        pair = (sender, recipient)
        self.seen[pair] = self.seen.get(pair, 0) + 1
        return GREY if self.seen[pair] <= self.times else "DUNNO"

    def __enter__(self) -> Self:
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _speaking_for(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def port(self) -> int:
        """Where Postfix asks."""
        return int(self.server.server_address[1])


def _speaking_for(policy: Greylisting) -> type[socketserver.StreamRequestHandler]:
    """Postfix's way of asking: lines name=value, an empty line, and the same for the answer."""

    class Speaking(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked: dict[str, str] = {}
            for line in self.rfile:
                name, _equals, value = line.decode(errors="replace").strip().partition("=")
                if name:
                    asked[name] = value
                    continue
                self.wfile.write(f"action={policy.judge(asked)}\n\n".encode())
                asked = {}

    return Speaking
