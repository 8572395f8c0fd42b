"""Every page in every role, looked at by axe-core: no violation; and nothing scrolls sideways."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from journeys.house import SCHOOL, House
from journeys.visitor import DESK, PHONE, SMALLEST, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

# role -> the pages that a person of that kind has
FAMILY = ("", "write/", "doors/complaint/", "doors/help/", "doors/meeting/", "doors/policy/",
          "urgent/", "worried/", "worried/before/", "notices/", "how-we-write/", "a thread",
          "from-school/", "an announcement", "today/absence/", "today/collection/",
          "today/urgent/", "good-news/heard/")  # fmt: skip
TEAM = ("to-answer/", "promised/", "with-the-family/", "conversations/", "conversations/?q=lunch",
        "worried/", "a thread", "new-call/", "call-backs/", "announcements/", "announcements/new/",
        "announcements/lists/", "for-today/", "for-today/pick-ups/", "registers/", "told-today/",
        "told-today/new/", "ten-minutes/", "saved-replies/", "good-news/",
        "good news of one")  # fmt: skip
OFFICE = (*TEAM, "tray/", "hand-offs/", "not-reached/", "letters/", "people/", "people/pupils/add/",
          "people/carers/add/", "people/team/add/", "people/team/agency/",
          "people/shared/", "people/resets/", "people/groups/", "a child", "a carer",
          "a team member", "calendar/", "calls/", "an announcement", "a wish", "its answers",
          "its correction", "missing/")  # fmt: skip
SEALED = (*TEAM, "sealed/", "sealed/rota/", "sealed/views/", "sealed/glass/", "authorities/")
PAGES = {
    "ewa": FAMILY,
    "priya": (*TEAM, "an incident"),
    "joan": OFFICE,
    "tom": OFFICE,
    "ruth": (
        *OFFICE,
        "head/",
        "sealed/",
        "sealed/adults/",
        "limits/",
        "an incident",
        "told-today/figures/",
        "drills/",
        "drills/head-away/",
    ),
    "helen": (*SEALED, "an incident"),
    "grace": ("group/",),
}
# One person of each kind, on the office's pages.
PEOPLE = {"a child": "pupils", "a carer": "carers", "a team member": "team"}
# One announcement as its pages show it: which one, and what comes after its address.
ANNOUNCED = {
    "an announcement": ("A morning in the woods", ""),
    "a wish": ("School photographs tomorrow", ""),
    "its answers": ("A morning in the woods", "answers/"),
    "its correction": ("A morning in the woods", "correction/"),
}
# One page for each template, looked at in every theme.
THEMES = ("light", "dark", "calm")
TEMPLATES = (
    *(("ewa", path) for path in FAMILY),
    *(("ruth", path) for path in PAGES["ruth"]),
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def goto(page: Page, house: House, key: str, path: str) -> None:
    """Open one page, with every disclosure open."""
    if path in PEOPLE:
        page.goto(f"{house.address}/{SCHOOL}/people/?kind={PEOPLE[path]}")
        person = page.locator(".people-list a").first
        page.goto(house.address + str(person.get_attribute("href")))
    elif path in ANNOUNCED:
        announced(page, house, key, path)
    elif path == "an incident":
        page.goto(f"{house.address}/{SCHOOL}/told-today/")
        one = page.get_by_role("link", name="Restraint: Amara Obi")
        page.goto(house.address + str(one.get_attribute("href")))
    elif path == "good news of one":
        page.goto(f"{house.address}/{SCHOOL}/good-news/")
        one = page.locator("main a[href*='/good-news/children/']").first
        page.goto(house.address + str(one.get_attribute("href")))
    elif path == "a thread":
        lists = "" if key == "ewa" else "conversations/"
        heading = "h3 " if key == "ewa" else ""
        page.goto(f"{house.address}/{SCHOOL}/{lists}")
        thread = page.locator(
            f"{heading}a[href*='/conversations/']:not([href$='/conversations/'])"
        ).first
        page.goto(house.address + str(thread.get_attribute("href")))
    else:
        page.goto(f"{house.address}/{SCHOOL}/{path}")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def announced(page: Page, house: House, key: str, path: str) -> None:
    """Open one announcement from the list of a family or of the team."""
    subject, more = ANNOUNCED[path]
    page.goto(f"{house.address}/{SCHOOL}/{'from-school/' if key == 'ewa' else 'announcements/'}")
    one = page.get_by_role("link", name=subject, exact=True).first
    page.goto(f"{house.address}{one.get_attribute('href')}{more}")


def violations(page: Page, axe: str) -> list[str]:
    """What axe-core finds, in words; only that crosses over from the browser."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(content=axe)
    found: list[str] = page.evaluate(
        """rules => axe.run(document, {...rules, resultTypes: ['violations']}).then(
             found => found.violations.map(one => one.id + ': ' + one.nodes[0].html.slice(0, 120)
               + ' ' + (one.nodes[0].failureSummary || '')))""",
        RULES,
    )
    return found


class Windows:
    """Signed-in windows, kept open: entering is not what is looked at here."""

    def __init__(self, house: House, browser: Browser) -> None:
        self.house, self.browser = house, browser
        self.kept: dict[tuple[str, int], Page] = {}
        self.open = ExitStack()

    def of(self, key: str, width: int) -> Page:
        """The window of one person at one width."""
        if (key, width) not in self.kept:
            page = self.open.enter_context(visit(self.browser, width))
            enter(page, self.house.address, key)
            self.kept[key, width] = page
        return self.kept[key, width]


@pytest.fixture(scope="module")
def windows(house: House, browser: Browser) -> Iterator[Windows]:
    """The windows of this file, closed at its end."""
    kept = Windows(house, browser)
    with kept.open:
        yield kept


@pytest.fixture(scope="module")
def windows_of_one_face(house: House, browser_of_one_face: Browser) -> Iterator[Windows]:
    """Windows on a machine with another set of faces."""
    kept = Windows(house, browser_of_one_face)
    with kept.open:
        yield kept


@pytest.mark.clause("5.0-A4")
@pytest.mark.parametrize(
    ("key", "path"), [(key, path) for key, paths in PAGES.items() for path in paths]
)
def test_axe_finds_nothing_on_any_page_of_any_role(
    house: House,
    axe: str,
    windows: Windows,
    key: str,
    path: str,
) -> None:
    page = windows.of(key, PHONE if key == "ewa" else DESK)
    goto(page, house, key, path)
    assert violations(page, axe) == []


@pytest.mark.clause("5.0-A4")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("key", "path"), TEMPLATES)
def test_axe_finds_nothing_in_any_theme_nor_in_another_face(
    house: House,
    axe: str,
    windows_of_one_face: Windows,
    key: str,
    path: str,
    theme: str,
) -> None:
    page = windows_of_one_face.of(key, PHONE if key == "ewa" else DESK)
    goto(page, house, key, path)
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    assert violations(page, axe) == []


@pytest.mark.parametrize("width", [SMALLEST, PHONE, DESK])
@pytest.mark.parametrize(("key", "path"), TEMPLATES)
def test_nothing_scrolls_sideways_at_any_width(
    house: House,
    windows: Windows,
    key: str,
    path: str,
    width: int,
) -> None:
    page = windows.of(key, width)
    goto(page, house, key, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.clause("5.0-A4")
def test_a_hand_off_is_prepared_by_keyboard_and_axe_finds_nothing(
    house: House, axe: str, browser: Browser
) -> None:
    with visit(browser, SMALLEST) as page:
        enter(page, house.address, "carol", "trent-acres")
        for wanted in ("Prepare for iSAMS", "Take the file"):
            page.goto(f"{house.address}/trent-acres/hand-offs/")
            assert violations(page, axe) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST
            assert page.get_by_text(wanted).count()
            if page.get_by_text("Take the file").count() == 0:
                page.get_by_text("Prepare for iSAMS").first.press("Enter")
                page.get_by_text("Take the file").first.wait_for()


def test_the_keyboard_reaches_the_main_part_first(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")
