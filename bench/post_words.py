"""The words of the bench's announcement as the post room composes them; prints JSON."""

import json

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from bench.post_inside import written
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.wording import content_of
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.delivery.compose import Composer, Person
from schoolgate.delivery.models import Content
from schoolgate.school.tenancy import one_school


def main() -> None:
    """Each language and size of print, slots and all; the size on the wire goes with it."""
    with one_school(1):
        held = Announcement.objects.select_related("school").get(pk=written("SERVICE", 0))
        content = content_of(held, timezone.now())
        composer = Composer(held.school)
        found = {
            f"{language} {size}": composed(composer, content, language, size == "large")
            for language in ("en", "pl")
            for size in ("usual", "large")
        }
        transaction.set_rollback(True)
    print(json.dumps(found))


def composed(composer: Composer, content: Content, language: str, large: bool) -> dict[str, object]:
    """One kind of the email."""
    person = Person(
        to="carer1@example.org", carer=1, greeting="Carer1", language=language,
        large_print=large, children=("Child1",),
    )  # fmt: skip
    letter = composer.letter(number=1, key="0" * 32, content=content, person=person)
    words = letter.words
    return {
        "subject": words.subject,
        "text": words.text,
        "html": words.html,
        "bytes": len(as_bytes(letter)),
    }


if __name__ == "__main__":
    main()
