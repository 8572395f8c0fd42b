"""The tree of a mail's parts, cut from its bytes; pure, bounded, and it never fails.

The bytes are cut where they lie and never taken apart into lines, so that a file of many megabytes
costs little more than itself.
"""

import re
from email.message import Message
from email.policy import Compat32
from typing import Any

from schoolgate.inbound.mail import charsets, transfer

MOST = 100
MOST_PARTS = 200
DEEPEST = 20
MOST_HEADER_BYTES = 256 * 1024
MOST_VALUE = 20_000  # characters of one header
MOST_LOOKED = 1_000_000  # bytes in which a boundary that nobody named is looked for
MOST_PARAMETERS = 1_200  # characters of a header that has parameters
MOST_TRIES = 20_000  # lines that only look like a boundary
TOO_MANY = "There are more parts than are read; the rest stands in the original."
LONG_HEADERS = "Its headers are longer than are read."
NOT_APART = "Its parts could not be told apart; what was found is shown as it came."
_HEADER = re.compile(r"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_BLANK = re.compile(rb"\n[ \t]{0,80}\r{0,3}\n")
_KNOWN = re.compile(
    r"^(?:from|to|cc|subject|date|message-id|mime-version|content-type|reply-to|return-path|"
    r"content-transfer-encoding|content-disposition|received|x-[a-z-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_GOES_ON = re.compile(_KNOWN.pattern.encode(), re.IGNORECASE | re.MULTILINE)
_LOST_BOUNDARY = re.compile(
    rb"(?:\A|\n)--([^\s][^\r\n]{0,99}?)[ \t]{0,80}\r?\ncontent-", re.IGNORECASE
)


class _Readable(Compat32):
    """Values of headers beyond ASCII are read as what they most likely are."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """A header's value as text."""
        if value.isascii():
            return value
        return charsets.decode(value.encode("utf-8", "surrogateescape"), None)


_READABLE = _Readable()


class Part(Message):
    """One part: its headers, and its own bytes, still coded, where it has no parts in it."""

    def __init__(self) -> None:
        super().__init__(_READABLE)
        self.own: bytes | None = None
        self.lies: tuple[bytes, int, int] = (b"", 0, 0)  # a mail within a mail, and where
        self.below = b""  # what stands after the last part

    @property
    def whole(self) -> bytes:
        """The bytes of a mail within a mail."""
        raw, start, end = self.lies
        return raw[start:end]

    def get_payload(self, i: int | None = None, decode: bool = False) -> Any:
        """What the standard library's walkers ask for: the parts, or the content."""
        if self.own is None:
            return super().get_payload(i)
        return content_of(self) if decode else self.own.decode("ascii", "surrogateescape")

    def is_multipart(self) -> bool:
        """Whether there are parts in it."""
        return self.own is None


class Tree:
    """Cuts one mail; what was left out is said in `problems`."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.count = 0
        self.problems: list[str] = []

    def read(self) -> Part:
        """The mail with all its parts."""
        return self._part(0, len(self.raw), 0)

    def _part(
        self, start: int, end: int, depth: int, default: str = "text/plain", outer: bytes = b""
    ) -> Part:
        self.count += 1
        part = Part()
        part.set_default_type(default)
        body = self._headers(part, start, end)
        kind = part.get_content_type()
        if depth > DEEPEST or self.count > MOST_PARTS:
            self._note(TOO_MANY)
            part.own = b""
        elif kind.startswith("multipart/"):
            self._children(part, (body, end), depth, outer)
        elif kind in {"message/rfc822", "message/global"}:
            self._mail_inside(part, (body, end), depth)
        elif kind == "message/delivery-status":
            part.set_payload(self._blocks(body, end))
        else:
            part.own = self.raw[body:end]
        return part

    def _headers(self, part: Part, start: int, end: int) -> int:
        """Read the headers; where the body begins."""
        if self.raw.startswith((b"From ", b">From "), start):
            start = min(end, self.raw.find(b"\n", start, end) + 1 or end)
        if self.raw.startswith((b"\n", b"\r\n"), start):
            return start + (1 if self.raw.startswith(b"\n", start) else 2)
        found = self._blank(start, end)
        stop, body = (found.start() + 1, found.end()) if found else (end, end)
        if stop - start > MOST_HEADER_BYTES:
            self._note(LONG_HEADERS)
            stop = self.raw.rfind(b"\n", start, start + MOST_HEADER_BYTES) + 1
            stop = stop or start + MOST_HEADER_BYTES
        head = self.raw[start:stop].decode("ascii", "surrogateescape")
        used = _set_headers(part, head)
        return start + used if used < len(head) else body

    def _blank(self, start: int, end: int) -> re.Match[bytes] | None:
        """The empty line that ends a head; one of spaces goes on where a header follows it."""
        for found in _BLANK.finditer(self.raw, start, min(end, start + MOST_HEADER_BYTES)):
            spaced = found[0].strip(b"\r\n") != b""
            if not spaced or not _GOES_ON.match(self.raw, found.end(), end):
                return found
        return _BLANK.search(self.raw, min(end, start + MOST_HEADER_BYTES), end)

    def _children(self, part: Part, place: tuple[int, int], depth: int, outer: bytes) -> None:
        boundary = _boundary_of(part)
        if boundary and boundary == outer:
            part.set_payload([])  # its parts stand among its neighbours
            return
        found = self._delimited(boundary, *place) if boundary else []
        if not found:
            lost = _LOST_BOUNDARY.search(self.raw, place[0], min(place[1], place[0] + MOST_LOOKED))
            boundary = lost[1] if lost else b""
            found = self._delimited(boundary, *place) if boundary else []
        if not found:
            self._note(NOT_APART)
            part.own = self.raw[slice(*place)]
            return
        digest = part.get_content_type() == "multipart/digest"
        default = "message/rfc822" if digest else "text/plain"
        last = self.raw[found[-1][1] : place[1]].lstrip(b"\r\n")
        part.below = last.partition(b"\n")[2] if found[-1][2] else b""
        children: list[Message | str] = []
        within: list[Message | str] | None = None
        for first, stop, closed in found:
            if first == stop and closed and not children:
                continue
            child = self._part(first, stop, depth + 1, default, boundary)
            (children if within is None else within).append(child)
            if child.own is None and child.get_payload() == []:
                within = []
                child.set_payload(within)
            elif closed:
                within = None
            if self.count > MOST_PARTS:
                break
        part.set_payload(children)

    def _delimited(self, boundary: bytes, start: int, end: int) -> list[tuple[int, int, bool]]:
        """Where each part begins and ends, and whether a closing line ends it."""
        mark = b"--" + boundary
        places: list[tuple[int, int, bool]] = []
        opened = -1
        at = start if self.raw.startswith(mark, start) else self._next(mark, start, end)
        for _ in range(MOST_TRIES):
            if at < 0 or len(places) > MOST_PARTS:
                break
            after = self.raw.find(b"\n", at, end)
            after = end if after < 0 else after
            rest = self.raw[at + len(mark) : min(after, at + len(mark) + 200)].strip()
            if not rest or rest.startswith(b"--"):
                if opened >= 0:
                    places.append((opened, self._before_break(opened, at), bool(rest)))
                opened = -1 if rest else min(end, after + 1)
            at = self._next(mark, max(at, after - 1), end)
        if opened >= 0:
            places.append((opened, end, False))
        return places

    def _next(self, mark: bytes, start: int, end: int) -> int:
        found = self.raw.find(b"\n" + mark, start, end)
        return found + 1 if found >= 0 else -1

    def _before_break(self, opened: int, at: int) -> int:
        """The line break before a boundary belongs to the boundary."""
        stop = at - 1
        if stop > opened and self.raw[stop - 1 : stop] == b"\r":
            stop -= 1
        return max(opened, stop)

    def _mail_inside(self, part: Part, place: tuple[int, int], depth: int) -> None:
        coding = coding_of(part)
        if coding.startswith(("base", "quoted")):
            inner = Tree(transfer.undone(self.raw[slice(*place)], coding, words=False))
            part.lies = (inner.raw, 0, len(inner.raw))
            inner.count = self.count
            part.set_payload([inner._part(0, len(inner.raw), depth + 1)])
            self.count = inner.count
            return
        part.lies = (self.raw, *place)
        part.set_payload([self._part(*place, depth + 1)])

    def _blocks(self, start: int, end: int) -> list[Message | str]:
        """The groups of headers of a delivery report."""
        blocks: list[Message | str] = []
        for text in _BLANK.split(self.raw[start : min(end, start + MOST_HEADER_BYTES)], 50):
            block = Part()
            block.own = b""
            _set_headers(block, text.lstrip(b"\r\n").decode("ascii", "surrogateescape"))
            blocks.append(block)
        return blocks

    def _note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def _set_headers(part: Part, head: str) -> int:
    """Read headers; how many characters of them are headers, the rest being a body."""
    used, name = 0, ""
    values: list[str] = []
    last_known = -1
    for line in head.split("\n"):
        found = None if line[:1] in {" ", "\t"} else _HEADER.match(line)
        if found:
            _add(part, name, values)
            name, values = found[1], [found[2].strip(" \t\r")]
        elif line.strip() and name and line[0] in " \t":
            values.append(line.rstrip("\r"))
        elif line.strip():
            if last_known < 0:
                last_known = max((one.start() for one in _KNOWN.finditer(head)), default=0)
            if last_known <= used:
                break
            values.append(" " + line.rstrip("\r"))  # a folded line that lost its space
        used += len(line) + 1
    _add(part, name, values)
    return min(used, len(head))


def _add(part: Part, name: str, values: list[str]) -> None:
    if name:
        most = MOST_PARAMETERS if name.lower().startswith("content-") else MOST_VALUE
        part.set_raw(name, "\n".join(values)[:most])


def _boundary_of(part: Part) -> bytes:
    try:
        boundary = part.get_boundary() or ""
    except (ValueError, TypeError, LookupError, AttributeError):
        return b""
    return boundary.strip().encode("ascii", "surrogateescape" if boundary.isascii() else "replace")


def coding_of(part: Message) -> str:
    """How a part says that its bytes are coded."""
    return str(part.get("Content-Transfer-Encoding", "")).strip().strip('"').lower()


def inside(part: Message) -> list[Message]:
    """The parts directly inside a part; none where it has content of its own."""
    # Asking a part that has content of its own can fail over its charset.
    inner = part.get_payload() if part.is_multipart() else []
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def content_of(part: Message) -> bytes:
    """The bytes of a part, its transfer coding undone."""
    if not isinstance(part, Part) or part.own is None:
        return b""
    words = part.get_content_maintype() in {"text", "multipart"}
    return transfer.undone(part.own, coding_of(part), words=words)


def every(message: Message) -> list[Message]:
    """A mail and its parts, outer ones first; a delivery report's blocks are not parts."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MOST:
        part = waiting.pop(0)
        found.append(part)
        if part.get_content_type() != "message/delivery-status":
            waiting.extend(inside(part))
    return found
