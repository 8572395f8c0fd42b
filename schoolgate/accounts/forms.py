"""What people type while signing in."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.signing_in import let_who_may_sign_in
from schoolgate.accounts.second_factor import note_set_up
from schoolgate.school.clock import now


class AskForCode(RequestLoginCodeForm):
    """An address to which a code is sent, if it signs somebody in."""

    def clean_email(self) -> str:
        """Of several people of one address, at several schools, one who may have a code is it."""
        email: str = self.cleaned_data["email"]
        if email:
            let_who_may_sign_in(email, at=now())
        said: str = super().clean_email()
        return said


class AddKey(AddWebAuthnForm):
    """A passkey unless somebody says otherwise; its name is for its owner."""

    name = forms.CharField(
        label=_("A name for it"),
        required=False,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    passwordless = forms.BooleanField(
        label=_("Sign me in with this alone"),
        required=False,
        initial=True,
        help_text=_("A passkey: it asks for your finger, face or PIN each time."),
    )

    def clean(self) -> dict[str, Any]:
        """A key that has just been made has just been shown."""
        said: dict[str, Any] = super().clean()
        if not self.errors:
            note_set_up(context.request, self.user, "webauthn")
        return said


class SetUpCodeDevice(ActivateTOTPForm):
    """The first digits of a code device."""

    def clean_code(self) -> str:
        """Right digits are a second factor shown; the same ones would not be taken again."""
        code = super().clean_code()
        note_set_up(context.request, self.user, "totp")
        return code


class Card(forms.Form):
    """The code of a printed card."""

    code = forms.CharField(
        label=_("The code on the card"),
        help_text=_("Four groups of four. Capitals, spaces and dashes do not matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "field",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
