"""Signing in: the code that is sent, and the note that a carer was here."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.accounts.models import User
from schoolgate.accounts.queries import may_sign_in, places_of, users_at
from schoolgate.delivery.actions.posting import post_code
from schoolgate.delivery.models import Content
from schoolgate.people.access import Who
from schoolgate.people.models import Carer
from schoolgate.school.models import School
from schoolgate.school.tenancy import see


@transaction.atomic
def send_code(*, email: str, code: str, at: datetime) -> None:
    """Post a sign-in code to the one person whom an address signs in (UTC).

    Where nobody may have one the same work is done and taken back, so that neither the page nor
    its time tells whether an address is known. At a school whose email goes by iSAMS none is sent
    until the head has recorded that it may (decision 11, Clause 2.1-M2a).
    """
    school = next(filter(None, (_sending_school(user, at) for user in users_at(email))), None)
    if school:
        _post(school=school, address=email.lower(), code=code, at=at)
    else:
        _post_and_take_back(code=code, at=at)
    see(school_id=None)


def let_who_may_sign_in(address: str, *, at: datetime) -> None:
    """Let an address sign in the first of its users who may have a code (UTC).

    Another school that has entered the same address, or gives it to several people, keeps nobody
    from the place that is theirs (decision 22). Afterwards the transaction sees no school.
    """
    users = users_at(address)
    chosen = next((one for one in users if _sending_school(one, at)), None)
    see(school_id=None)
    if chosen and chosen.email != address.lower():
        User.objects.filter(email=address.lower()).update(email=None)
        User.objects.filter(pk=chosen.pk).update(email=address.lower())


def note_signed_in(*, places: Iterable[Who], at: datetime) -> None:
    """Note that a carer has signed in, in each of their schools."""
    for who in places:
        if who.carer and who.school:
            see(school_id=who.school.pk, user_id=who.user_id)
            Carer.objects.filter(pk=who.carer.pk).update(last_signed_in_at=at)


def _sending_school(user: User, at: datetime) -> School | None:
    """The first of their schools that may send a code; none if the address is shared."""
    sending = None
    for who in places_of(user_id=user.pk, at=at):
        assert who.school is not None  # a place is in a school
        see(school_id=who.school.pk, user_id=user.pk)
        if who.carer and not may_sign_in(carer=who.carer, address=user.address, at=at):
            return None
        if sending is None and who.school.settings.codes_may_be_emailed(at):
            sending = who.school
    return sending


def _post(*, school: School, address: str, code: str, at: datetime) -> None:
    see(school_id=school.pk)
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.CODE,
        subject=_("Your sign-in code for {school}").format(school=school.name),
        text=_(
            "Your sign-in code is {code}\n\nType or paste it on the page that asks for it. "
            "It works once, for 15 minutes. Nobody from {school} will ever ask you for it.\n\n"
            "If you did not ask for a code, you can leave this message alone: without it nobody "
            "gets in.\n"
        ).format(code=code, school=school.name),
        written_at=at,
    )
    post_code(content=content, address=address, at=at)


def _post_and_take_back(*, code: str, at: datetime) -> None:
    school = School.objects.first()
    if school is None:
        return
    with transaction.atomic():
        _post(school=school, address=f"nobody@{school.slug}.invalid", code=code, at=at)
        transaction.set_rollback(True)
