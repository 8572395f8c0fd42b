"""What we ask of allauth: by invitation only, codes through the post room, no passwords."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from schoolgate.accounts.actions.alerting import alert_of_a_key
from schoolgate.accounts.actions.signing_in import send_code
from schoolgate.accounts.models import User
from schoolgate.accounts.queries import places_of
from schoolgate.accounts.sessions import begin_session
from schoolgate.school.clock import now

LOGIN_CODE = "account/email/login_code"
UNKNOWN = "account/email/unknown_account"
ADDED = frozenset({"mfa/email/totp_activated", "mfa/email/webauthn_added"})


class ByInvitation(DefaultAccountAdapter):
    """Nobody signs up by themselves, and every letter leaves by the post room."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """By invitation only."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post a sign-in code; an unknown address costs the same work, and gets nothing."""
        if template_prefix in {LOGIN_CODE, UNKNOWN}:
            send_code(email=email, code=context.get("code", ""), at=now())

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, *facts: Any, **more: Any
    ) -> None:
        """A key was added or removed; called once that is committed, and past the session."""
        if template_prefix in ADDED:
            alert_of_a_key(user_id=user.pk, at=now())

    def get_login_stages(self) -> list[str]:
        """Allauth's stages, with our own judgement of who owes a second factor."""
        theirs = f"{AuthenticateStage.__module__}.{AuthenticateStage.__qualname__}"
        ours = f"{TeamsSecondFactor.__module__}.{TeamsSecondFactor.__qualname__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **facts: Any
    ) -> HttpResponse:
        """Set how long this device stays signed in."""
        begin_session(request, user_id=user.pk, at=now())
        return super().post_login(request, user, **facts)


class TeamsSecondFactor(AuthenticateStage):
    """The team shows a second factor; a carer's passkey is another way in, never a second lock."""

    def handle(self) -> tuple[Any, bool]:
        """Ask for it only where somebody works."""
        user = self.login.user
        works = user and any(who.member for who in places_of(user_id=user.pk, at=now()))
        if not works:
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer


class SchoolSignOn(DefaultSocialAccountAdapter):
    """School sign-on (OIDC) for people who were invited, matched by a verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """By invitation only."""
        return False


class SecondFactor(DefaultMFAAdapter):
    """Authenticators: keys, passkeys, code devices."""

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002
    ) -> str:
        """A plain name, which its owner may change."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Key {number}").format(number=number)

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What a code device shows: the address, or the name of who has none."""
        assert isinstance(user, User)  # there is no other kind
        return user.email or user.name or f"{user.pk}"
