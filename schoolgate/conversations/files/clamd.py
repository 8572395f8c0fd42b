"""Asks clamd whether some bytes carry a virus, over its socket (INSTREAM)."""

import socket
import struct
from contextlib import suppress
from dataclasses import dataclass

PIECE = 256 * 1024
PATIENCE = 30.0  # seconds


class CannotScan(Exception):
    """The virus scanner does not answer."""


class CannotJudge(CannotScan):
    """The virus scanner answers, and has no verdict on these bytes."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """A scanner by its address: host:port, or the path of a socket."""

    address: str

    def virus_in(self, content: bytes) -> str:
        """The name of what was found; empty when it is clean. Raises CannotScan, CannotJudge."""
        try:
            with self._line() as line:
                # One that takes no more says why before it hangs up.
                with suppress(BrokenPipeError, ConnectionResetError):
                    _hand_over(line, content)
                return _verdict(_answer(line))
        except OSError as away:
            raise CannotScan(str(away)) from away

    def _line(self) -> socket.socket:
        if self.address.startswith("/"):
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(PATIENCE)
            line.connect(self.address)
            return line
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _hand_over(line: socket.socket, content: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        line.sendall(struct.pack("!L", len(piece)) + piece)
    line.sendall(struct.pack("!L", 0))


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0"):
        piece = line.recv(4096)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode(errors="replace")


def _verdict(said: str) -> str:
    words = said.partition(": ")[2]
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise CannotJudge(said) if said else CannotScan("It said nothing.")
