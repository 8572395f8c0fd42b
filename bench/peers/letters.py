"""The very emails that our own bench sends, for the peer: the same words in the same parts.

`bench.post_words` composes them beforehand, once for each language and size of print; the peer is
given each person's own, finished, so that its figure does not pay for making them.
"""

import json
import os
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from schoolgate.delivery.channel import slot

HOME = "https://gate.example.org"


def letter(number: int) -> dict[str, Any]:
    """The parts of one email: subject, message, html_message, sender, recipients and headers."""
    language, size = ("pl" if number % 3 == 0 else "en"), ("large" if number % 20 == 0 else "usual")
    words = _composed()[f"{language} {size}"]
    own = {
        "greeting": f"Carer{number}",
        "about": f"This is about Child{number // 2}.\n",
        "answer": f"{HOME}/bench/answer/{number:038x}/",
    }
    return {
        "subject": words["subject"],
        "message": _filled(words["text"], own),
        "html_message": _filled(words["html"], {name: escape(one) for name, one in own.items()}),
        "sender": "Bench School <office@medwaygreenschool.co.uk>",
        "recipients": [f"carer{number}@example.org"],
        "headers": {
            "Message-ID": f"<{number:032x}@medwaygreenschool.co.uk>",
            "Reply-To": f"Bench School <messages+{number:032x}@medwaygreenschool.co.uk>",
        },
    }


def _filled(words: str, own: dict[str, str]) -> str:
    for name, one in own.items():
        words = words.replace(slot(name), one)
    return words


@lru_cache
def _composed() -> dict[str, dict[str, str]]:
    return dict(json.loads(Path(os.environ["BENCH_LETTERS"]).read_text()))
