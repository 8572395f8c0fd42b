"""Wishing: STOP and START of a telephone number, for everybody who uses it (PECR).

Service messages go on, no conversation and no clock begins, and no text answers: texts are the
central sender's alone (Clause 2.1-M3). What changed is said by email, and stands in the portal.
"""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.announcements.actions.optional_news import agree_to_news, stop_news
from schoolgate.delivery.actions.posting import post
from schoolgate.delivery.models import Content
from schoolgate.inbound.actions.placing import note_became
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.telephone.keywords import Wish
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer

WAYS = {Wish.STOP: (stop_news, "STOP by text"), Wish.START: (agree_to_news, "START by text")}


def grant(arrival: Arrival, wish: Wish, words: str, carers: list[Carer]) -> None:
    """Do what a whole text such as STOP asks for, in the caller's transaction."""
    verb, way = WAYS[wish]
    for carer in carers:
        actor = Actor(kind="carer", id=carer.pk, name=carer.name)
        verb(actor=actor, carer=carer, way=way, at=arrival.received_at)
        _explain(carer, wish, words, arrival.received_at)
    note_became(arrival, Arrival.Became.KEPT)


def _explain(carer: Carer, wish: Wish, words: str, at: datetime) -> None:
    content = Content.objects.create(
        school=carer.school,
        purpose=Content.Purpose.RECEIPT,
        subject=_("Your text to {school}").format(school=carer.school.name),
        text=_words(carer, wish, words),
        written_at=at,
    )
    post(content=content, carers=[carer], at=at)


def _words(carer: Carer, wish: Wish, words: str) -> str:
    said = {
        Wish.STOP: _(
            "“{word}” came from your telephone number, so optional news of the school has ended "
            "for you. What you need to know about your child still comes, by text too."
        ),
        Wish.START: _(
            "“{word}” came from your telephone number, so you get optional news of the school "
            "from now on."
        ),
    }[wish].format(word=words.strip())
    page = f"{settings.PUBLIC_ADDRESS}/{carer.school.slug}/from-school/"
    change = _("You can change this at any time here:\n{page}").format(page=page)
    meant = _(
        "Nobody has read that text as a message. If you meant to tell us something, please write "
        "it in a sentence or ring {phone}."
    ).format(phone=carer.school.settings.contact.phone)
    hello = _("Hello {name}.").format(name=carer.greeting)
    ending = _("This note was sent automatically.")
    return "\n\n".join([f"{hello} {said}", change, meant, ending])
