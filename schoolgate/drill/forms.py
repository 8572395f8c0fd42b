"""The moment at which a drill is played."""

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.design.dates import MomentField, MomentInput


class MomentForm(forms.Form):
    """A moment by the school's clock; none means the drill's usual one."""

    at = MomentField(
        label=_("At another time"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=MomentInput(attrs={"type": "datetime-local", "class": "field"}),
    )
