"""What somebody types who has something good to tell."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.design.pressing import Pressed

LONGEST = 1000


class TellGood(forms.Form):
    """The words, and the reason why another child has to be named in them."""

    words = forms.CharField(
        label=_("What was good"),
        help_text=_("A sentence or two, as you would say it at the gate."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "field"}),
    )
    named_because = forms.CharField(
        label=_("Why another child has to be named"),
        help_text=_("Only if we ask you for it."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    once = forms.UUIDField(widget=Pressed, initial=uuid.uuid4)
