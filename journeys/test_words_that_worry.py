"""A parent writes of danger by keyboard: the routes, the sending, what the team sees beside it."""

import pytest
from playwright.sync_api import Browser

from journeys.house import SCHOOL, House
from journeys.test_accessible import violations
from journeys.visitor import DESK, SMALLEST, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
WORDS = "My husband hits me in front of the children. Kuba won't be in school today."


def test_the_routes_the_sending_and_the_suggestion_work_by_keyboard_and_axe_finds_nothing(
    house: House, axe: str, browser: Browser
) -> None:
    with visit(browser, SMALLEST) as page:
        enter(page, house.address, "ewa")
        page.goto(f"{house.address}/{SCHOOL}/write/")
        page.locator("#id_body").fill(WORDS)
        page.get_by_role("button", name="Send to the school").press("Enter")
        page.get_by_role("heading", name="If somebody may not be safe").wait_for()
        page.wait_for_function("document.activeElement.id === 'routes-now'")
        assert page.locator("#id_body").input_value() == WORDS
        assert violations(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST
        page.get_by_role("button", name="as an ordinary message").press("Enter")
        page.get_by_text("Your message has reached the school.").wait_for()
        assert page.get_by_role("link", name="Ring 999").count() == 1
        assert violations(page, axe) == []
        thread = page.url.split("?")[0]
    with visit(browser, DESK) as page:
        enter(page, house.address, "ruth")
        page.goto(thread)
        assert violations(page, axe) == []
        page.get_by_role("button", name="Mark it for today").first.press("Enter")
        page.get_by_text("For today").first.wait_for()
        assert violations(page, axe) == []
        page.get_by_role("button", name="Raise it with the safeguarding lead").first.press("Enter")
        page.get_by_role("button", name="Tell the safeguarding lead now").wait_for()
        assert "hits me" in page.locator("#id_words").input_value()
        assert violations(page, axe) == []
