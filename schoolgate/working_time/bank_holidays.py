"""Bank holidays: a country's, from the `holidays` package, or a list of dates."""

import importlib.util
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock

import holidays

from schoolgate.working_time.errors import UnknownCountryError

# The package computes by the law's rules; a holiday proclaimed for one year is news for an update.
LAST_COMPUTED_YEAR = 2099

_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
# Without its region it has neither Easter Monday nor the holiday of August.
_NOT_WITHOUT_A_REGION = {"GB"}
_COUNTRIES = "holidays.countries"
_LOADING = Lock()


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """The days on which banks are closed, by a country's `code` ("GB-ENG") or as `dates`.

    Raises UnknownCountryError for a code that the package does not know.
    """

    code: str = ""
    dates: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.code:
            _of_year(self.code, 2026)

    def __contains__(self, day: date) -> bool:
        return day in self.dates or bool(self.code and day in _of_year(self.code, day.year))

    @property
    def last_known_date(self) -> date:
        """The last day of the last year that is known; an empty list sets no limit."""
        known_by_list = not self.code and self.dates
        last_year = max(self.dates).year if known_by_list else LAST_COMPUTED_YEAR
        return date(last_year, 12, 31)


@lru_cache(maxsize=1024)
def _of_year(code: str, year: int) -> frozenset[date]:
    country, _, region = code.partition("-")
    try:
        if not _CODE.fullmatch(code) or code in _NOT_WITHOUT_A_REGION:
            raise NotImplementedError(code)
        with _countries_one_by_one():
            found = holidays.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError as error:
        raise UnknownCountryError(
            f"There are no bank holidays for {code!r}; write for example GB-ENG, GB-SCT or IE,"
            " with the region."
        ) from error
    return frozenset(found)


@contextmanager
def _countries_one_by_one() -> Iterator[None]:
    """Let the package load the one country that is asked for.

    Its folder of countries loads all 250 when it is first touched, which costs every process 8 MB
    and every command an eighth of a second. An empty stand-in for that folder prevents it.
    """
    with _LOADING:
        spec = importlib.util.find_spec(_COUNTRIES)
        stands_in = _COUNTRIES not in sys.modules and spec is not None
        if stands_in and spec is not None:
            sys.modules[_COUNTRIES] = importlib.util.module_from_spec(spec)
        try:
            yield
        finally:
            if stands_in:
                del sys.modules[_COUNTRIES]
