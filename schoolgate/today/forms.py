"""What families and colleagues say of today."""

import uuid
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from schoolgate.conversations.forms import ShowsRoutesFirst
from schoolgate.design.dates import DayField, DayInput
from schoolgate.design.pressing import Pressed
from schoolgate.people.actions.home_times import HomeTimes
from schoolgate.people.models import ContactRoute, Pupil
from schoolgate.today.kinds import Kind
from schoolgate.today.wording import KINDS


def _words(label: Any, *, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "field"}),
    )


def _line(label: Any, most: int, *, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs={"class": "field"}),
    )


class AboutToday(ShowsRoutesFirst):
    """Both ways of telling of today; `once` makes a second press of the same button harmless."""

    read_for_danger = ("words", "who", "relationship")
    once = forms.UUIDField(widget=Pressed, initial=uuid.uuid4)


class TellToday(AboutToday):
    """A family's two presses: which child, and whatever they wish to add."""

    pupil = forms.ModelChoiceField(
        label=_("Which child?"),
        queryset=Pupil.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    words = _words(_("Anything to add"), help_text=_("Only if you like."))


class TellInWords(TellToday):
    """Where words are needed."""

    words = _words(_("What should we know?"), required=True)


class TellWhoCollects(TellToday):
    """Who collects, who that is to the child, and when."""

    who = _line(_("Who collects?"), 120, help_text=_("First and last name."), required=True)
    relationship = _line(_("Who is that to your child?"), 80, help_text=_("Such as aunt."))
    at = forms.TimeField(
        label=_("When?"),
        help_text=_("Empty for the usual time."),
        required=False,
        widget=forms.TimeInput(attrs={"class": "field narrow", "type": "time"}),
    )


class WriteUrgently(AboutToday):
    """ "I can't ring": what a person is to read now."""

    pupil = forms.ModelChoiceField(
        label=_("Which child?"),
        queryset=Pupil.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("None, or more than one"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    words = _words(_("What has happened?"), required=True)


FORMS: dict[Kind, type[TellToday]] = {
    Kind.ABSENCE: TellToday,
    Kind.COLLECTION: TellWhoCollects,
    Kind.TRANSPORT: TellInWords,
    Kind.HEALTH: TellInWords,
    Kind.OTHER: TellInWords,
}


class Choose(forms.Form):
    """A colleague says that a message is for today, and what it is about."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[(kind.value, KINDS[kind]) for kind in Kind if kind is not Kind.URGENT],
        widget=forms.RadioSelect,
    )


class RangAndAsked(forms.Form):
    """On which number the office asked."""

    route = forms.ModelChoiceField(
        label=_("I rang"), queryset=ContactRoute.objects.none(), empty_label=None
    )


class Because(forms.Form):
    """Why the head or safeguarding lead lets it be."""

    because = _line(_("Why"), 300, required=True)


class Rang(forms.Form):
    """What came of ringing about a missing child."""

    carer = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        choices=[
            ("spoke", _("We spoke")),
            ("voicemail", _("Voicemail")),
            ("no answer", _("No answer")),
            ("wrong number", _("The number is wrong")),
        ]
    )
    words = forms.CharField(required=False, max_length=300)
    here = forms.BooleanField(required=False)


class OwnHomeTimes(forms.Form):
    """When a child goes home on some weekdays, and from when to when that holds."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"),
        choices=list(WEEKDAYS.items())[:5],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    at = forms.TimeField(
        label=_("They go home at"),
        widget=forms.TimeInput(attrs={"class": "field narrow", "type": "time"}),
    )
    after_school = forms.BooleanField(
        label=_("A club after school: it may be later than the school's own home time"),
        required=False,
    )
    begins_on = DayField(
        label=_("From"),
        widget=DayInput(attrs={"class": "field narrow", "type": "date"}),
    )
    until = DayField(
        label=_("Until and with"),
        help_text=_("Empty for as long as it stands."),
        required=False,
        widget=DayInput(attrs={"class": "field narrow", "type": "date"}),
    )
    reason = _line(_("Why"), 200, help_text=_("For the team alone; no family page shows it."))

    def told(self) -> HomeTimes:
        """As the verb takes it."""
        return HomeTimes(**self.cleaned_data)
