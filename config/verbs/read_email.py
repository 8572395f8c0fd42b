"""`schoolgate read-email`: how an email would be read; needs no database and keeps nothing."""

import argparse
import json
import sys
from pathlib import Path

from config import env
from schoolgate.inbound.mail.reading import ReadMail, read


def main(arguments: list[str]) -> int:
    """Print what is understood of an email; 1 only if there is no such file."""
    options = _parser().parse_args(arguments)
    try:
        raw = Path(options.file).read_bytes() if options.file != "-" else sys.stdin.buffer.read()
    except OSError as error:
        print(f"{options.file} can't be opened: {error.strerror}.", file=sys.stderr)
        return 1
    mail = read(raw, trusted_authserv=env.text("SCHOOLGATE_TRUSTED_AUTHSERV"))
    print(json.dumps(as_object(mail), indent=2) if options.json else in_words(mail))
    return 0


def as_object(mail: ReadMail) -> dict[str, object]:
    """What `--json` prints."""
    return {
        "from": mail.sender,
        "from_name": mail.sender_name,
        "to": list(mail.to),
        "subject": mail.subject,
        "text": mail.text,
        "reply": mail.reply,
        "folded": mail.folded,
        "kind": mail.kind,
        "looks_like_reply": mail.looks_like_reply,
        "looks_like_forward": mail.looks_like_forward,
        "authentication": str(mail.authentication),
        "attachments": [
            {"name": one.name, "type": one.media_type, "bytes": len(one.content)}
            for one in mail.enclosures
        ],
        "message_id": mail.message_id,
        "problems": list(mail.problems),
    }


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
    return parser
