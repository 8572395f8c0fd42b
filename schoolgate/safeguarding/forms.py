"""What people write down about a worry, and what those who read it write."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.design.dates import DayField, DayInput, MomentField, MomentInput
from schoolgate.design.pressing import Pressed
from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.safeguarding.models import Step
from schoolgate.safeguarding.states import Outcome
from schoolgate.safeguarding.words import KINDS, OUTCOMES


def _field(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "field"})


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "field"})


def _moment() -> MomentField:
    widget = MomentInput(attrs={"type": "datetime-local", "class": "field"})
    return MomentField(label=_("By when"), widget=widget)


class OfPeople(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs alone
    """A choice among team members, by name and by what they are: a family may know only that."""

    def label_from_instance(self, obj: object) -> str:
        """Name and job title."""
        title = getattr(obj, "job_title", "")
        return f"{obj}, {title}" if title else str(obj)


class Worry(forms.Form):
    """A worry in one's own words, kept whole; everything else is optional."""

    words = forms.CharField(
        label=_("What worries you"),
        help_text=_("In your own words. It need not be certain."),
        widget=_field(6),
    )
    pupil = forms.ModelChoiceField(
        label=_("Which child"),
        queryset=Pupil.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("I say it in my words"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    about_member = OfPeople(
        blank=True,
        label=_("Is it about the safeguarding lead or the headteacher?"),
        queryset=TeamMember.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("No"),
        widget=forms.RadioSelect,
    )
    about_adult = forms.BooleanField(
        label=_("It is about another adult who works here"), required=False
    )
    message = forms.UUIDField(required=False, widget=forms.HiddenInput)
    once = forms.UUIDField(required=False, widget=Pressed, initial=uuid.uuid4)


class More(forms.Form):
    """A few more words."""

    words = forms.CharField(label=_("What you want to add"), required=False, widget=_field())


class Said(forms.Form):
    """Words that must be there; the page says what they are about."""

    words = forms.CharField(label=_("In a few words"), widget=_field())


class Decide(Said):
    """What it is, and why."""

    words = forms.CharField(label=_("Why"), widget=_field())
    outcome = forms.ChoiceField(
        label=_("What it is"),
        choices=[("", _("Choose")), *((one.value, OUTCOMES[one]) for one in Outcome)],
        widget=forms.Select(attrs={"class": "field"}),
    )
    member = forms.ModelChoiceField(
        label=_("If it is about one of these"),
        help_text=_("They read it no more. What is about an adult goes to the case manager alone."),
        queryset=TeamMember.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("No, or somebody else"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    field_order = ("outcome", "words", "member")


class Note(Said):
    """A discussion, a decision, what came of it, or what puts a row right."""

    kind = forms.ChoiceField(
        label=_("What you add"),
        choices=[
            (one.value, KINDS[one])
            for one in (
                Step.Kind.DISCUSSION,
                Step.Kind.DECISION,
                Step.Kind.OUTCOME,
                Step.Kind.AMENDMENT,
                Step.Kind.TOLD_LADO,
            )
        ],
        widget=forms.Select(attrs={"class": "field"}),
    )
    field_order = ("kind", "words")


class Dated(Said):
    """Words and a moment."""

    due_at = _moment()


class OfActions(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs alone
    """A choice among actions, by how their words begin."""

    def label_from_instance(self, obj: object) -> str:
        """The beginning of the action's words."""
        return str(getattr(obj, "words", ""))[:80]


class Doing(Said):
    """Which action is done, and what came of it."""

    action = OfActions(
        label=_("Which action"),
        queryset=Step.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.Select(attrs={"class": "field"}),
    )
    field_order = ("action", "words")


class KeptFrom(Said):
    """Who is to read it no more, and why."""

    member = forms.ModelChoiceField(
        label=_("Keep it from"),
        queryset=TeamMember.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.Select(attrs={"class": "field"}),
    )
    field_order = ("member", "words")


class Held(Said):
    """From which adult of the child messages are held back, and why."""

    words = forms.CharField(label=_("Why"), widget=_field(2))
    carer = forms.ModelChoiceField(
        label=_("Who is held back"),
        help_text=_("They see nothing unusual. You look at it again within one working day."),
        queryset=Carer.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.Select(attrs={"class": "field"}),
    )
    field_order = ("carer", "words")


class Phrase(forms.Form):
    """The phrase that opens the file; shown once, kept nowhere."""

    phrase = forms.CharField(
        label=_("The phrase that opens the file"),
        help_text=_("Write it down now: it is shown once. Send it by another way than the file."),
        min_length=20,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "field", "readonly": True}),
    )


class Away(Phrase):
    """Where a child's file goes."""

    to_school = forms.CharField(label=_("Which school it goes to"), max_length=200, widget=_line())


class Receipt(forms.Form):
    """That the file has arrived."""

    from_school = forms.CharField(label=_("Which school has it"), max_length=200, widget=_line())
    words = forms.CharField(label=_("Who said so, and how"), widget=_field(2))


class Turn(forms.Form):
    """Who is on call, from when until when."""

    member = forms.ModelChoiceField(
        label=_("Who"),
        queryset=TeamMember.objects.none(),
        to_field_name="public_id",
        widget=forms.Select(attrs={"class": "field"}),
    )
    from_at = _moment()
    until_at = _moment()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["from_at"].label, self.fields["until_at"].label = _("From"), _("Until")


class Numbers(forms.Form):
    """The numbers of one council's children's services."""

    name = forms.CharField(label=_("Council"), max_length=120, widget=_line())
    in_hours = forms.CharField(label=_("Children’s services"), max_length=40, widget=_line())
    hours = forms.CharField(label=_("Their hours"), max_length=80, required=False, widget=_line())
    out_of_hours = forms.CharField(
        label=_("Emergency team, out of hours"), max_length=40, widget=_line()
    )
    lado = forms.CharField(
        label=_("LADO: who is told about adults who work with children"),
        max_length=40,
        required=False,
        widget=_line(),
    )
    checked_on = DayField(
        label=_("Checked on"),
        widget=DayInput(attrs={"type": "date", "class": "field"}),
    )


class Glass(Said):
    """Which child, and why one must see what is beyond one's sight."""

    pupil = forms.ModelChoiceField(
        label=_("Which child"),
        queryset=Pupil.objects.none(),
        to_field_name="public_id",
        widget=forms.Select(attrs={"class": "field"}),
    )
    field_order = ("pupil", "words")
