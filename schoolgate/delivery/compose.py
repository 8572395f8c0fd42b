"""How a content reads on its way out: composed once, decided at the moment of sending.

Each person's own words (greeting, names of children, links) stand as slots, and are put in after it
has been judged, child by child, whether that person may have it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from schoolgate.delivery import reply_address, signed_link
from schoolgate.delivery.channel import Letter, Words, slot
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.signed_link import Purpose
from schoolgate.delivery.wording.paper import words_of_a_letter
from schoolgate.delivery.wording.parts import Parts
from schoolgate.delivery.wording.push import fixed_phrase, words_of_a_push
from schoolgate.delivery.wording.spoken import Script, script_of
from schoolgate.delivery.wording.text import words_of_a_text
from schoolgate.school.models import School

AUTOMATIC = {Content.Purpose.RECEIPT, Content.Purpose.ALERT, Content.Purpose.CODE}
TO_MANY = {Content.Purpose.SERVICE, Content.Purpose.NEWS, Content.Purpose.DIGEST}
# What a text or a call may say; a digest there is only announced.
IN_FULL = TO_MANY - {Content.Purpose.DIGEST}
LARGE_PRINT = "large print"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things that a digest holds, and the children whom it may name."""

    content: Content
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a letter is for, as the moment of sending found them."""

    to: str
    carer: int | None = None
    greeting: str = ""
    language: str = "en"
    large_print: bool = False
    children: tuple[str, ...] = ()  # the names of those whom it may name to this person
    items: tuple[Item, ...] = ()  # of a digest
    shown_to: str = ""  # what the record keeps in the place of `to`
    phrases: bool = False  # a notice may say which of four things it is (decision 12)


class Composer:
    """Composes the contents of one school, each once in every language and form."""

    def __init__(self, school: School, channel: str = Parcel.Channel.EMAIL) -> None:
        self.school, self.rules, self.channel = school, school.settings, channel
        self._words: dict[tuple[int, str, bool, bool], Words] = {}
        self._sentences: dict[str, tuple[str, str]] = {}

    def letter(self, *, number: int, key: str, content: Content, person: Person) -> Letter:
        """The finished letter for one person; `number` is its parcel's."""
        if self.channel != Parcel.Channel.EMAIL:
            return self._short_letter(number, key, content, person)
        notice = person.carer is not None and is_notice_only(content, self.rules.email_route)
        return Letter(
            number=number,
            key=key,
            to=person.to,
            words=self._words_for(content, person, notice=notice),
            fills=self.fills(content, person),
            reply_to=self._reply_to(content, person),
            answers="" if notice else content.answers,
            thread_id=f"<{_thread_name(content)}@{self._domain}>" if _thread_name(content) else "",
        )

    def script(self, content: Content, person: Person) -> Script:
        """What a call says to one person."""
        with translation.override(person.language):
            return script_of(self._parts(content, person.language), language=person.language)

    def _short_letter(self, number: int, key: str, content: Content, person: Person) -> Letter:
        """A text, a notice on browsers, or a call: nobody answers to an address there."""
        fills = {
            "phrase": self._phrase(content, person),
            "greeting": person.greeting,
            "about": self._about(person.children, person.language).strip(),
        }
        if content.asks and person.carer is not None:
            fills["answer"] = self._link(Purpose.ANSWER, content, person.carer)
        return Letter(
            number=number,
            key=key,
            to=person.to,
            shown_to=person.shown_to,
            words=self._words_for(content, person, notice=is_hidden(content)),
            fills=fills,
        )

    def _phrase(self, content: Content, person: Person) -> str:
        if not person.phrases:
            return ""
        with translation.override(person.language):
            return fixed_phrase(
                purpose=content.purpose, asks=content.asks, is_pressing=content.is_safety
            )

    def _parts(self, content: Content, language: str) -> Parts:
        subject, text = self.own_words(content, language)
        return Parts(
            school=self.school.name,
            phone=self.rules.contact.phone,
            subject=subject,
            text=text,
            page=f"{self._begin_of_link}{content.thread_page or f'/{self.school.slug}/'}",
            hidden=is_hidden(content),
            is_code=content.purpose == Content.Purpose.CODE,
            asks=content.asks,
            answer=slot("answer"),
            phrase=slot("phrase"),
            can_reply=settings.SMS_REPLIES,
        )

    def _compose_short(self, content: Content, person: Person) -> Words:
        parts = self._parts(content, person.language)
        on_paper = self.channel == Parcel.Channel.LETTER
        return Words(
            sender="\n".join(self.rules.contact.address) if on_paper else self.rules.contact.phone,
            sender_name=self.school.name,
            subject=parts.subject if on_paper else self.school.name,
            text=_SHORT.get(self.channel, words_of_a_push)(parts),
            language=person.language,
            large_print=person.large_print,
            page=parts.page,
            contact=f"mailto:{self.rules.mailbox or self.school.inbound_address}",
            is_pressing=content.is_safety,
            hooks=f"{self._begin_of_link}/{self.school.slug}/hooks/",
        )

    def fills(self, content: Content, person: Person) -> dict[str, str]:
        """What stands in the slots for one person."""
        if content.purpose not in TO_MANY or person.carer is None:
            return {}
        filled = {
            "greeting": person.greeting,
            "about": self._about(person.children, person.language),
        }
        if person.items:
            filled["items"] = "\n\n".join(self._item(one, person) for one in person.items)
        if content.asks:
            filled["answer"] = self._link(Purpose.ANSWER, content, person.carer)
        if content.purpose == Content.Purpose.NEWS:
            filled["stop"] = self._link(Purpose.STOP_NEWS, content, person.carer)
        return filled

    def _about(self, children: tuple[str, ...], language: str) -> str:
        """The line that names which children it concerns; nothing where it names none."""
        if language not in self._sentences:
            with translation.override(language):
                self._sentences[language] = about_sentences()
        of_one, of_several = self._sentences[language]
        if len(children) > 1:
            together = ", ".join(children[:-1])
            return of_several.format(children=together, last=children[-1]) + "\n"
        return of_one.format(child=children[0]) + "\n" if children else ""

    def _item(self, item: Item, person: Person) -> str:
        """One thing of a digest: what it is called, about whom, its words, where it stands."""
        subject, text = self.own_words(item.content, person.language)
        lines = [subject, self._about(item.children, person.language).rstrip(), "", text.strip()]
        lines += ["", f"{self._begin_of_link}{item.content.thread_page}"]
        if item.content.asks and person.carer:
            lines.append(self._link(Purpose.ANSWER, item.content, person.carer))
        return "\n".join(line for at, line in enumerate(lines) if line or lines[at - 1])

    def _words_for(self, content: Content, person: Person, *, notice: bool) -> Words:
        key = (content.pk, person.language, person.large_print, notice)
        if key not in self._words:
            with translation.override(person.language):
                self._words[key] = (
                    self._compose(content, person, notice=notice)
                    if self.channel == Parcel.Channel.EMAIL
                    else self._compose_short(content, person)
                )
        return self._words[key]

    def _compose(self, content: Content, person: Person, *, notice: bool) -> Words:
        subject, text = self.own_words(content, person.language)
        to_many = content.purpose in TO_MANY
        shown = {
            "school": self.school.name,
            "phone": self.rules.contact.phone,
            "page": f"{settings.PUBLIC_ADDRESS}{content.thread_page}",
            "body": text,
            "original": content.text if text != content.text else "",
            "large_print": person.large_print,
            "language": person.language,
            "asks": content.asks,
            "is_news": content.purpose == Content.Purpose.NEWS,
            **{name: slot(name) for name in ("greeting", "about", "answer", "stop", "items")},
        }
        if notice:
            subject, kind = _("You have a message from {school}").format(**shown), "notice"
        else:
            kind = "to_many" if to_many else "personal"
            if content.purpose == Content.Purpose.DIGEST:
                kind = "digest"
        is_code = content.purpose == Content.Purpose.CODE
        return Words(
            sender=self.rules.mailbox or self.school.inbound_address,
            sender_name=self._sender_name(content, notice=notice),
            # The address that takes answers is the school's own as much as its mailbox.
            domains=(*self.rules.mail_domains, self._domain),
            subject=subject,
            text=tidy(render_to_string(f"delivery/{kind}.txt", shown)),
            html="" if is_code else render_to_string(f"delivery/{kind}.html", shown),
            language=person.language,
            automatic=content.purpose in AUTOMATIC,
            large_print=person.large_print,
            headers=_STOP_HEADERS if content.purpose == Content.Purpose.NEWS else (),
        )

    def own_words(self, content: Content, language: str) -> tuple[str, str]:
        """Subject and text in somebody's language, or in the school's own where there is none."""
        found = self._other_words(content).get(language)
        return found or (content.subject, content.text)

    def _other_words(self, content: Content) -> dict[str, tuple[str, str]]:
        rows = content.other_words.values_list("language", "subject", "text")
        return {language: (subject, text) for language, subject, text in rows}

    def _sender_name(self, content: Content, *, notice: bool) -> str:
        if notice or not content.written_by:
            return self.school.name
        return _("{name}, {school}").format(name=content.written_by, school=self.school.name)

    def _reply_to(self, content: Content, person: Person) -> str:
        if person.carer is None:
            return self.school.inbound_address
        if content.thread is not None:
            return reply_address.make(
                inbound_address=self.school.inbound_address,
                thread=content.thread,
                carer=person.carer,
            )
        if content.purpose in TO_MANY:
            return reply_address.make_for_content(
                inbound_address=self.school.inbound_address,
                content=content.pk,
                carer=person.carer,
            )
        return self.school.inbound_address

    def _link(self, purpose: Purpose, content: Content, carer: int) -> str:
        token = signed_link.make(purpose, content=content.pk, carer=carer)
        return self._begin_of_link + signed_link.path(purpose, slug=self.school.slug, token=token)

    @cached_property
    def _begin_of_link(self) -> str:
        return str(settings.PUBLIC_ADDRESS)

    @cached_property
    def _domain(self) -> str:
        return self.school.inbound_address.partition("@")[2]


# RFC 8058: mail programs show a button of their own, which asks nothing and signs in nobody.
_STOP_HEADERS = (
    ("List-Unsubscribe", f"<{slot('stop')}>"),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
)


_SHORT: dict[str, Callable[[Parts], str]] = {
    Parcel.Channel.SMS: words_of_a_text,
    Parcel.Channel.PUSH: words_of_a_push,
    Parcel.Channel.LETTER: words_of_a_letter,
}


def wants_large_print(needs: Iterable[str]) -> bool:
    """Whether somebody's needs ask for large print, written with a capital or without."""
    return any(need.lower() == LARGE_PRINT for need in needs)


def is_hidden(content: Content) -> bool:
    """Whether a text or a call may say no more than that there is a message (Clause 2.1-M3b)."""
    return content.sensitive or content.purpose not in IN_FULL


def about_sentences() -> tuple[str, str]:
    """How a message says whom it concerns: one child, or several."""
    return _("This is about {child}."), _("This is about {children} and {last}.")


def is_notice_only(content: Content, email_route: str) -> bool:
    """Whether an email may say no more than that there is a message (2.1-M2a, threat T4)."""
    if content.purpose in {Content.Purpose.CODE, Content.Purpose.ALERT}:
        return False
    return content.sensitive or email_route != "school_mailbox"


def _thread_name(content: Content) -> str:
    """What mail programs thread by: the conversation, or this one announcement to this person."""
    return f"thread-{content.thread}" if content.thread else ""


def tidy(text: str) -> str:
    """A plain text without the gaps that a template leaves."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept) + "\n"
