"""Days and moments as people type them: the same in every language, and never guessed silently.

Django reads "03/09/2026" by the language of the page, in some of them as 9 March. What a browser's
own field sends is unmistakable and counts at once; anything else is read day first, repeated in
words, and counts when it is sent again.
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ] ?([0-9]{1,2})[-/. ] ?([0-9]{4})")
_ISO_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?")


def read_day(words: str) -> date | None:
    """The day that words name, day first unless the year is; None where they name none."""
    plain = _in_ascii(words)
    for pattern, order in ((_YEAR_FIRST, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0))):
        if found := pattern.fullmatch(plain):
            year, month, day = (int(found[place + 1]) for place in order)
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def _in_ascii(words: str) -> str:
    """The digits of any script as ours, without the marks that turn a line around."""
    shown = (one for one in words.strip() if unicodedata.category(one) != "Cf")
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in shown)


class DayInput(forms.DateInput):
    """A browser's own field for a day, which sends and takes one writing alone."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The same for a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    """A day; one that was typed otherwise than a browser's field does is asked back in words."""

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError, also to ask whether the day was read right."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        day = read_day(value)
        if day is None:
            raise forms.ValidationError(_("Please write the day like 31/05/2026."))
        if not _ISO.fullmatch(value.strip()):
            words = date_format(day, "l j F Y")
            raise forms.ValidationError(
                _("We read this as {day}. If that is right, send it once more.").format(day=words)
            )
        return day

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What stands in the field when it is shown again: the day as it was read."""
        day = read_day(data) if isinstance(data, str) else None
        return day.isoformat() if day else super().bound_data(data, initial)


class MomentField(forms.DateTimeField):
    """A day and a time, as a browser's own field sends them."""

    def to_python(self, value: Any) -> datetime | None:
        """The moment in the school's zone. Raises ValidationError."""
        if isinstance(value, str) and value.strip() and not _ISO_MOMENT.fullmatch(value.strip()):
            raise forms.ValidationError(_("Please write day and time like 2026-05-31 14:30."))
        return super().to_python(value)
