"""What the office types when people join, are linked, move or leave."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.design.dates import DayField, DayInput
from schoolgate.people.access import Who, groups_for_office, may_give
from schoolgate.people.actions.joining import NewCarer, NewLink, NewMember, NewPupil
from schoolgate.people.errors import NotANumber
from schoolgate.people.models import Carer, Group, Receives, RoleHolding, TeamMember
from schoolgate.people.queries import is_possible_birthday, working_members
from schoolgate.people.telephone import read_number

Role = RoleHolding.Role
ROLE_NAMES = {
    Role.OFFICE: _("Office"),
    Role.TUTOR: _("Tutor"),
    Role.ASSISTANT_HEAD: _("Assistant head"),
    Role.HEAD: _("Head or equivalent"),
    Role.DSL: _("Designated safeguarding lead"),
    Role.DEPUTY_DSL: _("Deputy safeguarding lead"),
    Role.GROUP_LEAD: _("Group lead"),
    Role.FAMILY_LIAISON: _("Family liaison"),
    Role.CLINICAL: _("Clinical team"),
    Role.CENTRAL_SENDER: _("Central sender: texts and urgent calls"),
}
EMPLOYMENT = (
    ("employed", _("Employed")),
    ("agency", _("Agency")),
    ("consultant", _("Consultant")),
    ("contractor", _("Contractor")),
)
RECEIVES = (
    (2, _("Everything about the child’s progress, and general news")),
    (1, _("General news only")),
    (0, _("Nothing")),
)


CAPACITIES = (
    ("family", _("Family")),
    ("professional", _("Placing authority")),
)
USUAL = _("What is usual: everything; for a placing authority general news only")


def a_number(words: str) -> None:
    """Refuse what can't be a telephone number."""
    try:
        read_number(words)
    except NotANumber as error:
        raise forms.ValidationError(_(str(error))) from None


def choice_field(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    """One of a few."""
    widget = forms.Select(attrs={"class": "field"})
    return forms.ChoiceField(label=label, choices=choices, widget=widget, **more)


def text_field(
    label: Any, most: int = 120, *, required: bool = False, **more: Any
) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "field", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, **more)


def email_field(label: Any, **more: Any) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"class": "field", "autocomplete": "off"})
    return forms.EmailField(label=label, required=False, widget=widget, **more)


def day_field(label: Any, *, required: bool = False, **more: Any) -> DayField:
    widget = DayInput(attrs={"class": "field narrow", "type": "date"})
    return DayField(label=label, required=required, widget=widget, **more)


def one_of(label: Any, **more: Any) -> "forms.ModelChoiceField[Any]":
    return forms.ModelChoiceField(
        label=label, queryset=None, widget=forms.Select(attrs={"class": "field"}), **more
    )


def role_name(role: str) -> Any:
    """A role in words; one of the school's own ladder by its own name."""
    names: dict[str, Any] = {str(known): words for known, words in ROLE_NAMES.items()}
    return names.get(role, role)


def roles_to_give(who: Who) -> list[tuple[str, Any]]:
    """The roles that the asker may give, as choices."""
    return [(role, role_name(role)) for role in sorted(may_give(who))]


class OfficeForm(forms.Form):
    """A form whose choices are of the asker's own school."""

    def __init__(self, data: Any = None, *, who: Who, **more: Any) -> None:
        super().__init__(data, **more)
        self.who = who
        for name in ("group", "line_leader", "cover"):
            if name in self.fields:
                rows = _groups(who) if name == "group" else _members(who)
                self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a choice of rows


def _groups(who: Who) -> Any:
    return Group.objects.filter(school=who.school, kind=Group.Kind.TUTOR)


def _members(who: Who) -> Any:
    return working_members(who.at).filter(school=who.school)


class AddPupil(OfficeForm):
    """A child that joins."""

    first_name = text_field(_("First name"), 80, required=True)
    last_name = text_field(
        _("Last name"), 80, help_text=_("Empty for somebody who has one name only.")
    )
    known_as = text_field(_("Known as"), 80)
    born_on = day_field(_("Born on"))
    group = one_of(_("Tutor group"), required=False)
    authority = text_field(_("The child’s own local authority"))

    def clean_born_on(self) -> date | None:
        """A day on which somebody at a school can have been born."""
        born: date | None = self.cleaned_data["born_on"]
        if born and not is_possible_birthday(born, self.who.at.date()):
            raise forms.ValidationError(_("Nobody at a school was born on that day."))
        return born

    def new(self) -> NewPupil:
        """As the verb takes it."""
        said = dict(self.cleaned_data)
        return NewPupil(tutor_group=said.pop("group"), **said)


class AddCarer(OfficeForm):
    """An adult in a child's life."""

    name = text_field(_("Name"), required=True)
    email = email_field(_("Email"), help_text=_("Leave it empty for somebody without one."))
    phone = text_field(_("Telephone"), 40, validators=[a_number])
    language = text_field(_("Language"), 12, initial="en", help_text=_("Such as en, pl or ar."))
    capacity = choice_field(_("In what capacity"), CAPACITIES, required=False)

    def new(self) -> NewCarer:
        """As the verb takes it."""
        said = dict(self.cleaned_data)
        said["phone"] = read_number(said["phone"]) if said["phone"] else ""
        said["capacity"] = said["capacity"] or Carer.Capacity.FAMILY
        return NewCarer(**said)


class AddMember(OfficeForm):
    """Somebody who begins to work here (Clause 1.1-P9)."""

    name = text_field(_("Name"), required=True)
    job_title = text_field(_("Job title"))
    email = email_field(_("School email address"))
    employment = forms.ChoiceField(
        label=_("Employment"), choices=EMPLOYMENT, widget=forms.Select(attrs={"class": "field"})
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    line_leader = one_of(_("Line leader"), required=False)
    cover = one_of(_("Who covers for them"), required=False)
    ends_on = day_field(
        _("Last day"), help_text=_("For agency and fixed terms; access ends after it.")
    )

    def __init__(self, data: Any = None, *, who: Who, **more: Any) -> None:
        super().__init__(data, who=who, **more)
        self.fields["roles"].choices = roles_to_give(who)  # type: ignore[attr-defined]  # choices

    def clean(self) -> dict[str, Any]:
        """Agency, consultants and contractors have a last day."""
        said = super().clean() or {}
        fixed = said.get("employment") not in {None, TeamMember.Employment.EMPLOYED}
        if fixed and not said.get("ends_on"):
            self.add_error("ends_on", _("Please name the last day; it can be changed."))
        return said

    def new(self) -> NewMember:
        """As the verb takes it."""
        said = dict(self.cleaned_data)
        return NewMember(roles=tuple(said.pop("roles")), **said)


class AgencyDay(OfficeForm):
    """Agency access for one class and one day, in two minutes (decision 18)."""

    name = text_field(_("Name"), required=True)
    group = one_of(_("Class"), required=True)
    day = day_field(_("Day"), required=True)

    def new(self) -> NewMember:
        """As the verb takes it."""
        day = self.cleaned_data["day"]
        return NewMember(
            name=self.cleaned_data["name"],
            job_title=str(_("Agency, for the day")),
            employment=TeamMember.Employment.AGENCY,
            starts_on=day,
            ends_on=day,
        )


class LinkCarer(forms.Form):
    """Who an adult is to a child, and what they may receive."""

    carer = forms.UUIDField(widget=forms.HiddenInput)
    relationship = text_field(_("Who they are to the child"), 60, required=True)
    receives = forms.TypedChoiceField(
        label=_("They receive"),
        required=False,
        choices=(("", USUAL), *RECEIVES),
        coerce=lambda value: Receives(int(value)),
        empty_value=None,
        widget=forms.Select(attrs={"class": "field"}),
    )
    ground = text_field(_("The legal ground that you have seen"))

    def new(self) -> NewLink:
        """As the verb takes it."""
        said = dict(self.cleaned_data)
        said.pop("carer")
        return NewLink(**said)


class MoveGroup(OfficeForm):
    """Another tutor group."""

    group = one_of(_("Tutor group"), required=True)


class ChooseClass(OfficeForm):
    """A class besides the tutor group."""

    group = one_of(_("Class"), required=True)

    def __init__(self, data: Any = None, *, who: Who) -> None:
        super().__init__(data, who=who)
        classes = groups_for_office(who).filter(kind=Group.Kind.CLASS)
        self.fields["group"].queryset = classes  # type: ignore[attr-defined]  # rows


class Phase(forms.Form):
    """A phase of the school, or none."""

    phase = text_field(_("Phase"), most=60)


class LastDay(forms.Form):
    """When a child leaves, or that it does not."""

    last_day = day_field(_("Last day"), help_text=_("Emptied, the child is on the roll again."))


class Email(forms.Form):
    """Another address, or none."""

    email = email_field(_("Email"), help_text=_("Emptied, the carer signs in by card."))


class Reason(forms.Form):
    """Why a second factor has to be reset."""

    because = text_field(_("What happened"), 200, required=True)
