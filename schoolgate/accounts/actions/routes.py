"""Routes: a carer's email changes, and a shared address is given to one; the old route hears of it.

A changed address is how an account is taken over (threat T10), so both are the office's to do, are
told to the old address where the school may write to it, and end every signed-in device.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.accounts.actions.alerting import alert_address
from schoolgate.accounts.actions.devices import end_devices
from schoolgate.accounts.actions.inviting import address_for, invite, use_address
from schoolgate.accounts.errors import NotTheirAddress
from schoolgate.accounts.models import AddressGiven, User
from schoolgate.accounts.queries import users_at
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, TeamMember
from schoolgate.people.queries import carers_at
from schoolgate.people.route_news import EmailChanged, SchoolAddressChanged


def follow_email(news: EmailChanged) -> None:
    """Let sign-in follow a changed email, end every device, and tell the old address.

    Where email goes by iSAMS nothing leaves, and somebody has to ring (Clause 2.1-M2a).
    """
    AddressGiven.objects.filter(carer=news.carer).delete()
    _sign_in_by(news.carer, news.old, news.at)
    if news.old and news.carer.school.settings.notices_may_be_emailed(news.at):
        _tell(news.carer, news.old, news.at)


def follow_school_address(news: SchoolAddressChanged) -> None:
    """Let a team member's sign-in follow their school address, and tell the old one (T10)."""
    _sign_in_by(news.member, news.old, news.at)
    if news.old:
        _tell(news.member, news.old, news.at)


@transaction.atomic
def give_address(*, actor: Actor, carer: Carer, address: str, at: datetime) -> None:
    """Give an address that several carers use to one of them; the others use cards (UTC).

    Raises NotTheirAddress.
    """
    address, users = address.lower(), carers_at(school_id=carer.school_id, address=address, at=at)
    if carer not in users:
        raise NotTheirAddress
    AddressGiven.objects.update_or_create(
        school=carer.school,
        address=address,
        defaults={"carer": carer, "given_by": actor.name, "given_at": at},
    )
    _take_from_others(carer, address, at)
    user = invite(actor=actor, person=carer, at=at)
    if user.address != address:
        use_address(user, address)
        _note_that_the_school_acted(user, at)
    record(
        actor=actor,
        verb="gave an address",
        school_id=carer.school_id,
        about=("carer", carer.pk),
        at=at,
        shared_by=len(users),
    )


def _sign_in_by(person: Carer | TeamMember, old: str, at: datetime) -> None:
    """Their user follows the new address where that is theirs alone; devices are ended."""
    if person.user_id is None:
        return
    user = User.objects.get(pk=person.user_id)
    if user.address in {"", old.lower()}:
        use_address(user, _free_here(user, address_for(person, at)))
    _note_that_the_school_acted(user, at)
    end_devices(user_id=user.pk)


def _free_here(user: User, address: str) -> str:
    """The address, unless another user of the same school has it."""
    here = [one for one in users_at(address) if one.school_id == user.school_id]
    return address if all(one.pk == user.pk for one in here) else ""


def _take_from_others(carer: Carer, address: str, at: datetime) -> None:
    """Take it from others of this school; whoever has it at another keeps it (decision 22)."""
    for holder in users_at(address):
        if holder.school_id == carer.school_id and holder.pk != carer.user_id:
            use_address(holder, "")
            _note_that_the_school_acted(holder, at)
            end_devices(user_id=holder.pk)


def _note_that_the_school_acted(user: User, at: datetime) -> None:
    User.objects.filter(pk=user.pk).update(school_acted_at=at)


def _tell(person: Carer | TeamMember, old: str, at: datetime) -> None:
    name, phone = person.school.name, person.school.settings.contact.phone
    alert_address(
        school=person.school,
        address=old,
        subject=_("Your email address at {school} was changed").format(school=name),
        text=_(
            "Hello.\n\nThe school office has changed the email address that it has for you. "
            "Messages from {school} no longer come here, and this address no longer signs you in."
            "\n\nIf you did not ask for this, please ring the school now: {phone}.\n"
        ).format(school=name, phone=phone),
        at=at,
    )
