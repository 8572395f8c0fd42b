"""What people write when something is taken further or given on, and when they are away."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.design.dates import DayField, DayInput
from schoolgate.design.other_child import NamesOthers
from schoolgate.design.pressing import Pressed
from schoolgate.people.models import TeamMember


def _words(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3, "class": "field"}),
    )


def _somebody(label: Any, *, empty: Any, required: bool = False) -> Any:
    return forms.ModelChoiceField(
        label=label,
        queryset=TeamMember.objects.none(),
        required=required,
        to_field_name="public_id",
        empty_label=empty,
        widget=forms.Select(attrs={"class": "field"}),
    )


class AskTheHead(forms.Form):
    """A parent's press; everything in it is optional."""

    words = _words(_("What you want to say"), help_text=_("You need not write anything."))
    about = _somebody(_("Is it about somebody who works here?"), empty=_("No"))
    once = forms.UUIDField(widget=Pressed, initial=uuid.uuid4, required=False)


class TakeFurther(forms.Form):
    """A colleague's press: to which step, and what the leader should know."""

    role = forms.ChoiceField(label=_("To"), widget=forms.RadioSelect)
    skipped_because = forms.CharField(
        label=_("Why a step is passed over"),
        help_text=_("Needed only where you do not choose the first."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    words = _words(
        _("What the leader should know"), help_text=_("Only the team reads this. Short is fine.")
    )


class Redirect(NamesOthers):
    """To whom, and why; the family reads the reason."""

    to = _somebody(_("To"), empty=None, required=True)
    reason = _words(_("Why"), required=True, help_text=_("The family reads this."))


class Settle(NamesOthers):
    """How it was settled; the family reads it."""

    words = _words(_("How it was settled"), required=True, help_text=_("The family reads this."))


class Complain(forms.Form):
    """What the complaint says."""

    words = _words(_("What you want to complain about"), required=True)
    once = forms.UUIDField(widget=Pressed, initial=uuid.uuid4, required=False)


class RecordAbsence(forms.Form):
    """Who is away, from when until when, and who has their work. Never why."""

    member = _somebody(_("Who is away"), empty=None, required=True)
    from_day = DayField(
        label=_("From"),
        widget=DayInput(attrs={"type": "date", "class": "field"}),
    )
    until_day = DayField(
        label=_("Last day away"),
        help_text=_("Empty if nobody knows yet."),
        required=False,
        widget=DayInput(attrs={"type": "date", "class": "field"}),
    )
    cover = _somebody(_("Who has their work"), empty=_("Nobody can"))
    no_cover_because = forms.CharField(
        label=_("Why nobody can"),
        help_text=_(
            "Needed only without cover. Then their leader and the head hear of it at once."
        ),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
