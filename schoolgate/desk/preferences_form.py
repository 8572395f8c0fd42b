"""How a family says how it wishes to hear, in plain words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.delivery.models import Parcel
from schoolgate.delivery.reach import Kind
from schoolgate.people.actions.preferring import Wishes
from schoolgate.people.models import Preference

Channel, Digest = Parcel.Channel, Preference.Digest
ROOM = "announcements"
WAYS = {
    Channel.EMAIL: _("Email"),
    Channel.PUSH: _("A notice on this phone or computer"),
    Channel.SMS: _("Text message"),
    Channel.LETTER: _("A letter on paper"),
}
DIGESTS = [
    (Digest.NONE, _("Each by itself, as it comes")),
    (Digest.DAILY, _("All of a day in one message")),
    (Digest.WEEKLY, _("All of a week in one message, on Fridays")),
]


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"class": "field narrow", "type": "time"}, format="%H:%M")


class Preferences(forms.Form):
    """First way, digest, quiet hours and a pause; what is urgent goes past all of it."""

    service = forms.ChoiceField(
        label=_("What everybody needs to know, such as closures and trips"),
        widget=forms.RadioSelect,
        required=False,
    )
    news = forms.ChoiceField(
        label=_("Optional news, if you asked for it"), widget=forms.RadioSelect, required=False
    )
    digest = forms.ChoiceField(
        label=_("How often"), choices=DIGESTS, widget=forms.RadioSelect, required=False
    )
    quiet_from = forms.TimeField(
        label=_("No texts, notices or calls from"), widget=_time(), required=False
    )
    quiet_until = forms.TimeField(label=_("Until"), widget=_time(), required=False)
    paused = forms.BooleanField(
        label=_("Pause reminders and optional news for now"), required=False
    )
    fixed_phrases = forms.BooleanField(
        label=_("Let notices say what kind of message it is"),
        help_text=_(
            "One of four things, and no more: news, nothing to do; a question; an answer for you; "
            "please read today. If not, a notice only says that there is a message."
        ),
        required=False,
    )

    def __init__(self, *args: Any, working: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(channel, words) for channel, words in WAYS.items() if channel in working]
        for name in ("service", "news"):
            self.fields[name].choices = [("", _("The usual way")), *ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends."""
        cleaned = super().clean() or {}
        if (cleaned.get("quiet_from") is None) != (cleaned.get("quiet_until") is None):
            self.add_error("quiet_until", _("Please fill in both times, or neither."))
        return cleaned

    def wishes(self) -> Wishes:
        """What they said, as the verb takes it."""
        said = self.cleaned_data
        orders = {Kind.SERVICE: said["service"], Kind.NEWS: said["news"]}
        return Wishes(
            orders={str(kind): [first] for kind, first in orders.items() if first},
            quiet_from=said["quiet_from"],
            quiet_until=said["quiet_until"],
            digest=said["digest"],
            paused_rooms=[ROOM] if said["paused"] else [],
            fixed_phrases=said["fixed_phrases"],
        )


def before(preference: Preference | None) -> Mapping[str, Any]:
    """What the form shows of what was said before."""
    if preference is None:
        return {"service": "", "news": "", "digest": ""}
    first = {kind: order[0] for kind, order in preference.orders.items() if order}
    return {
        "service": first.get(Kind.SERVICE, ""),
        "news": first.get(Kind.NEWS, ""),
        "digest": preference.digest,
        "quiet_from": preference.quiet_from,
        "quiet_until": preference.quiet_until,
        "paused": ROOM in preference.paused_rooms,
        "fixed_phrases": preference.fixed_phrases,
    }
