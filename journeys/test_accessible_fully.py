"""Every page that a link leads to, for each role and in every theme, looked at by axe-core."""

import re

import pytest
from playwright.sync_api import Browser, Error, Page

from journeys.house import SCHOOL, House
from journeys.test_accessible import PAGES, THEMES, violations
from journeys.visitor import DESK, PHONE, enter, visit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("house"),
    pytest.mark.timeout(1800),
]
ONE_OF_MANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
LINKS = "[...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))"


@pytest.mark.clause("5.0-A4")
@pytest.mark.parametrize("key", PAGES)
def test_axe_finds_nothing_on_any_page_that_a_link_leads_to_in_any_theme(
    house: House, browser: Browser, axe: str, key: str
) -> None:
    found: dict[str, list[str]] = {}
    with visit(browser, PHONE if key == "ewa" else DESK) as page:
        enter(page, house.address, key)
        waiting, kinds = [f"/{SCHOOL}/", *(f"/{SCHOOL}/{path}" for path in PAGES[key])], set()
        while waiting:
            path = waiting.pop(0)
            kind = ONE_OF_MANY.sub("one", path.partition("?")[0])
            if kind in kinds or not path.startswith("/") or path.endswith("a thread"):
                continue
            kinds.add(kind)
            if opened(page, house.address + path):
                waiting += page.evaluate(LINKS)
                found |= {f"{kind} {theme}": wrong(page, axe, theme) for theme in THEMES}
    assert len(kinds) > 8
    assert {place: what for place, what in found.items() if what} == {}


def opened(page: Page, address: str) -> bool:
    """Open a page with every disclosure open; a file that is downloaded is no page."""
    try:
        page.goto(address)
    except Error as refusal:
        if "Download is starting" not in str(refusal):
            raise
        return False
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return True


def wrong(page: Page, axe: str, theme: str) -> list[str]:
    """What axe-core finds in one theme."""
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    return violations(page, axe)
