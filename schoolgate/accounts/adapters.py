"""What we ask of allauth: by invitation only, codes through the post room, no passwords."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts import codes
from schoolgate.accounts.actions.alerting import alert_of_a_key
from schoolgate.accounts.actions.signing_in import send_code
from schoolgate.accounts.models import User
from schoolgate.accounts.queries import places_of
from schoolgate.accounts.sessions import begin_session
from schoolgate.school.clock import now
from schoolgate.school.secret_keys import decrypted, encrypted

LOGIN_CODE = "account/email/login_code"
UNKNOWN = "account/email/unknown_account"
JUST_NOW = 300  # seconds
ADDED = frozenset({"mfa/email/totp_activated", "mfa/email/webauthn_added"})


class ByInvitation(DefaultAccountAdapter):
    """Nobody signs up by themselves, and every letter leaves by the post room."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """By invitation only."""
        return False

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Many codes were asked for from here. Try again in a minute."
        )
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post a sign-in code; an unknown address costs the same work, and gets nothing.

        Over the limit of an address none is mailed: the newest one works in this browser too.
        """
        if template_prefix not in {LOGIN_CODE, UNKNOWN}:
            return
        at, asked = now(), codes.newest(email)
        again_at = asked.may_mail_again_at(at) if asked else at
        if again_at > at:
            self._say_which_works(context["request"], again_at)
            return
        code = context.get("code") or super().generate_login_code()
        send_code(email=email, code=code if template_prefix == LOGIN_CODE else "", at=at)
        codes.note(email, code, at)

    def generate_login_code(self) -> str:
        """A fresh code, or the newest one for this address while no other may be mailed."""
        asked = codes.newest(allauth_context.request.POST.get("email", "").strip())
        if asked and asked.may_mail_again_at(now()) > now():
            return asked.code
        fresh: str = super().generate_login_code()
        return fresh

    def _say_which_works(self, request: HttpRequest, again_at: datetime) -> None:
        """The same words whether or not an address is known."""
        words = _(
            "Several codes were asked for. The newest one that came works here too; another can "
            "be sent from {time}."
        )
        messages.info(request, words.format(time=time_format(localtime(again_at))))

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, *facts: Any, **more: Any
    ) -> None:
        """A key was added or removed; called once that is committed, and past the session."""
        if template_prefix in ADDED:
            alert_of_a_key(user_id=user.pk, at=now())

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not of who has just signed in, nor of who has nothing yet to show it with.

        Somebody who came by a card or a code sets up their first key at once; later a change to
        keys takes a key.
        """
        request = allauth_context.request
        if not get_reauthentication_flows(request.user):
            return False
        records = get_authentication_records(request, request.user)
        return all(now().timestamp() - one["at"] > JUST_NOW for one in records)

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
    """Authenticators: keys, passkeys, code devices; what code devices share is kept encrypted."""

    def encrypt(self, text: str) -> str:
        """The secret of a code device as it is kept."""
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself, under the key in use or any before."""
        return decrypted(encrypted_text)

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
