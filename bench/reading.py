"""Reading mail: how many a second, against its peers, on one core and the same corpus.

Ours is the whole reading: parts, letters, HTML made harmless, words told from quotations, automatic
mail and bounces. The peers get what the standard library's parser finds as the plain words, and
only strip; for them, that parser's time counts too, as a reader would need it.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from email import message_from_bytes, policy
from statistics import median
from typing import Any

from email_reply_parser import EmailReplyParser
from mailparser_reply import EmailReplyParser as MailParserReply

from bench import reading_worst
from bench.reading_corpus import corpus
from schoolgate.inbound.mail.reading import read
from schoolgate.inbound.tests.replies import replies, verdict

ROUNDS = 3
LANGUAGES = ["en", "de", "fr", "it", "nl", "pl", "es", "pt", "ro", "cs", "ja", "zh"]


def measure() -> dict[str, Any]:
    """Rates, what each shows of the answers, and the worst that bytes can do."""
    mails = corpus()
    print(f"{len(mails)} mails, {sum(map(len, mails)) / 1e6:.1f} MB")
    readers: dict[str, Callable[[bytes], str]] = {
        "rate_per_s": ours,
        "mail_parser_reply_per_s": mail_parser_reply,
        "email_reply_parser_per_s": email_reply_parser,
    }
    found: dict[str, Any] = {}
    rates: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            rates[name].append(rate(reader, mails))
    found |= {name: round(median(each)) for name, each in rates.items()}
    print("django-helpdesk's reader keeps what it reads in its own tables: no peer without them")
    for name, reader in readers.items():
        right = shown(name.removesuffix("_per_s"), reader)
        found[name.replace("rate_per_s", "ours").removesuffix("_per_s") + "_right"] = right
    return found | reading_worst.measure()


def rate(reader: Callable[[bytes], str], mails: list[bytes]) -> float:
    """Mails a second of CPU time."""
    began = time.process_time()
    for raw in mails:
        reader(raw)
    return len(mails) / (time.process_time() - began)


def shown(name: str, reader: Callable[[bytes], str]) -> float:
    """Print, for each language and program, how many answers are shown right; the share."""
    by_language: dict[str, Counter[str]] = defaultdict(Counter)
    by_program: dict[str, Counter[str]] = defaultdict(Counter)
    for one in replies():
        if not one.text and reader is not ours:
            continue  # the peers read no HTML
        said = verdict(reader(one.raw), one)
        by_language[one.language][said] += 1
        by_program[one.program][said] += 1
    total = sum(by_language.values(), Counter[str]())
    print(f"{'ours' if name == 'rate' else name}: {dict(total)}")
    for heading, rows in (("language", by_language), ("program", by_program)):
        for row, counts in rows.items():
            print(f"  {heading} {row:<26}" + "  ".join(f"{k} {v}" for k, v in counts.items()))
    return round(total["right"] / total.total(), 3)


def ours(raw: bytes) -> str:
    """What we show."""
    return read(raw).reply


def plain(raw: bytes) -> str:
    """The plain words, or the HTML, as the standard library finds them."""
    mail = message_from_bytes(raw, policy=policy.default)
    try:
        body = mail.get_body(("plain", "html"))
        return str(body.get_content()) if body else ""
    except (LookupError, ValueError, AttributeError, TypeError, KeyError):
        return ""


def mail_parser_reply(raw: bytes) -> str:
    """What mail-parser-reply shows, of all languages that it knows."""
    return MailParserReply(languages=LANGUAGES).parse_reply(text=plain(raw)) or ""


def email_reply_parser(raw: bytes) -> str:
    """What email-reply-parser shows."""
    return str(EmailReplyParser.parse_reply(plain(raw)))
