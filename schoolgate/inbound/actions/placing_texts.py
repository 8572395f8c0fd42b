"""Placing a text: what is decided about it is done."""

from django.utils.translation import gettext as _

from schoolgate.inbound import belonging_of_texts
from schoolgate.inbound.actions.fetching import ask_for
from schoolgate.inbound.actions.placing import join_thread, lay_in_tray, open_new
from schoolgate.inbound.actions.wishing import grant
from schoolgate.inbound.belonging import JoinThread, NewConversation, Tray
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.queries_texts import text_facts_of
from schoolgate.inbound.telephone.keywords import wish_in
from schoolgate.inbound.telephone.reading import FromTelephone
from schoolgate.people.queries import carers_with_number


def place_text(arrival: Arrival, text: FromTelephone) -> None:
    """Put one text where it belongs, in the caller's transaction."""
    wish = None if text.media else wish_in(text.words)
    carers = carers_with_number(
        school_id=arrival.school_id, number=text.number, at=arrival.received_at
    )
    if wish and carers:  # from a number that is nobody's, a person looks why we text it
        arrival.state = Arrival.State.READ
        grant(arrival, wish, text.words, carers)
        return
    place_told(arrival, text)
    ask_for(arrival, text.media, picture_names(text))


def place_told(arrival: Arrival, text: FromTelephone) -> None:
    """Put what came by telephone where its number says, in the caller's transaction."""
    arrival.state = Arrival.State.READ if text.makes_sense else Arrival.State.UNREADABLE
    mail = text.as_mail()
    facts = text_facts_of(arrival.school, text, arrival.received_at)
    match belonging_of_texts.decide(facts):
        case JoinThread(thread, carer):
            join_thread(arrival, mail, thread, carer)
        case NewConversation(carer):
            open_new(arrival, mail, carer)
        case Tray(reason):
            lay_in_tray(arrival, mail, reason)


def picture_names(text: FromTelephone) -> list[str]:
    """How the pictures of a text are called: they have no names of their own."""
    return [_("Picture {number}").format(number=number + 1) for number in range(len(text.media))]
