"""A parent escalates on a phone and the head answers; the tutor is absent and cover answers.

In a house whose clock the journey sets: Monday at ten, and then as the story goes.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from journeys.clock import Clock
from journeys.house import SCHOOL, House, ground
from journeys.test_accessible import violations
from journeys.visitor import DESK, PHONE, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def told_the_time() -> Iterator[tuple[House, Clock]]:
    """A house on its own clock."""
    with ground() as data:
        clock = Clock(data, MONDAY)
        house = House(data, **clock.setting)
        yield house, clock
        house.kill()


def writes(page: Page, house: House, subject: str, child: str = "") -> str:
    """The parent who has entered writes to school; the address of the thread."""
    page.goto(f"{house.address}/{SCHOOL}/write/")
    if child:
        page.locator("#id_pupil").select_option(label=child)
    page.locator("#id_subject").fill(subject)
    page.locator("#id_body").fill("He came home without his coat, for the third time.")
    page.get_by_role("button", name="Send to the school").click()
    page.get_by_text("Your message has reached the school.").wait_for()
    return page.url.split("#")[0]


def sees(page: Page, words: str, axe: str, width: int) -> None:
    """Words stand on the page, axe-core finds nothing, nothing scrolls sideways."""
    page.get_by_text(words).first.wait_for()
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.clause("2.2-H3")
def test_a_parent_asks_the_head_on_a_phone_without_scripts_and_the_head_answers(
    told_the_time: tuple[House, Clock], axe: str, browser: Browser
) -> None:
    house, clock = told_the_time
    clock.set(MONDAY)
    with visit(browser, PHONE) as page:
        enter(page, house.address, "nina")
        thread = writes(page, house, "The coat")
        sees(page, "Reply expected by Tuesday 24 November, 10:00", axe, PHONE)
    with visit(browser, PHONE, java_script_enabled=False) as page:
        enter(page, house.address, "nina")
        page.goto(thread)
        page.get_by_role("button", name="Ask the headteacher").click()
        page.get_by_text("The headteacher has been asked.").wait_for()
        assert "Answer by Tuesday 24 November, 10:0" in page.locator("#promise").inner_text()
    with visit(browser, PHONE) as page:
        enter(page, house.address, "nina")
        page.goto(f"{thread}headteacher/")
        sees(page, "You need nobody’s permission.", axe, PHONE)
    clock.set(MONDAY + timedelta(hours=3))
    with visit(browser, DESK) as page:
        enter(page, house.address, "ruth")
        page.goto(f"{house.address}/{SCHOOL}/escalated/")
        sees(page, "24 hours on the clock end Tuesday 24 November", axe, DESK)
        page.get_by_role("link", name="The coat").click()
        sees(page, "Nina Reed asked the headteacher.", axe, DESK)
        page.get_by_role("link", name="Open the conversation to answer").click()
        page.locator("#id_body").fill("I have looked for it myself. It hangs in the hall now.")
        page.get_by_role("button", name="Send to Nina").click()
        page.get_by_text("Your reply is on its way to Nina").wait_for()
    with visit(browser, PHONE) as page:
        enter(page, house.address, "nina")
        page.goto(thread)
        sees(page, "It hangs in the hall now.", axe, PHONE)
        sees(page, "Next news by Monday 30 November, 16:00 at the latest", axe, PHONE)
        page.get_by_role("button", name="It is settled for me").click()
        page.get_by_text("Good. You can ask again at any time.").wait_for()


def test_the_tutor_is_absent_and_cover_answers_within_the_time_that_was_given(
    told_the_time: tuple[House, Clock], axe: str, browser: Browser
) -> None:
    house, clock = told_the_time
    clock.set(MONDAY)
    with visit(browser, PHONE) as page:
        enter(page, house.address, "hannah")
        thread = writes(page, house, "The taxi seat", child="Ivy Hale")
    clock.set(MONDAY + timedelta(hours=1))
    with visit(browser, DESK) as page:
        enter(page, house.address, "joan")
        page.goto(f"{house.address}/{SCHOOL}/absences/")
        page.locator("#id_member").select_option(label="Lena Kovac")
        page.locator("#id_from_day").fill("2026-11-23")
        page.locator("#id_cover").select_option(label="Priya Nair")
        page.get_by_role("button", name="Record it").click()
        sees(page, "Priya Nair covers.", axe, DESK)
    with visit(browser, PHONE) as page:
        enter(page, house.address, "hannah")
        page.goto(thread)
        owner = page.locator("#promise").inner_text()
        assert "Tuesday 24 November, 10:00" in owner
    with visit(browser, DESK) as page:
        enter(page, house.address, "priya")
        page.goto(f"{house.address}/{SCHOOL}/to-answer/")
        if page.get_by_role("link", name="The taxi seat").count() == 0:
            pytest.fail("Cover does not see what they cover.")
        page.get_by_role("link", name="The taxi seat").first.click()
        page.locator("#id_body").fill("He sits by the window from tomorrow.")
        page.get_by_role("button", name="Send to Hannah").click()
        page.get_by_text("Your reply is on its way to Hannah").wait_for()
    with visit(browser, PHONE) as page:
        enter(page, house.address, "hannah")
        page.goto(thread)
        sees(page, "He sits by the window from tomorrow.", axe, PHONE)
        sees(page, "Answered in the time we gave", axe, PHONE)
