"""What the office types about a carer: what helps, the numbers, and who sees to them."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from schoolgate.desk.people_forms import (
    CAPACITIES,
    OfficeForm,
    a_number,
    choice_field,
    one_of,
    text_field,
)
from schoolgate.people.access import Who
from schoolgate.people.actions.describing import About
from schoolgate.people.models import Carer, ContactRoute
from schoolgate.people.queries import working_members

LONGEST_NEED, MOST_NEEDS = 60, 12
A_LANGUAGE = RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)?$", _("Such as en, pl or ar."))
KINDS = (
    (ContactRoute.Kind.MOBILE.value, _("Mobile")),
    (ContactRoute.Kind.PHONE.value, _("Telephone")),
)


def _words(label: Any, rows: int, most: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "field", "rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, **more)


class AboutCarer(OfficeForm):
    """Their language and needs, and what helps them, in their own words."""

    called = text_field(_("How they wish to be greeted"), 80)
    capacity = choice_field(
        _("In what capacity"),
        CAPACITIES,
        help_text=_("The placing authority’s officer is part of no household."),
    )
    language = text_field(
        _("Language"),
        12,
        required=True,
        validators=[A_LANGUAGE],
        help_text=_("Such as en, pl or ar."),
    )
    needs = _words(
        _("What they asked for"), 4, 800, help_text=_("One a line, such as Large print.")
    )
    what_helps_us = _words(
        _("What helps us"), 4, 2000, help_text=_("In the family’s own words; the team reads it.")
    )

    def __init__(self, data: Any = None, *, who: Who, carer: Carer) -> None:
        names = ("called", "capacity", "language", "what_helps_us")
        before = {name: getattr(carer, name) for name in names}
        before["needs"] = "\n".join(carer.needs)
        super().__init__(data, who=who, initial=before)

    def clean_needs(self) -> tuple[str, ...]:
        """Each line a need, none twice."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["needs"].splitlines()]
        needs = tuple(dict.fromkeys(line for line in lines if line))
        if len(needs) > MOST_NEEDS or any(len(need) > LONGEST_NEED for need in needs):
            raise forms.ValidationError(
                _("At most {n} lines of {most} letters, please.").format(
                    n=MOST_NEEDS, most=LONGEST_NEED
                )
            )
        return needs

    def about(self) -> About:
        """As the verb takes it."""
        return About(**self.cleaned_data)


class PostAddress(forms.Form):
    """Where their household has its post."""

    lines = _words(
        _("Address on an envelope"), 5, 400, help_text=_("One line each, without a name.")
    )

    def clean_lines(self) -> list[str]:
        """Its lines, and none of them empty."""
        return [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]


class NewNumber(forms.Form):
    """One more number to ring."""

    kind = choice_field(_("Kind"), KINDS)
    number = text_field(_("Number"), 40, required=True, validators=[a_number])


class HoldNoRoute(OfficeForm):
    """Who sees to a carer to whom nothing can safely be sent, and how."""

    held_by = one_of(_("Who sees to them"), required=True)
    words = text_field(
        _("For the team: how they are reached"),
        500,
        required=True,
        help_text=_("Such as: only in person, at drop-off. Never where they live."),
    )

    def __init__(self, data: Any = None, *, who: Who, carer: Carer) -> None:
        task = carer.no_safe_routes.filter(ended_at=None).first()
        before = {"held_by": task.held_by_id, "words": task.words} if task else {}
        super().__init__(data, who=who, initial=before)
        field: Any = self.fields["held_by"]
        field.queryset = working_members(who.at).filter(school=who.school)
