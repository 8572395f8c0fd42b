"""What is asked before a mail is put in its place."""

import uuid
from datetime import datetime

from django.db.models import Q

from schoolgate.conversations.access import visible_to_carer
from schoolgate.delivery import reply_address
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.reply_address import ReplyTo
from schoolgate.inbound.belonging import Facts
from schoolgate.inbound.errors import UnknownRecipient
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.mail.reports import Report
from schoolgate.inbound.telephone.reading import number_of
from schoolgate.people.access import Who
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import Carer, Pupil, Receives
from schoolgate.people.queries import carers_at, carers_with_number
from schoolgate.school.models import School


def school_for(address: str) -> School:
    """The school to whose inbound address an envelope is addressed. Raises UnknownRecipient."""
    if not address.isprintable():
        raise UnknownRecipient
    plain = reply_address.without_token(address)
    school = School.objects.filter(inbound_address__iexact=plain).order_by("pk").first()
    if school is None:
        raise UnknownRecipient
    return school


def with_its_tag(school: School, mail: ReadMail, envelope_to: str) -> str:
    """Where a mail was sent; a plus part that its host has stripped is found again in To.

    Only where the signature holds, which nobody can make up.
    """
    if "+" in envelope_to.partition("@")[0]:
        return envelope_to
    plain = school.inbound_address.lower()
    ours = (one for one in mail.to if reply_address.without_token(one) == plain)
    return next((one for one in ours if reply_address.read(one)), envelope_to)


def facts_of(
    school: School, mail: ReadMail, *, envelope_to: str, at: datetime, null_sender: bool = False
) -> Facts:
    """What is known about a mail now (UTC), in the school's own transaction."""
    token = reply_address.read(envelope_to)
    return Facts(
        mail=mail,
        token=token,
        tagged="+" in envelope_to.partition("@")[0],
        senders=tuple(carer.pk for carer in senders_of(school, mail, at)),
        thread_is_theirs=token is not None and _is_theirs(school, token, at),
        null_sender=null_sender,
    )


def senders_of(school: School, mail: ReadMail, at: datetime) -> list[Carer]:
    """The current carers who use the address or the number that something says it is from."""
    return carers_behind(school, mail.sender, at)


def carers_behind(school: School, sender: str, at: datetime) -> list[Carer]:
    """The current carers who use an address or a telephone number."""
    if "@" not in sender:
        return carers_with_number(school_id=school.pk, number=number_of(sender), at=at)
    found = {
        carer.pk: carer
        for address in _ways_of_writing(sender)
        for carer in carers_at(school_id=school.pk, address=address, at=at)
    }
    return list(found.values())


def _ways_of_writing(address: str) -> tuple[str, ...]:
    """Google has two names for one mailbox, and a domain beyond ASCII has two forms."""
    local, _, domain = address.rpartition("@")
    other = {"gmail.com": "googlemail.com", "googlemail.com": "gmail.com"}.get(domain.lower())
    try:
        if not domain.isascii():
            other = domain.encode("idna").decode()
        elif "xn--" in domain.lower():
            other = domain.encode().decode("idna")
    except UnicodeError:
        other = None
    return (address, f"{local}@{other}") if other else (address,)


def only_child_of(carer: Carer, at: datetime) -> Pupil | None:
    """The child of a carer with exactly one whose news they receive; with several, none."""
    children = children_of(carer, at)
    return children[0] if len(children) == 1 else None


def children_of(carer: Carer, at: datetime) -> list[Pupil]:
    """The children whose news a carer receives."""
    links = links_at(at, Receives.PROGRESS).filter(carer=carer)
    return list(Pupil.objects.filter(pk__in=links.values("pupil")).select_related("tutor_group"))


def reported_parcel(school: School, report: Report, *, envelope_to: str) -> Parcel | None:
    """Our email that a report is about: by its Message-ID, or by the signed address it came to.

    Both are known to nobody but us and whoever had that email. An address alone proves nothing:
    anybody could silence a parent by naming theirs (decision 24).
    """
    emails = Parcel.objects.filter(school=school, channel=Parcel.Channel.EMAIL)
    by_id = _parcel_number(report.about)
    found = emails.filter(public_id=by_id).first() if by_id else None
    token = reply_address.read(envelope_to)
    if found or token is None:
        return found
    sent = emails.filter(_of_the_same(token), carer_id=token.carer, state=Parcel.State.SENT)
    return sent.order_by("-posted_at", "-pk").first()


def answered_parcel(school: School, mail: ReadMail) -> Parcel | None:
    """Our email that a mail names as the one it answers; only for what no clock hears of."""
    sent = Parcel.objects.filter(school=school, channel=Parcel.Channel.EMAIL)
    return (
        sent.filter(public_id__in=parcel_numbers(mail), carer__isnull=False).order_by("-pk").first()
    )


def parcel_numbers(mail: ReadMail) -> list[uuid.UUID]:
    """The parcels that the Message-IDs which a mail answers may be of."""
    return [number for number in map(_parcel_number, mail.references) if number]


def _is_theirs(school: School, token: ReplyTo, at: datetime) -> bool:
    carer = Carer.objects.filter(school=school, pk=token.carer).first()
    if carer is None or (carer.ended_at and carer.ended_at <= at):
        return False
    if token.content is not None:
        sent = Parcel.objects.filter(school=school, carer=carer, content=token.content)
        return sent.exclude(state=Parcel.State.NOT_ENTITLED).exists()
    who = Who(school=school, carer=carer, at=at)
    return visible_to_carer(who).filter(pk=token.thread or 0).exists()


def _of_the_same(token: ReplyTo) -> Q:
    if token.content is not None:
        return Q(content=token.content)
    return Q(content__thread=token.thread)


def _parcel_number(message_id: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(message_id.strip("<>").partition("@")[0])
    except ValueError:
        return None
