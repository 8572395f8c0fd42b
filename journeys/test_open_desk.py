"""An open desk renews itself: a message stands there within seconds, and a field is left alone."""

import pytest
from playwright.sync_api import Browser, Page

from journeys.house import SCHOOL, House
from journeys.visitor import DESK, PHONE, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

SOON = 20_000  # ms; the machine is shared: the bench `desks` measures, this only shows


def writes(page: Page, house: House, words: str) -> None:
    """A parent writes a message with a subject."""
    page.goto(f"{house.address}/{SCHOOL}/write/")
    page.fill("#id_subject", words)
    page.fill("#id_body", "How was the day?")
    page.locator("main button.go").click()
    page.wait_for_url("**/conversations/**")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_message_comes_to_an_open_desk_by_itself(
    house: House, browser: Browser, width: int
) -> None:
    words = f"Live at {width}"
    with visit(browser, width) as desk, visit(browser, PHONE) as phone:
        enter(desk, house.address, "priya")
        desk.goto(f"{house.address}/{SCHOOL}/to-answer/")
        enter(phone, house.address, "ewa")
        writes(phone, house, words)
        desk.get_by_role("link", name=words).wait_for(timeout=SOON)
        assert "/to-answer/" in desk.url


def test_the_heads_desk_renews_itself_too(house: House, browser: Browser) -> None:
    with visit(browser, DESK) as desk, visit(browser, PHONE) as phone:
        enter(desk, house.address, "ruth")
        desk.goto(f"{house.address}/{SCHOOL}/head/")
        enter(phone, house.address, "ewa")
        writes(phone, house, "For the headteacher")
        phone.get_by_role("button", name="Ask the headteacher").click()
        phone.wait_for_load_state()
        desk.get_by_role("link", name="For the headteacher", exact=True).wait_for(timeout=SOON)
