"""Who can sign in, the cards that the office prints, and what the office has decided about both."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from schoolgate.people.models import Carer, TeamMember
from schoolgate.school.models import School


class Users(BaseUserManager["User"]):
    """Makes users; nobody gets a password."""

    def create_user(self, email: str | None = None, **fields: Any) -> "User":
        """A user who signs in by code, passkey or card."""
        user = self.model(email=email.lower() if email else None, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Who signs in to their place at one school; a place is no key to another (decision 22).

    Somebody with places at two schools has a user at each, and reaches the second from the first
    only by a `JoinedUsers` that they agreed to. So nothing that a school does to its own user
    (card, reset, address, device) touches what somebody is elsewhere.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    email = models.EmailField(
        null=True, unique=True, help_text="The address that signs in this user; in lower case."
    )
    address = models.EmailField(
        blank=True,
        db_index=True,
        help_text="Theirs by their school's word, also where it signs in a user elsewhere.",
    )
    school_acted_at = models.DateTimeField(
        null=True, help_text="When their school last changed how they sign in."
    )
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or f"User {self.pk}"

    @property
    def is_staff(self) -> bool:
        """Nobody is: Django's admin is not installed."""
        return False

    def get_full_name(self) -> str:
        """The name by which a device list greets them."""
        return self.name


class JoinedUsers(models.Model):
    """Two users of one person, at two schools, by that person's own word while signed in.

    It has no school: it joins two. It holds as long as neither school changes how its user signs
    in; afterwards only the address that both have proves who it is.
    """

    one = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="joined_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="joined_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class CodeCard(models.Model):
    """A printed card with a code that works once; only a hash of the code is kept.

    It has no school: it is looked up before anybody is known.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cards")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Card of {self.user}, {self.issued_at:%Y-%m-%d}"


class AddressGiven(models.Model):
    """An address that several carers use, and the one whom it signs in by the office's word."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    address = models.EmailField(help_text="Kept in lower case.")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=120)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "address"], name="address_given_once")
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.carer}"


class SignInChange(models.Model):
    """A lost second factor, or a card for somebody who guards much: one asks, another decides.

    Who runs the office, leads or reads sealed things is told at the asking and may stop it
    (decision 23, threat T10).
    """

    class What(models.TextChoices):
        RESET = "reset"
        CARD = "card"

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        REFUSED = "refused"
        STOPPED = "stopped"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    what = models.CharField(max_length=10, choices=What.choices, default=What.RESET)
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    waits_until = models.DateTimeField(help_text="So long its person may stop it.")
    seen_by = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The lead who has spoken to its person face to face: it waits no longer.",
    )
    decided_by = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member=None, carer__isnull=False) | Q(member__isnull=False, carer=None),
                name="reset_for_exactly_one_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="reset_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(member=None) | ~Q(decided_by=F("member")),
                name="reset_not_by_its_own_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.person}"

    @property
    def person(self) -> TeamMember | Carer:
        """Whose second factor is lost."""
        found = self.member or self.carer
        assert found is not None  # by the constraint
        return found
