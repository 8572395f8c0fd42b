"""Today on a phone without scripts and at the office's desk; the clock is the journey's."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from journeys.clock import Clock
from journeys.house import SCHOOL, House, Outside, ground, wait_until
from journeys.test_accessible import violations
from journeys.test_prove import tell
from journeys.visitor import DESK, PHONE, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def far() -> Iterator[Outside]:
    """The mail server of the outside world."""
    server = Outside()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def at_noon(far: Outside) -> Iterator[tuple[House, Clock]]:
    """A house on a Monday at noon."""
    with ground() as data:
        clock = Clock(data, MONDAY)
        house = House(data, far.url, **clock.setting)
        yield house, clock
        house.kill()


def texts(house: House) -> list[str]:
    """Every text that has left the house for Ewa."""
    found = [one.read_text() for one in (house.data / "house").rglob("outbox/texts/*.txt")]
    return [one for one in found if one.startswith("+447700900321")]


def looks_right(page: Page, axe: str, width: int) -> None:
    """Axe-core finds nothing, and nothing scrolls sideways."""
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_ill_today_by_two_presses_and_the_office_sees_it(
    at_noon: tuple[House, Clock], browser: Browser, axe: str
) -> None:
    house, clock = at_noon
    with visit(browser, PHONE) as phone, visit(browser, DESK) as desk:
        enter(phone, house.address, "ewa")
        phone.get_by_role("link", name="Kuba is ill").click()
        looks_right(phone, axe, PHONE)
        phone.get_by_role("button", name="Tell the school").click()
        phone.get_by_text("Nobody has seen this yet").wait_for()
        looks_right(phone, axe, PHONE)
        enter(desk, house.address, "joan")
        desk.goto(f"{house.address}/{SCHOOL}/for-today/")
        looks_right(desk, axe, DESK)
        row = desk.locator("li", has_text="Kuba is ill on Monday 23 November.")
        row.get_by_role("button", name=re.compile("^Seen")).click()
        row.get_by_text("Seen by you").wait_for()
        phone.reload()
        phone.get_by_text("The office has seen this at 12:0").wait_for()
        clock.set(MONDAY + timedelta(minutes=30))
        phone.goto(f"{house.address}/{SCHOOL}/")
        looks_right(phone, axe, PHONE)


def test_somebody_else_collects_in_under_a_minute_on_a_phone_without_scripts(
    at_noon: tuple[House, Clock], browser: Browser, axe: str
) -> None:
    house, clock = at_noon
    clock.set(MONDAY + timedelta(hours=1))
    with visit(browser, PHONE, java_script_enabled=False) as phone:
        enter(phone, house.address, "ewa")
        begun = time.monotonic()
        phone.get_by_role("link", name="Someone else collects Kuba").click()
        phone.get_by_label("Who collects?").fill("Maria Lis")
        phone.get_by_role("button", name="Tell the school").click()
        phone.get_by_text("Not confirmed yet.").wait_for()
        where = phone.url
        text = wait_until(lambda: texts(house), 20)[0]
        assert "Kuba" not in text
        phone.goto(house.address + re.search(r"(/medway-green/today/confirming/\S+)", text)[1])  # type: ignore[index]  # it is there
        phone.get_by_label("The child’s first name").fill("Kuba")
        phone.get_by_role("button", name="Yes, I asked").click()
        phone.get_by_text("Confirmed. Thank you.").wait_for()
        took = time.monotonic() - begun
        phone.goto(where)
        phone.get_by_text("Maria Lis may collect").wait_for()
    tell(f"From home to confirmed: {took:.1f} s of machine time, five presses and a name.")
    with visit(browser, DESK) as desk, visit(browser, PHONE) as small:
        for page, width in ((desk, DESK), (small, PHONE)):
            enter(page, house.address, "joan")
            page.goto(f"{house.address}/{SCHOOL}/for-today/pick-ups/")
            page.get_by_text("Confirmed").first.wait_for()
            looks_right(page, axe, width)


def test_out_of_hours_the_truth_stands_before_sending(
    at_noon: tuple[House, Clock], browser: Browser, axe: str
) -> None:
    house, clock = at_noon
    clock.set(datetime(2026, 11, 28, 21, 0, tzinfo=UTC))
    with visit(browser, PHONE) as phone:
        enter(phone, house.address, "ewa")
        phone.goto(f"{house.address}/{SCHOOL}/urgent/")
        phone.get_by_text("Nobody reads it before Monday 30 November, 08:00").wait_for()
        looks_right(phone, axe, PHONE)
        phone.get_by_role("link", name="Write for when they open").click()
        phone.get_by_text("Nobody is reading now.").wait_for()
        looks_right(phone, axe, PHONE)
        phone.goto(f"{house.address}/{SCHOOL}/today/collection/")
        phone.get_by_role("heading", name="Someone else collects on Monday 30 November").wait_for()
        looks_right(phone, axe, PHONE)
