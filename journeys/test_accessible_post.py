"""What came and belongs nowhere by itself, looked at by axe-core; nothing scrolls sideways."""

import smtplib
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.house import INBOUND, SCHOOL, House
from journeys.test_accessible import violations
from journeys.visitor import DESK, PHONE, SMALLEST, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
NINA, STRANGER = f"nina@{SCHOOL}.example.org", "friend@example.net"
WORRYING = "I am worried. Noah has bruises on his arms and says his uncle hits him."


def send(house: House, sender: str, subject: str, body: str, **files: bytes) -> None:
    """A mail, with files by the endings of their names."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, INBOUND, subject
    mail.set_content(body)
    for ending, content in files.items():
        mail.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=f"list.{ending}"
        )
    with smtplib.SMTP("127.0.0.1", house.port + 1, timeout=30) as server:
        server.send_message(mail, from_addr=sender, to_addrs=[INBOUND])


def looked_at(page: Page, axe: str) -> None:
    """With every disclosure open, at every width."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for width in (SMALLEST, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.clause("5.0-A4")
def test_words_that_worry_are_seen_in_the_tray_at_any_width_and_what_is_passed_on_is_read(
    house: House, browser: Browser, axe: str
) -> None:
    send(house, STRANGER, "Please look into this", WORRYING)
    with visit(browser, DESK) as page:
        enter(page, house.address, "joan")
        page.goto(f"{house.address}/{SCHOOL}/tray/")
        looked_at(page, axe)
        page.set_viewport_size({"width": PHONE, "height": 844})
        expect(page.get_by_text("It speaks of a child being hurt.")).to_be_visible()
        page.get_by_role("link", name="Please look into this").click()
        expect(page.get_by_role("button", name="Raise a safeguarding concern")).to_be_visible()
        looked_at(page, axe)
        page.get_by_label("Whose is it?").fill("Noah")
        page.get_by_role("button", name="Look", exact=True).click()
        expect(page.get_by_text("they can read all of it")).to_be_visible()
        looked_at(page, axe)
        page.get_by_label("for the team alone").first.check()
        page.get_by_role("button", name="File it there").click()
    with visit(browser, PHONE) as page:
        enter(page, house.address, "priya")
        page.goto(f"{house.address}/{SCHOOL}/passed/")
        looked_at(page, axe)
        page.get_by_role("link", name="Please look into this").click()
        expect(page.get_by_text("bruises on his arms")).to_be_visible()
        looked_at(page, axe)


@pytest.mark.clause("5.0-A4")
def test_a_thread_with_a_held_file_and_suggestions_and_its_regrouping(
    house: House, browser: Browser, axe: str
) -> None:
    words = "He has a temperature and will not be in school. His grandmother collects Leo at 2pm."
    send(house, NINA, "Ill today, and a list", words, zip=b"PK\x03\x04 something")
    with visit(browser, DESK) as page:
        enter(page, house.address, "priya")
        page.goto(f"{house.address}/{SCHOOL}/to-answer/")
        page.get_by_role("link", name="Ill today, and a list", exact=True).click()
        expect(page.get_by_text("A person has to look at this kind of file")).to_be_visible()
        expect(page.get_by_text("This may be for today.").first).to_be_visible()
        looked_at(page, axe)
        page.get_by_role("link", name="Separate or join").click()
        looked_at(page, axe)


@pytest.mark.clause("5.0-A4")
def test_who_writes_of_danger_sees_the_routes_that_work_now(
    house: House, browser: Browser, axe: str
) -> None:
    with visit(browser, PHONE) as page:
        enter(page, house.address, "nina")
        page.goto(f"{house.address}/{SCHOOL}/write/")
        page.get_by_label("Your message").fill(WORRYING)
        page.get_by_role("button", name="Send to the school").click()
        expect(
            page.get_by_role("button", name="Tell the safeguarding lead instead")
        ).to_be_visible()
        looked_at(page, axe)
