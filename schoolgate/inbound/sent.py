"""What we sent to whoever writes, so that their own words can be told from ours."""

from collections.abc import Iterator

from schoolgate.conversations.models import Conversation, Message
from schoolgate.delivery.compose import Composer, Person
from schoolgate.delivery.models import Content, Parcel
from schoolgate.inbound.mail.comparing import Sent
from schoolgate.inbound.mail.html_text import text_of
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.queries import parcel_numbers
from schoolgate.people.models import Carer
from schoolgate.school.models import School

MOST = 100  # contents, the latest
MOST_COMPOSED = 5  # written out as they left, with greeting and links


def sent_to(
    school: School,
    mail: ReadMail,
    carer: Carer | None,
    thread: Conversation | None = None,
    *,
    answers: bool = False,
) -> Sent:
    """What we sent to a carer, what a mail says that it answers, and what a thread holds.

    Of what `answers` us the subject is compared too, quotation or not.
    What a family wrote earlier in the thread was looked through when it came, and counts as well.
    """
    if not mail.folded and not answers:
        return Sent()  # there is nothing to compare
    contents = _contents(school, mail, carer)
    letters = list(_composed(school, contents[:MOST_COMPOSED], carer)) if mail.folded else []
    return Sent.of(
        (
            *(text for one in letters for text in one[1:]),
            *(content.text for content in contents),
            *(_said_in(thread) if mail.folded else ()),
        ),
        (
            *([thread.subject] if thread else ()),
            *(content.subject for content in contents),
            *(one[0] for one in letters),
        ),
    )


def _contents(school: School, mail: ReadMail, carer: Carer | None) -> list[Content]:
    """What the mail answers comes first."""
    emails = Parcel.objects.filter(school=school, channel=Parcel.Channel.EMAIL)
    answered = emails.filter(public_id__in=parcel_numbers(mail))
    theirs = emails.filter(carer=carer) if carer else emails.none()
    numbers = [
        *answered.order_by("-pk").values_list("content", flat=True)[:MOST],
        *theirs.order_by("-pk").values_list("content", flat=True)[:MOST],
    ]
    found = Content.objects.filter(school=school).in_bulk(numbers)
    return [found[one] for one in dict.fromkeys(numbers) if one in found]


def _composed(
    school: School, contents: list[Content], carer: Carer | None
) -> Iterator[tuple[str, str, str]]:
    """Subject, plain words and words of HTML as they left for this carer."""
    person = Person(
        to="",
        carer=carer.pk if carer else None,
        greeting=carer.greeting if carer else "",
        language=carer.language if carer else "en",
    )
    composer = Composer(school)
    for content in contents:
        letter = composer.letter(number=0, key="", content=content, person=person)
        words = letter.words
        yield words.subject, letter.filled(words.text), text_of(letter.filled(words.html))


def _said_in(thread: Conversation | None) -> list[str]:
    """Both sides' messages; the school's were sent, and the family's have been looked through."""
    if thread is None:
        return []
    latest = Message.objects.filter(conversation=thread).order_by("-pk")
    return list(latest.values_list("body", flat=True)[:MOST])
