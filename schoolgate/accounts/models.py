"""The user: one person who can sign in, with any number of roles in any number of schools."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Users(BaseUserManager["User"]):
    """Makes users; nobody gets a password."""

    def create_user(self, email: str | None = None, **fields: Any) -> "User":
        """A user who signs in by code, passkey or card."""
        user = self.model(email=email.lower() if email else None, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can sign in; an address signs in one person only."""

    email = models.EmailField(null=True, unique=True, help_text="Kept in lower case.")
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
