"""The main job, walked as people walk it: a parent writes, the right person answers in time."""

import re
import smtplib
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.house import INBOUND, SCHOOL, House, Outside, wait_until
from journeys.visitor import DESK, PHONE, enter, visit
from schoolgate.rehearsal.envelopes import plain_words

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
NINA = f"nina@{SCHOOL}.example.org"


def send(house: House, to: str, body: str, subject: str = "", **headers: str) -> None:
    """An email from Nina, over a real socket."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Nina Reed <{NINA}>", to, subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    with smtplib.SMTP("127.0.0.1", house.port + 1) as connection:
        connection.send_message(message, from_addr=NINA, to_addrs=[to])


def open_thread(page: Page, subject: str) -> None:
    """Open one conversation from the list."""
    page.get_by_role("link", name=subject, exact=True).click()


@pytest.mark.clause("2.2-T1", "1.0-A2", "2.1-M2b")
def test_an_email_becomes_a_thread_and_its_answer_a_reply_that_joins_it(
    house: House, outside: Outside, browser: Browser
) -> None:
    send(house, INBOUND, "Could he have a quiet table at lunch?", "A quiet table")
    with visit(browser, DESK) as page:
        enter(page, house.address, "priya")
        page.goto(f"{house.address}/{SCHOOL}/to-answer/")
        row = page.get_by_role("row").filter(has_text="A quiet table")
        expect(row).to_contain_text("You")
        open_thread(page, "A quiet table")
        expect(page.locator(".promise")).to_contain_text(re.compile(r"reply|Reply"))
        page.get_by_label("Your reply to Nina").fill("Yes, from Monday. I will sit with him.")
        page.get_by_role("button", name="Send to Nina").click()
        expect(page.get_by_role("status")).to_contain_text("on its way to Nina Reed")

        def answered() -> EmailMessage | None:
            return next(
                (one for one in outside.to(NINA) if "sit with him" in plain_words(one)), None
            )

        answer = wait_until(answered, 30, house.last_words())
        assert answer["From"].endswith(f"<office@{SCHOOL}.example.org>")
        assert answer["Subject"] == "Re: A quiet table"
        signed = answer["Reply-To"].addresses[0].addr_spec
        assert signed.startswith("messages+") and signed.endswith(f"@{SCHOOL}.example.org")
        send(
            house,
            signed,
            "Thank you. He is glad.",
            "Re: A quiet table",
            In_Reply_To=str(answer["Message-ID"]),
        )
        page.reload()
        wait_until(lambda: page.reload() and "He is glad" in page.content(), 15)
        assert page.locator(".hung.home").count() == 2
        assert page.locator(".hung.school:not(.receipt)").count() == 1


@pytest.mark.clause("1.0-S4", "2.2-T1")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_parent_writes_on_a_phone_and_reads_the_answer_there(
    house: House, outside: Outside, browser: Browser, scripts: bool
) -> None:
    subject = f"Swimming, {scripts}"
    with visit(browser, PHONE, java_script_enabled=scripts) as page:
        enter(page, house.address, "ewa")
        page.get_by_role("link", name="Write to the school").click()
        page.get_by_label("Your message").fill("Can he keep his socks on?")
        page.get_by_label("In a few words").fill(subject)
        page.get_by_role("button", name="Send to the school").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(subject)
        plate = page.locator("#promise")
        expect(plate).to_contain_text("Priya Nair")
        expect(plate).to_contain_text(re.compile(r"\w+day \d+ \w+, \d\d:\d\d"))
        thread = page.url.partition("#")[0]
        with visit(browser, DESK) as desk:
            enter(desk, house.address, "priya")
            desk.goto(f"{house.address}/{SCHOOL}/to-answer/")
            open_thread(desk, subject)
            desk.get_by_label("Your reply to Ewa").fill("Yes, of course he can.")
            desk.get_by_role("button", name="Send to Ewa").click()
        page.goto(thread)
        expect(page.locator(".hung.school").last).to_contain_text("Yes, of course he can.")
        expect(page.locator("#promise")).to_contain_text("Answered in the time we gave")
    ewa = f"ewa@{SCHOOL}.example.org"
    wait_until(lambda: [one for one in outside.to(ewa) if "of course" in plain_words(one)], 30)


@pytest.mark.clause("2.2-T8c")
def test_a_worry_on_a_phone_reaches_the_safeguarding_lead_and_shows_nowhere_else(
    house: House, outside: Outside, browser: Browser
) -> None:
    words = "She said that she is afraid to go home."
    with visit(browser, PHONE) as page:
        enter(page, house.address, "rania")
        page.get_by_role("link", name="Worried about a child’s safety?").click()
        page.get_by_label("What worries you").fill(words)
        page.get_by_role("button", name="Tell the safeguarding lead now").click()
        expect(page.locator("main")).to_contain_text("Nobody has read it yet.")
        own = page.url
        page.goto(f"{house.address}/{SCHOOL}/")
        assert words not in page.content()
        with visit(browser, DESK) as desk:
            enter(desk, house.address, "helen")
            desk.goto(f"{house.address}/{SCHOOL}/sealed/")
            desk.get_by_role("link", name="Open and read").first.click()
            expect(desk.locator("main")).to_contain_text(words)
        page.goto(own)
        expect(page.locator("main")).to_contain_text("The safeguarding lead has read it.")
    with visit(browser, DESK) as desk:
        enter(desk, house.address, "lena")
        answer = desk.goto(f"{house.address}/{SCHOOL}/sealed/")
        assert answer is not None and answer.status == 404
    alert = wait_until(lambda: outside.to(f"helen@{SCHOOL}.example.org"), 30)[-1]
    assert words not in alert.as_string() and "Leila" not in alert.as_string()
