"""What somebody types about an incident: one page, in the order in which one would tell it."""

import uuid
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.design.choosing import offer
from schoolgate.design.dates import DayField, DayInput, MomentField, MomentInput
from schoolgate.design.other_child import NamesOthers
from schoolgate.design.pressing import Pressed
from schoolgate.incidents import access
from schoolgate.incidents.actions.writing import What
from schoolgate.incidents.kinds import CHOICES
from schoolgate.incidents.models import Telling
from schoolgate.people.access import Who, children_to_write_about
from schoolgate.people.models import Carer, Pupil, TeamMember

LONGEST_TEXT = 4000
FIELD = {"class": "field"}


def _text(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, **FIELD}),
    )


def _line(label: Any, most: int, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs=FIELD),
    )


def _somebody(rows: Any, label: Any, *, empty: Any = None, required: bool = True) -> Any:
    return forms.ModelChoiceField(
        label=label,
        queryset=rows,
        to_field_name="public_id",
        empty_label=empty,
        required=required,
        widget=forms.Select(attrs=FIELD),
    )


class Write(NamesOthers):
    """What happened. Required are the child, the kind, when, where, the facts, whom to talk to."""

    pupil = _somebody(Pupil.objects.none(), _("Which child"), empty=_("Choose a child"))
    kind = forms.ChoiceField(
        label=_("What it was"),
        help_text=_("Sending a child home for their behaviour is a suspension in law."),
        choices=[("", _("Choose what it was")), *CHOICES],
        widget=forms.Select(attrs=FIELD),
    )
    happened_at = MomentField(
        label=_("When it began"),
        widget=MomentInput(attrs={"type": "datetime-local", **FIELD}),
    )
    lasted = forms.IntegerField(
        label=_("How many minutes it lasted"),
        help_text=_("Empty if it was a moment."),
        required=False,
        min_value=1,
        max_value=1440,
        widget=forms.NumberInput(attrs=FIELD),
    )
    place = _line(_("Where"), 120, required=True)
    facts = _text(
        _("What happened"),
        _("Facts, in the order they came. The family reads this. Name no other child."),
        required=True,
    )
    led_to_it = _text(_("What led to it"), _("What you saw before, and why it was needed."))
    helped = _text(_("What helped"), _("What made it better, and what may help another time."))
    was_hurt = forms.BooleanField(label=_("Somebody was hurt"), required=False)
    injuries = _text(_("Injuries and first aid"), _("Who was hurt, and what was done."))
    talk_to = _somebody(TeamMember.objects.none(), _("Whom the family can talk to"))
    line = forms.ChoiceField(
        label=_("On which school line"), required=False, widget=forms.Select(attrs=FIELD)
    )
    there = forms.ModelMultipleChoiceField(
        label=_("Who of the team was there: you, if you change nothing"),
        help_text=_("The family does not read this. Whoever was there can open this page."),
        queryset=TeamMember.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reader = _somebody(
        TeamMember.objects.none(),
        _("Ask somebody to read it too"),
        empty=_("Nobody"),
        required=False,
    )
    once = forms.UUIDField(widget=Pressed, initial=uuid.uuid4)

    def __init__(self, data: Any = None, *, who: Who) -> None:
        assert who.school is not None and who.member is not None  # the gate admits team members
        self.zone = ZoneInfo(who.school.settings.timezone)
        local = who.at.astimezone(self.zone).replace(second=0, microsecond=0, tzinfo=None)
        own = who.member.public_id
        super().__init__(data, initial={"happened_at": local, "talk_to": own, "there": [own]})
        offer(self, "pupil", children_to_write_about(who))
        for name in ("talk_to", "there", "reader"):
            offer(self, name, access.colleagues_for(who))
        offer(self, "reader", access.colleagues_for(who).exclude(pk=who.member.pk))
        lines = [(line, line) for line in who.school.settings.telephone.lines]
        self.fields["line"].choices = lines  # type: ignore[attr-defined]  # a choice field

    def what(self, at: datetime) -> What:
        """As the verb takes it; what has just happened is typed to the minute (UTC)."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "reader"}
        said["happened_at"] = said["happened_at"].astimezone(UTC)
        return What(**{**said, "there": list(said["there"])})


class Settle(forms.Form):
    """How somebody was told by voice."""

    way = forms.ChoiceField(
        label=_("How"),
        choices=[(Telling.Way.CALL, _("By telephone")), (Telling.Way.IN_PERSON, _("In person"))],
        widget=forms.Select(attrs=FIELD),
    )
    words = _text(_("What was said"), required=True)


class Correct(NamesOthers):
    """What has to be put right."""

    words = _text(
        _("What has to be put right"),
        _("The family reads this below the first text, which stays as it was."),
        required=True,
    )


class AskReader(forms.Form):
    """Who is to read it too."""

    reader = _somebody(TeamMember.objects.none(), _("Who"))


class Read(forms.Form):
    """What the second reader says."""

    words = _text(_("What you would say or change"), _("Only the team reads this."), required=True)


class HoldBack(forms.Form):
    """From whom, the risk, and when to look again."""

    carer = _somebody(
        Carer.objects.none(), _("Who is not told"), empty=_("Everybody"), required=False
    )
    reason = _text(_("The risk of significant harm that you see"), required=True)
    review_on = DayField(
        label=_("When you look at it again"),
        widget=DayInput(attrs={"type": "date", **FIELD}),
    )


class LookAgain(forms.Form):
    """That it goes on, and until when."""

    review_on = DayField(
        label=_("Goes on; look again on"),
        widget=DayInput(attrs={"type": "date", **FIELD}),
    )
