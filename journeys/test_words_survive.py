"""What somebody typed stands in its field afterwards, and nobody else finds it by "Back"."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from config.machine import test_tools
from journeys.house import SCHOOL, House
from journeys.visitor import DESK, FLAGS, PHONE, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

WORDS = "He did not sleep, and the lunch box is lost."


@pytest.fixture(scope="module")
def with_memory(player: Playwright) -> Iterator[Browser]:
    """A browser that keeps pages for "Back" as people's do; tests' browsers are told not to."""
    opened = player.chromium.launch(
        executable_path=str(test_tools.browser()),
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield opened
    opened.close()


def at_the_field(page: Page, house: House) -> None:
    """On the page where a family writes."""
    page.goto(f"{house.address}/{SCHOOL}/write/")


def test_a_quiet_screen_changes_the_page_as_it_stands(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        at_the_field(page, house)
        page.locator("textarea").first.fill(WORDS)
        page.get_by_role("button", name="Quiet screen").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "calm")
        expect(page.locator("textarea").first).to_have_value(WORDS)
        page.get_by_role("button", name="Ordinary screen").click()
        expect(page.locator("html[data-theme]")).to_have_count(0)
        expect(page.locator("textarea").first).to_have_value(WORDS)


@pytest.mark.parametrize("press", ["Cover names", "This screen is shared"])
def test_covering_names_loads_the_page_and_the_words_come_with_it(
    house: House, browser: Browser, press: str
) -> None:
    with visit(browser, DESK) as page:
        enter(page, house.address, "priya")
        page.goto(f"{house.address}/{SCHOOL}/conversations/")
        page.locator("main a[href*='/conversations/']:not([href$='/conversations/'])").first.click()
        field = page.locator("textarea[name='body']").first
        field.fill(WORDS)
        page.get_by_role("button", name=press).first.click()
        page.wait_for_load_state()
        expect(page.locator("textarea[name='body']").first).to_have_value(WORDS)


def test_leaving_and_coming_back_in_the_same_tab(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        at_the_field(page, house)
        page.locator("textarea").first.fill(WORDS)
        page.goto(f"{house.address}/{SCHOOL}/urgent/")
        page.go_back()
        expect(page.locator("textarea").first).to_have_value(WORDS)
        page.goto(f"{house.address}/{SCHOOL}/")
        at_the_field(page, house)
        expect(page.locator("textarea").first).to_have_value(WORDS)


def test_what_was_sent_is_let_go_of(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        at_the_field(page, house)
        page.locator("textarea").first.fill(f"Sent once. {WORDS}")
        page.locator("main form[method='post'] button.go").first.click()
        page.wait_for_url(lambda url: "/write/" not in url)
        at_the_field(page, house)
        expect(page.locator("textarea").first).to_have_value("")


def test_a_sign_in_that_ended_meanwhile_costs_no_word(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        at_the_field(page, house)
        page.locator("textarea").first.fill(WORDS)
        page.context.clear_cookies(name="sessionid")
        page.locator("main form[method='post'] button.go").first.click()
        expect(page.get_by_label("Your words")).to_have_value(WORDS)
        enter(page, house.address, "ewa")
        at_the_field(page, house)
        expect(page.locator("textarea").first).to_have_value(WORDS)


def test_somebody_else_in_the_same_tab_finds_nothing(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        at_the_field(page, house)
        page.locator("textarea").first.fill(WORDS)
        page.context.clear_cookies(name="sessionid")
        enter(page, house.address, "nina")
        at_the_field(page, house)
        expect(page.locator("textarea").first).to_have_value("")
        assert WORDS not in page.evaluate("JSON.stringify(sessionStorage)")


def test_signing_out_wipes_it(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        at_the_field(page, house)
        page.locator("textarea").first.fill(WORDS)
        page.goto(f"{house.address}/account/mine/")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_load_state()
        assert WORDS not in page.evaluate("JSON.stringify(sessionStorage)")


def test_nothing_of_a_concern_is_kept_in_the_tab(house: House, browser: Browser) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        page.goto(f"{house.address}/{SCHOOL}/worried/")
        page.locator("textarea").first.fill(WORDS)
        assert WORDS not in page.evaluate("JSON.stringify(sessionStorage)")


def test_after_signing_out_back_shows_nothing(house: House, with_memory: Browser) -> None:
    with visit(with_memory, PHONE) as page:
        enter(page, house.address, "ewa")
        page.goto(f"{house.address}/{SCHOOL}/")
        expect(page.locator("main")).to_contain_text("Kuba")
        page.goto(f"{house.address}/account/mine/")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_load_state()
        for _ in range(3):
            page.go_back()
            page.wait_for_load_state()
            expect(page.locator("body")).not_to_contain_text("Kuba")
