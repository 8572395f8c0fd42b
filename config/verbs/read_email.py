"""`schoolgate read-email`: how an email would be read; needs no database and keeps nothing."""

import argparse
import json
import sys
from pathlib import Path

from config import env
from schoolgate.inbound.mail.reading import ReadMail, read

MOST = 64_000_000  # bytes of a file that are taken into memory


def main(arguments: list[str]) -> int:
    """Print what is understood of an email; 1 only if there is no such file."""
    options = _parser().parse_args(arguments)
    try:
        raw = _bytes_of(options.file)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it has no such name"
        print(f"{_printable(options.file)} can't be opened: {reason}.", file=sys.stderr)
        return 1
    mail = read(raw, trusted_authserv=env.text("SCHOOLGATE_TRUSTED_AUTHSERV"))
    shown = json.dumps(as_object(mail, more=options.more), indent=2, ensure_ascii=False)
    # Whatever the terminal's own charset: what is printed is UTF-8.
    sys.stdout.buffer.write(f"{shown if options.json else in_words(mail)}\n".encode())
    sys.stdout.buffer.flush()
    return 0


def _bytes_of(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MOST)
    with Path(name).open("rb") as file:
        return file.read(MOST)


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def as_object(mail: ReadMail, *, more: bool = False) -> dict[str, object]:
    """What `--json` prints; with `more`, the signs by which the mail is put in its place too."""
    said: dict[str, object] = {
        "from": mail.sender,
        "to": list(mail.to),
        "subject": mail.subject,
        "text": mail.text,
        "reply": mail.reply,
        "kind": mail.kind,
        "attachments": [
            {"name": one.name, "type": one.media_type, "bytes": len(one.content)}
            for one in mail.enclosures
        ],
        "message_id": mail.message_id,
        "problems": list(mail.problems),
    }
    if more:
        said |= {
            "from_name": mail.sender_name,
            "reply_to": mail.reply_to,
            "folded": mail.folded,
            "looks_like_reply": mail.looks_like_reply,
            "looks_like_forward": mail.looks_like_forward,
            "authentication": str(mail.authentication),
        }
    return said


def in_words(mail: ReadMail) -> str:
    """The same for a person."""
    rows = [
        ("From", f"{mail.sender_name} <{mail.sender}>" if mail.sender else "nobody in particular"),
        ("To", ", ".join(mail.to)),
        ("Subject", mail.subject),
        ("Kind", mail.kind),
        ("Files", ", ".join(one.name for one in mail.enclosures)),
        ("Problems", " ".join(mail.problems)),
    ]
    lines = [f"{name + ':':<10}{value}" for name, value in rows if value]
    folded = f"({len(mail.folded.splitlines())} quoted lines are folded.)" if mail.folded else ""
    return "\n".join([*lines, "", mail.reply, *([folded] if folded else [])])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolgate read-email", description=__doc__)
    parser.add_argument("file", nargs="?", default="-", help="a file; standard input without one")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--more", action="store_true", help="with --json: the other signs too")
    return parser
