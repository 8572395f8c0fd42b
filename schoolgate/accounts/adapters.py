"""What we ask of allauth: by invitation only, codes through the post room, no passwords."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """By invitation only."""
        return False


class SchoolSignOn(DefaultSocialAccountAdapter):
    """School sign-on (OIDC) for people who were invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """By invitation only."""
        return False


class SecondFactor(DefaultMFAAdapter):
    """Authenticators: keys, passkeys, code devices."""
