"""Without a connection: what was opened can be read, nothing pretends to be sent, leaving wipes."""

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.house import SCHOOL, House, wait_until
from journeys.visitor import PHONE, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages-")) continue;
    found.push(...(await (await caches.open(name)).keys()).map((one) => one.url));
  }
  return found;
}"""


def at_home(page: Page, house: House, key: str) -> None:
    """Somebody's home, with the worker at work and the page kept."""
    enter(page, house.address, key)
    page.goto(f"{house.address}/{SCHOOL}/")
    page.evaluate("() => navigator.serviceWorker.ready")
    page.reload()
    wait_until(lambda: page.evaluate(KEPT), 10)


def test_a_family_reads_without_a_connection_and_leaves_nothing_behind(
    house: House, browser: Browser
) -> None:
    with visit(browser, PHONE) as page:
        at_home(page, house, "ewa")
        words = page.locator("h1").inner_text()
        page.context.set_offline(True)
        page.reload()
        expect(page.locator("h1")).to_have_text(words)
        expect(page.locator("[data-offline]")).to_be_visible()
        page.goto(f"{house.address}/{SCHOOL}/calendar/")
        expect(page.locator("h1")).to_have_text("No connection")
        page.goto(f"{house.address}/{SCHOOL}/")
        page.get_by_role("link", name="Leave this page").click()
        page.wait_for_url("**/leave/")
        assert page.evaluate(KEPT) == []
        page.goto(f"{house.address}/{SCHOOL}/")
        expect(page.locator("h1")).to_have_text("No connection")


def test_a_form_without_a_connection_keeps_its_words(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        at_home(page, house, "ewa")
        page.goto(f"{house.address}/{SCHOOL}/write/")
        field = page.locator("textarea").first
        field.fill("He was sad this morning.")
        page.context.set_offline(True)
        page.locator("main form").first.evaluate("form => form.requestSubmit()")
        expect(page.locator("[data-offline]")).to_be_visible()
        assert field.input_value() == "He was sad this morning."


def test_the_next_person_on_a_device_finds_nothing_of_the_last(
    house: House, browser: Browser
) -> None:
    with visit(browser, PHONE) as page:
        at_home(page, house, "ewa")
        page.goto(f"{house.address}/account/logout/")
        assert page.evaluate(KEPT) == []
        at_home(page, house, "ewa")
        page.context.clear_cookies()
        at_home(page, house, "nina")
        assert len(page.evaluate(KEPT)) == 1
