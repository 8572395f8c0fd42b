"""What somebody types who has something good to tell."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.design.other_child import NamesOthers
from schoolgate.design.pressing import Pressed

LONGEST = 1000


class TellGood(NamesOthers):
    """The words, and the reason why another child has to be named in them."""

    words = forms.CharField(
        label=_("What was good"),
        help_text=_("A sentence or two, as you would say it at the gate."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "field"}),
    )
    once = forms.UUIDField(widget=Pressed, initial=uuid.uuid4)
