"""A date is the same in every language that a browser may ask for; none is guessed silently."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from schoolgate.design.dates import DayField, MomentField, read_day

# All that the pages may one day be read in, and some that a browser may ask for besides.
LANGUAGES = ("en-gb", "en-us", "ur", "pa", "ar", "gu", "so", "pl", "cy", "de", "fr", "zh-hans")


class Closing(forms.Form):
    """A form with a day in it."""

    day = DayField()


class Ringing(forms.Form):
    """A form with a moment in it."""

    at = MomentField()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_typed_under_any_language_is_that_date_and_is_repeated_in_words_first(
    language: str,
) -> None:
    with translation.override(language):
        first = Closing({"day": "03/09/2026"})
        assert not first.is_valid()
        assert "2026" in str(first.errors["day"]) and "3" in str(first.errors["day"])
        assert 'value="2026-09-03"' in str(first["day"])
        again = Closing({"day": "2026-09-03"})
        assert again.is_valid() and again.cleaned_data["day"] == date(2026, 9, 3)


def test_the_words_name_the_weekday_and_the_month() -> None:
    with translation.override("en-gb"):
        form = Closing({"day": "3.9.2026"})
        assert "Thursday 3 September 2026" in str(form.errors["day"])


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("03/09/2026", date(2026, 9, 3)),
        ("3-9-2026", date(2026, 9, 3)),
        ("3. 9. 2026", date(2026, 9, 3)),
        ("2026/9/3", date(2026, 9, 3)),
        ("٠٣/٠٩/٢٠٢٦", date(2026, 9, 3)),
        ("\u200f03/09/2026\u200f", date(2026, 9, 3)),
        ("31/02/2026", None),
        ("09/31/2026", None),
        ("03/09/26", None),
        ("²/9/2026", None),
        ("tomorrow", None),
    ],
)
def test_a_day_is_read_day_first_or_not_at_all(words: str, day: date | None) -> None:
    assert read_day(words) == day


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moment_is_taken_in_one_writing_alone(language: str) -> None:
    with translation.override(language):
        assert Ringing({"at": "2026-09-03T10:30"}).is_valid()
        assert not Ringing({"at": "03/09/2026 10:30"}).is_valid()
