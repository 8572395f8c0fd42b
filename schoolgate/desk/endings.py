"""What is taken off a person: the page that says so by name, and what can be taken back today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.people.access import Who, endings_for
from schoolgate.people.actions.taking_off import What, endings_of_the_day, take_off
from schoolgate.people.errors import PeopleError
from schoolgate.people.models import Ending, Group, SiteBar

Kind = Ending.Kind


class WhyItEnds(forms.Form):
    """The reason, without which nothing ends."""

    because = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("It is kept, with your name."),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "field"}),
    )


@dataclass(frozen=True)
class Act:
    """One thing to take off: what its page says, and where one goes from there."""

    what: What
    title: str
    changes: Sequence[str]
    button: str
    said: str
    back: str
    kept: Mapping[str, object] = field(default_factory=dict)


def ask_then_end(request: HttpRequest, who: Who, act: Act) -> HttpResponse:
    """Say by name what will change, ask why, and only then do it."""
    form = WhyItEnds(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and who.member:
        because = form.cleaned_data["because"]
        try:
            with transaction.atomic():
                take_off(
                    actor=who.actor, member=who.member, what=act.what, because=because, at=who.at
                )
        except PeopleError as refusal:
            form.add_error("because", _(str(refusal)))
        else:
            messages.success(request, act.said)
            return redirect(act.back)
    page = {"form": form, "act": act}
    return render(request, "desk/ending.html", page, status=422 if form.is_bound else 200)


def ended_today(who: Who, *kinds: str, **of: Any) -> list[tuple[Ending, str]]:
    """What was taken off today and may be taken back by this person, with its words."""
    rows = endings_for(who).filter(**of)
    if kinds:
        rows = rows.filter(Q(kind__in=kinds))
    return [(one, in_words(one)) for one in endings_of_the_day(rows, who.at)]


def in_words(ending: Ending) -> str:
    """What ended, by name."""
    words = {
        Kind.LINK: _("The link of {carer} with {child}"),
        Kind.NUMBER: _("A telephone number of {carer}"),
        Kind.PROTECTION: _("The protection of where {carer} lives"),
        Kind.NO_ROUTE: _("That nothing is sent to {carer}"),
        Kind.LIMIT: _("A limit on what {carer} receives about {child}"),
        Kind.BAR: _("That {name} may not come onto the site"),
        Kind.CLASS: _("The place of {child} in {group}"),
        Kind.HELPING: _("The help of {member} in {group}"),
    }[Kind(ending.kind)]
    return words.format(
        carer=ending.carer,
        child=ending.pupil,
        member=ending.member,
        group=_name_of_group(ending),
        name=_name_of_bar(ending),
    )


def _name_of_group(ending: Ending) -> str:
    if ending.kind not in {Kind.CLASS, Kind.HELPING}:
        return ""
    return str(Group.objects.filter(pk=ending.row).first() or "")


def _name_of_bar(ending: Ending) -> str:
    if ending.kind != Kind.BAR:
        return ""
    bar = SiteBar.objects.filter(pk=ending.row).first()
    return bar.name if bar else ""
