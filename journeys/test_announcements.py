"""An announcement, walked as people walk it: written, looked at, undone, sent, confirmed."""

import re
import time
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.house import SCHOOL, House, Outside, wait_until
from journeys.test_accessible import violations
from journeys.visitor import DESK, PHONE, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
EWA = f"ewa@{SCHOOL}.example.org"
SENDS = re.compile(r"Send(?: to 5 people|: it reaches \d of 5)")
LINK = re.compile(r"https?://[^\s/]+(/\S+/answer/\S+/)")
UNDO = 120  # seconds


def looks_right(page: Page, axe: str, width: int) -> None:
    """No violation, and nothing scrolls sideways."""
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def write(page: Page, house: House, subject: str) -> None:
    """The tutor writes to her own class, and looks who gets it."""
    page.goto(f"{house.address}/{SCHOOL}/announcements/new/")
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Message").fill("Please send wellies on Friday.")
    page.get_by_label("What it asks").select_option("confirm")
    page.get_by_label("Oak", exact=True).check()
    page.get_by_role("button", name="Show who gets it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)


def emailed(outside: Outside, subject: str) -> EmailMessage | None:
    """What Ewa got of it."""
    return next((one for one in outside.to(EWA) if one["Subject"] == subject), None)


@pytest.mark.clause("3.0-P4", "2.1-M2")
def test_a_tutor_writes_to_the_class_and_a_parent_confirms_from_the_email(
    house: House, outside: Outside, browser: Browser, axe: str
) -> None:
    subjects = {DESK: "Wellies, from a desk", PHONE: "Wellies, from a phone"}
    pressed = time.monotonic()
    for width, subject in subjects.items():
        with visit(browser, width) as page:
            enter(page, house.address, "priya")
            write(page, house, subject)
            expect(page.locator("main")).to_contain_text(SENDS)
            expect(page.locator(".letter").first).to_contain_text("Hello Chidi")
            looks_right(page, axe, width)
            page.get_by_role("button", name=SENDS).click()
            page.get_by_role("button", name="Undo: do not send it").click()
            expect(page.get_by_role("status")).to_contain_text("Undone. Nobody got it.")
            page.get_by_role("button", name=SENDS).click()
            pressed = time.monotonic()
            looks_right(page, axe, width)
    assert not any(emailed(outside, subject) for subject in subjects.values())
    for width, subject in subjects.items():
        left = UNDO + 60 - (time.monotonic() - pressed)
        letter = wait_until(
            lambda s=subject: emailed(outside, s), max(left, 30), house.last_words()
        )
        found = LINK.search(letter.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # it has words
        assert found, letter.as_string()
        with visit(browser, width) as page:
            page.goto(house.address + found[1])
            looks_right(page, axe, width)
            assert "wellies on Friday" not in page.content()
            page.get_by_role("button", name="I have this").click()
            page.get_by_role("button", name="Yes, send it").click()
            expect(page.get_by_role("status")).to_contain_text("The school has your answer")
            looks_right(page, axe, width)
            enter(page, house.address, "priya")
            page.goto(f"{house.address}/{SCHOOL}/announcements/")
            page.get_by_role("link", name=subject, exact=True).click()
            expect(page.locator("#progress")).to_contain_text("4 have not answered")
            looks_right(page, axe, width)
            page.get_by_role("link", name="See the answers").click()
            expect(page.locator("main")).to_contain_text("Ewa Malinowska")
            looks_right(page, axe, width)
