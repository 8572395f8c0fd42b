"""The day of return that an absence note names, in the languages of families; pure."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

LONGEST = timedelta(days=200)
MOST = 3_000  # characters of a note that are looked through
# The beginnings of the twelve names: en, cy, pl, ro, fr, de, es, pt, it, nl, ar (both), ur.
_MONTHS = (
    "jan ion stycz ian janv jän ene gen يناير كانون\\s الثاني جنوری",
    "feb chwe lut fév fev feb فبراير شباط فروری",
    "mar maw march märz maart marz mars مارس آذار مارچ",
    "apr ebr kwie avr abr أبريل ابريل نيسان اپریل",
    "may mai maj mag mei مايو أيار مئی",
    "jun meh czerw iun juin giu يونيو حزيران جون",
    "jul gorff lip iul juil lug يوليو تموز جولائی",
    "aug awst sierp août aout ago أغسطس اغسطس آب اگست",
    "sep medi wrze set سبتمبر أيلول ستمبر",
    "oct hyd paź paz okt out ott أكتوبر اكتوبر اکتوبر",
    "nov tach list noi نوفمبر نومبر",
    "dec rhag grud déc dez dic ديسمبر دسمبر",
)
_BEGINNINGS = sorted(
    ((word, number) for number, words in enumerate(_MONTHS, start=1) for word in words.split()),
    key=lambda pair: -len(pair[0]),
)
_WORD = r"[^\W\d_]{3,14}\.?"
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|ain|af|eg|fed|ydd|º|\.)?\s*(?:of|de|o|d['’])?\s*({_WORD})"
    r",?\s*(?:de|del)?\s*(\d{4})?"
)
_MONTH_DAY = re.compile(rf"\b({_WORD})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*(\d{{4}}))?")
_ISO = re.compile(r"\b(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?")
_NUMBERS = re.compile(r"\b(\d{1,2})\s?[./-]\s?(\d{1,2})(?:\s?[./-]\s?(\d{4}|\d{2}))?\b")
_CHINESE = re.compile(r"(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]")
_RETURN = re.compile(
    r"\b(until|till|back|return\w*|through|tan|nes|dychwel\w*|yn ôl|do dnia|do|wracam|wróc\w*|"
    r"powr\w*|până|pana|revin\w*|întor\w*|jusqu\w*|retour\w*|reviens|bis|wieder|zurück|hasta|"
    r"vuelv\w*|volver\w*|regres\w*|até|volt\w*|retorn\w*|fino|torn\w*|rientr\w*|tot|terug)\b|"
    r"حتى|أعود|سأعود|عود|تک|واپس|至|到|返回|回来|回來",
    re.IGNORECASE,
)
_NEAR = 40  # characters between the word and the date


def back_on(text: str, written: date) -> date | None:
    """The day that a note names as the end of an absence; nothing where it names none."""
    plain = _western(text[:MOST])
    found = [(place, day) for place, day in _dates(plain, written) if written <= day]
    soon = [(place, day) for place, day in found if day - written <= LONGEST]
    told = [day for place, day in soon if _RETURN.search(plain[max(0, place - _NEAR) : place])]
    return max(told or [day for _, day in soon], default=None)


def _western(text: str) -> str:
    """Digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def _dates(text: str, written: date) -> Iterator[tuple[int, date]]:
    for found in _DAY_MONTH.finditer(text):
        yield from _made(found.start(), found[3], _month(found[2]), found[1], written)
    for found in _MONTH_DAY.finditer(text):
        yield from _made(found.start(), found[3], _month(found[1]), found[2], written)
    for found in _ISO.finditer(text):
        yield from _made(found.start(), found[1], int(found[2]), found[3], written)
    for found in _NUMBERS.finditer(text):
        yield from _made(found.start(), found[3], int(found[2]), found[1], written)
    for found in _CHINESE.finditer(text):
        yield from _made(found.start(), None, int(found[1]), found[2], written)


def _month(word: str) -> int:
    lower = word.lower().rstrip(".")
    return next((number for start, number in _BEGINNINGS if lower.startswith(start)), 0)


def _made(
    place: int, year: str | None, month: int, day: str, written: date
) -> Iterator[tuple[int, date]]:
    """A date; one without a year is the next of that day."""
    try:
        if year:
            yield place, date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
            return
        this_year = date(written.year, month, int(day))
        yield place, this_year if this_year >= written else date(written.year + 1, month, int(day))
    except ValueError:
        return
