"""Alerts: somebody hears that a way into their account was made or changed (threat T10)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolgate.accounts.queries import may_sign_in, places_of
from schoolgate.delivery.actions.posting import post_code
from schoolgate.delivery.models import Content
from schoolgate.people.models import Carer, TeamMember
from schoolgate.people.queries import email_of
from schoolgate.school.models import School
from schoolgate.school.tenancy import see


def alert_address(*, school: School, address: str, subject: str, text: str, at: datetime) -> None:
    """Post a few words about an account, and nothing about a child, to an address (UTC)."""
    content = Content.objects.create(
        school=school, purpose=Content.Purpose.ALERT, subject=subject, text=text, written_at=at
    )
    post_code(content=content, address=address, at=at)


def alert_of_a_card(*, person: Carer | TeamMember, at: datetime) -> None:
    """Tell a person that a card was printed for them, where an address is theirs alone (UTC)."""
    words = _("A card to sign in as you at {school} was printed.").format(school=person.school.name)
    _alert(person, _("A card was printed"), words, at)


def alert_of_a_change(*, person: Carer | TeamMember, asked_by: TeamMember, at: datetime) -> None:
    """Tell a person, by every address that is theirs, that somebody asked to change their way in.

    Time in UTC. Words that name nobody but the asker, and how to stop it (decision 23).
    """
    words = _(
        "{name} at {school} has asked for a new card or a reset of your second factor. Another "
        "person decides. If you did not ask for it, stop it now, under “Your sign-in”: {page}"
    ).format(
        name=asked_by.name,
        school=person.school.name,
        page=f"{settings.PUBLIC_ADDRESS}{reverse('my_account')}",
    )
    text = _("Hello.\n\n{words}\n\nOr ring {phone}.\n").format(
        words=words, phone=person.school.settings.contact.phone
    )
    for address in _every_address(person, at):
        alert_address(
            school=person.school,
            address=address,
            subject=_("Somebody asked to change how you sign in"),
            text=text,
            at=at,
        )


def _every_address(person: Carer | TeamMember, at: datetime) -> list[str]:
    """Of all that one user is at this school: a colleague may be a carer here as well."""
    found = {_own_address(person, at)}
    if person.user_id is not None:
        rows: tuple[Carer | TeamMember, ...] = (
            *TeamMember.objects.filter(school=person.school, user_id=person.user_id),
            *Carer.objects.filter(school=person.school, user_id=person.user_id),
        )
        found |= {_own_address(one, at) for one in rows}
    return sorted(found - {""})


@transaction.atomic
def alert_of_a_key(*, user_id: int, at: datetime) -> None:
    """Tell a user that a key was added to their account; afterwards no school is set (UTC)."""
    for who in places_of(user_id=user_id, at=at):
        person = who.member or who.carer
        if person:
            see(school_id=person.school_id, user_id=user_id)
            words = _("A passkey, key or code device was added to your account at {school}.")
            _alert(person, _("A key was added"), words.format(school=person.school.name), at)
    see(school_id=None, user_id=user_id)


def _alert(person: Carer | TeamMember, subject: str, words: str, at: datetime) -> None:
    address = _own_address(person, at)
    if not address:
        return
    text = _("Hello.\n\n{words}\n\nIf you know nothing of it, please ring {phone}.\n").format(
        words=words, phone=person.school.settings.contact.phone
    )
    alert_address(school=person.school, address=address, subject=subject, text=text, at=at)


def _own_address(person: Carer | TeamMember, at: datetime) -> str:
    """An address that is theirs alone, and to which their school may write (Clause 2.1-M2a)."""
    if isinstance(person, TeamMember):
        return person.email
    address = email_of(person)
    may_be_written_to = person.school.settings.notices_may_be_emailed(at)
    if address and may_be_written_to and may_sign_in(carer=person, address=address, at=at):
        return address
    return ""
