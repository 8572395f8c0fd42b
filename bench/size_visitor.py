"""One visitor of the size bench: asks for pages in its own process, as the plain role.

Reads a page's name a line; answers with whole time, database time and number of queries.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection
from django.test import Client

from schoolgate.accounts.models import User
from schoolgate.accounts.second_factor import PASSED
from schoolgate.conversations.models import Conversation
from schoolgate.school.tenancy import one_school

FIRST = 1_000_000
HEAD, TUTOR, CARER = FIRST + 1, FIRST + 5, FIRST + 401 + 8
HOME = "/bench-1/"


class Counter:
    """Times and counts the statements of one answer; BEGIN and set_config aside."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            self.seconds += time.perf_counter() - start
            if "set_config" not in sql and not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
                self.queries += 1


def signed_in(user_id: int) -> Client:
    """A browser of one person."""
    client = Client()
    client.force_login(
        User.objects.get(pk=user_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    session = client.session
    session[PASSED] = True
    session.save()
    return client


def pages() -> dict[str, tuple[Client, list[str]]]:
    """Who asks for what; several addresses are taken in turn."""
    head, tutor, carer = signed_in(HEAD), signed_in(TUTOR), signed_in(CARER)
    with one_school(1):
        threads = [
            one.page
            for one in Conversation.objects.filter(owner_id=TUTOR).select_related("school")[:40]
        ]
    return {
        "inbox": (head, [HOME + "to-answer/?whose=school"]),
        "inbox_tutor": (tutor, [HOME + "to-answer/"]),
        "conversation": (tutor, threads),
        "search_common": (head, [HOME + "conversations/?q=school"]),
        "search_rare": (head, [HOME + "conversations/?q=zephyr"]),
        "home": (carer, [HOME]),
    }


def main() -> None:
    """Answer until the line ends."""
    known = pages()
    for turn, line in enumerate(sys.stdin):
        client, addresses = known[line.strip()]
        counter = Counter()
        with connection.execute_wrapper(counter):
            start = time.perf_counter()
            answer = client.get(addresses[turn % len(addresses)])
            whole = time.perf_counter() - start
        if answer.status_code != 200:
            raise SystemExit(f"{line.strip()} answered {answer.status_code}")
        print(json.dumps([whole, counter.seconds, counter.queries]), flush=True)


if __name__ == "__main__":
    main()
