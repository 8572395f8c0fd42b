"""Placing: what is decided about a mail is done."""

from schoolgate.announcements.actions.optional_news import stop_news
from schoolgate.conversations.actions.answering_many import answer_to_many
from schoolgate.conversations.actions.laying_aside import MachineNote, lay_aside
from schoolgate.conversations.actions.receiving import receive, start
from schoolgate.conversations.models import Conversation
from schoolgate.delivery.actions.bouncing import bounce
from schoolgate.delivery.models import Content, Parcel
from schoolgate.inbound import belonging
from schoolgate.inbound.actions.acknowledging import acknowledge
from schoolgate.inbound.actions.reading_for_today import add_what_is_for_today
from schoolgate.inbound.belonging import AnswerToMany, JoinThread, NewConversation, Reason, Tray
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.inbound.queries import (
    answered_parcel,
    facts_of,
    only_child_of,
    reported_parcel,
    senders_of,
)
from schoolgate.inbound.sent import sent_to
from schoolgate.inbound.wording import unfolded, words_of
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.models import Carer
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise
from schoolgate.worries.finding import first

Became = Arrival.Became


def place(arrival: Arrival, mail: ReadMail) -> None:
    """Put one mail where it belongs, in the caller's transaction."""
    arrival.state = Arrival.State.UNREADABLE if mail.unreadable else Arrival.State.READ
    arrival.problem = "\n".join(mail.problems)
    facts = facts_of(
        arrival.school,
        mail,
        envelope_to=arrival.envelope_to,
        at=arrival.received_at,
        null_sender=not arrival.envelope_from,
    )
    match belonging.decide(facts):
        case JoinThread(thread, carer):
            join_thread(arrival, mail, thread, carer)
        case AnswerToMany(content, carer):
            _answer(arrival, mail, content, carer)
        case NewConversation(carer):
            open_new(arrival, mail, carer)
        case belonging.Bounce():
            _come_back(arrival, mail)
        case belonging.Complaint():
            _complain(arrival, mail)
        case belonging.Kept():
            _keep(arrival, mail, facts)
        case Tray(reason):
            lay_in_tray(arrival, mail, reason)


def lay_in_tray(arrival: Arrival, mail: ReadMail, reason: Reason) -> TrayItem:
    """Give a mail to the people who file, its promise counted from its receipt (Clause 2.2-T7)."""
    carers = senders_of(arrival.school, mail, arrival.received_at)
    carer = carers[0] if len(carers) == 1 else None
    sent = sent_to(arrival.school, mail, carer)
    mail = unfolded(mail, sent)
    item = TrayItem(
        school=arrival.school,
        arrival=arrival,
        reason=reason,
        authentication=arrival.authentication,
        sender=mail.sender,
        sender_name=mail.sender_name[:200],
        subject=mail.subject,
        body=mail.reply or mail.text,
        folded=mail.folded,
        besides=sent.not_in_it(mail.folded),
        carer=carer,
        pupil=only_child_of(carer, arrival.received_at) if carer else None,
    )
    item.promise = _tray_promise(item)
    item.save()
    note_became(arrival, Became.TRAY)
    acknowledge(arrival, mail, carers, danger=first(item.looked_through))
    add_what_is_for_today(item)
    record(
        actor=SYSTEM,
        verb="laid in the tray",
        school_id=arrival.school_id,
        about=("tray item", item.public_id),
        at=arrival.received_at,
        reason=str(reason),
    )
    return item


def _tray_promise(item: TrayItem) -> Promise:
    """In the office's staffed hours: the tray is the office's."""
    school, at = item.school, item.arrival.received_at
    return clock.make(
        school=school,
        subject=item.public_id,
        kind=Promise.Kind.TRAY,
        at=at,
        due=clock.tray_due(school, at),
    )


def join_thread(arrival: Arrival, mail: ReadMail, thread: int, carer_id: int) -> None:
    """Add it to a carer's own thread."""
    conversation = Conversation.objects.get(school=arrival.school, pk=thread)
    carer = Carer.objects.get(school=arrival.school, pk=carer_id)
    sent = sent_to(arrival.school, mail, carer, conversation, answers=True)
    words = words_of(arrival, mail, sent, in_thread=True)
    message = receive(actor=_as(carer), conversation=conversation, carer=carer, words=words)
    note_became(arrival, Became.MESSAGE, conversation=message.conversation)


def _answer(arrival: Arrival, mail: ReadMail, content_id: int, carer_id: int) -> None:
    carer = Carer.objects.select_related("school").get(school=arrival.school, pk=carer_id)
    conversation = answer_to_many(
        actor=_as(carer),
        carer=carer,
        content=Content.objects.select_related("answers_to").get(pk=content_id),
        words=words_of(
            arrival, mail, sent_to(arrival.school, mail, carer, answers=True), in_thread=True
        ),
        pupil=only_child_of(carer, arrival.received_at),
    )
    note_became(arrival, Became.MESSAGE, conversation=conversation)


def open_new(arrival: Arrival, mail: ReadMail, carer_id: int) -> None:
    """Open a conversation with a carer by it."""
    carer = Carer.objects.select_related("school").get(school=arrival.school, pk=carer_id)
    conversation = start(
        actor=_as(carer),
        carer=carer,
        words=words_of(arrival, mail, sent_to(arrival.school, mail, carer)),
        pupil=only_child_of(carer, arrival.received_at),
        subject=mail.subject,
    )
    note_became(arrival, Became.CONVERSATION, conversation=conversation)


def _come_back(arrival: Arrival, mail: ReadMail) -> None:
    parcel = _reported(arrival, mail)
    if parcel is None:
        lay_in_tray(arrival, mail, Reason.REPORT_OF_NOTHING_KNOWN)
        return
    bounce(parcel=parcel, at=arrival.received_at)
    arrival.problem = mail.report.because if mail.report else ""
    arrival.parcel = parcel
    note_became(arrival, Became.BOUNCE)


def _complain(arrival: Arrival, mail: ReadMail) -> None:
    """Whoever calls optional news spam has no more of it; all else goes on (PECR)."""
    parcel = _reported(arrival, mail)
    if parcel is None or parcel.carer is None:
        lay_in_tray(arrival, mail, Reason.REPORT_OF_NOTHING_KNOWN)
        return
    stop_news(
        actor=SYSTEM, carer=parcel.carer, way="complaint to the provider", at=arrival.received_at
    )
    arrival.parcel = parcel
    note_became(arrival, Became.COMPLAINT)


def _reported(arrival: Arrival, mail: ReadMail) -> Parcel | None:
    if mail.report is None:
        return None
    return reported_parcel(arrival.school, mail.report, envelope_to=arrival.envelope_to)


def _keep(arrival: Arrival, mail: ReadMail, facts: belonging.Facts) -> None:
    """Stored, and folded in its thread where it has one; no clock hears of it (DOMAIN 5.1)."""
    thread = _thread_of_machine(arrival, mail, facts)
    arrival.back_on = mail.back_on
    if thread and mail.report is None:
        lay_aside(
            conversation=thread,
            note=MachineNote(
                body=mail.reply or mail.text or mail.subject,
                back_on=mail.back_on,
                original=arrival.stored,
                at=arrival.received_at,
            ),
        )
    note_became(arrival, Became.KEPT, conversation=thread)


def _thread_of_machine(
    arrival: Arrival, mail: ReadMail, facts: belonging.Facts
) -> Conversation | None:
    """By the signed address; else by the email of ours that it answers: nothing is opened by it."""
    threads = Conversation.objects.filter(school=arrival.school)
    if facts.token:
        return threads.filter(pk=facts.token.thread or 0, carer=facts.token.carer).first()
    parcel = answered_parcel(arrival.school, mail)
    if parcel is None or parcel.carer_id not in facts.senders:
        return None
    return threads.filter(pk=parcel.content.thread or 0, carer=parcel.carer_id).first()


def note_became(arrival: Arrival, became: str, *, conversation: Conversation | None = None) -> None:
    """Write down what became of an arrival."""
    arrival.became, arrival.conversation = became, conversation
    arrival.save(
        update_fields=[
            "authentication",
            "checks",
            "back_on",
            "state",
            "problem",
            "became",
            "conversation",
            "parcel",
        ]
    )


def _as(carer: Carer) -> Actor:
    return Actor(kind="carer", id=carer.pk, name=carer.name)
