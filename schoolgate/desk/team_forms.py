"""What the office types when a team member's work changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.desk.people_forms import OfficeForm, email_field, one_of, roles_to_give, text_field
from schoolgate.people.access import Who, groups_for_office, may_give
from schoolgate.people.actions.changing import Details
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import as_written
from schoolgate.people.queries import roles_of

OWN = "own"
WEEKS_IN_WORDS = {"": _("As the school answers"), OWN: _("A week of their own")}


def part_time_weeks(who: Who) -> dict[str, dict[str, list[str]]]:
    """The school's named part-time weeks, as a team member's row holds them."""
    named = who.school.settings.part_time if who.school else ()
    return {name: as_written(hours.week) for name, hours in named}


class ChangeMember(OfficeForm):
    """Name, work, address, and who leads and covers."""

    name = text_field(_("Name"), required=True)
    job_title = text_field(_("Job title"))
    email = email_field(
        _("School email address"),
        help_text=_("Changed, they sign in by the new one; the old one is told."),
    )
    line_leader = one_of(_("Line leader"), required=False)
    cover = one_of(_("Who covers for them"), required=False)
    week = forms.ChoiceField(
        label=_("Their week"),
        help_text=_("Part-time weeks stand in the school’s settings, with their names."),
        required=False,
        widget=forms.Select(attrs={"class": "field"}),
    )

    def __init__(self, data: Any = None, *, who: Who, member: TeamMember) -> None:
        before = {name: getattr(member, name) for name in ("name", "job_title", "email")}
        before |= {"line_leader": member.line_leader_id, "cover": member.cover_id}
        weeks: dict[str, dict[str, list[str]]] = {"": {}, **part_time_weeks(who)}
        before["week"] = next((name for name, week in weeks.items() if week == member.works), OWN)
        super().__init__(data, who=who, initial=before)
        self.weeks = weeks | ({OWN: member.works} if before["week"] == OWN else {})
        self.fields["week"].choices = [  # type: ignore[attr-defined]  # choices
            (name, WEEKS_IN_WORDS.get(name, name)) for name in self.weeks
        ]
        for name in ("line_leader", "cover"):
            field: Any = self.fields[name]
            field.queryset = field.queryset.exclude(pk=member.pk)

    def details(self) -> Details:
        """As the verb takes it."""
        values = dict(self.cleaned_data)
        return Details(works=self.weeks[values.pop("week")], **values)


class ChangeRoles(OfficeForm):
    """The roles that the asker may give; those that only the head gives stay as they are."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, who: Who, member: TeamMember) -> None:
        self.held = roles_of(member, who.at)
        super().__init__(data, who=who, initial={"roles": sorted(self.held)})
        self.fields["roles"].choices = roles_to_give(who)  # type: ignore[attr-defined]  # choices

    def chosen(self) -> frozenset[str]:
        """All roles that they hold then."""
        return frozenset(self.cleaned_data["roles"]) | (self.held - may_give(self.who))


class ChooseGroup(OfficeForm):
    """A tutor group or class."""

    group = one_of(_("Group"), required=True)

    def __init__(self, data: Any = None, *, who: Who) -> None:
        super().__init__(data, who=who)
        self.fields["group"].queryset = groups_for_office(who)  # type: ignore[attr-defined]  # rows
