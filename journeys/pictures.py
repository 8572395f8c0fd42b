"""`python -m journeys.pictures`: take the pictures of the docs anew, from a fresh demo."""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from config import env
from journeys.clock import Clock
from journeys.house import SCHOOL, House
from journeys.test_accessible_post import send
from journeys.visitor import DESK, PHONE, enter, launch, visit

FOLDER = env.ROOT / "docs" / "pictures"
URGENT = "School closes at 12:00 today"
COAT = "The coat"
MONDAY = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
OTHER = "trent-acres"
A_MINUTE_OF_THE_WORKER = 75  # seconds: until what is late has been taken further
# name, width, who, which page, what to press there
PICTURES = (
    ("home", PHONE, "hannah", "", ""),
    ("conversation", PHONE, "ewa", "", "A quieter way in"),
    ("write", PHONE, "hannah", "write/", ""),
    ("urgent", PHONE, "ewa", "urgent/", ""),
    ("worried", PHONE, "ewa", "worried/", ""),
    ("to-answer", DESK, "priya", "to-answer/", ""),
    ("to-answer-phone", PHONE, "priya", "to-answer/", ""),
    ("team-conversation", DESK, "priya", "conversations/", "A quieter way in"),
    ("tray", DESK, "joan", "tray/", ""),
    ("people", DESK, "joan", "people/", ""),
    ("calendar", DESK, "joan", "calendar/", ""),
    ("composer", DESK, "joan", "announcements/new/?template=closure", ""),
    ("composer-phone", PHONE, "priya", "announcements/new/?template=trip", ""),
    ("announcement", DESK, "joan", "announcements/", URGENT),
    ("announcement-phone", PHONE, "joan", "announcements/", URGENT),
    ("from-school", DESK, "ewa", "from-school/", "A morning in the woods"),
    ("from-school-phone", PHONE, "ewa", "from-school/", "A morning in the woods"),
    ("preferences", DESK, "ewa", "how-we-write/", ""),
    ("preferences-phone", PHONE, "ewa", "how-we-write/", ""),
    ("asked-the-head", PHONE, "nina", "", COAT),
    ("taken-further", DESK, "ruth", "escalated/", ""),
    ("taken-further-one", DESK, "ruth", "escalated/", COAT),
    ("away-and-cover", DESK, "joan", "absences/", ""),
    ("log-a-call", DESK, "joan", "new-call/", ""),
    ("sealed", DESK, "helen", "sealed/", ""),
    ("who-collects", DESK, "joan", "for-today/pick-ups/", ""),
    ("good-news", DESK, "priya", "good-news/", ""),
    ("told-today", PHONE, "priya", "told-today/new/", ""),
    ("drill", DESK, "ruth", "drills/head-away/", ""),
)
# Each desk by who sits there: as it is on a busy day, when things are late, and with nothing on it.
DESKS = (
    ("office", DESK, "joan", "carol", "for-today/"),
    ("head", DESK, "ruth", "marcus", "head/"),
    ("team", DESK, "priya", "owen", "to-answer/"),
    ("team-phone", PHONE, "priya", "owen", "for-today/"),
    ("group", DESK, "grace", "grace", "group/"),
    ("family", PHONE, "hannah", "mia", ""),
)


def main() -> int:
    """Start a demo, walk through it, keep the pictures, and end it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        Path(folder).chmod(0o755)
        clock = Clock(Path(folder), MONDAY)
        house, browser = House(Path(folder), **clock.setting), launch(playwright)
        try:
            announce(house, browser)
            arrive(house)
            take_further(house, browser)
            worry(house, browser)
            for picture in PICTURES:
                take(house, browser, *picture)
            take_desks(house, browser, "busy")
            clock.set(MONDAY + timedelta(hours=4))
            time.sleep(A_MINUTE_OF_THE_WORKER)
            take_desks(house, browser, "late")
        finally:
            browser.close()
            house.stop()
    return 0


def arrive(house: House) -> None:
    """Have mail in the tray: a stranger's, with words that worry, and an answer by a new mail."""
    nina = f"nina@{SCHOOL}.example.org"
    send(house, "friend@example.net", "Please look into this", "Noah says his uncle hits him.")
    send(house, "gran@example.com", "His bag", "Noah left his bag at ours.")
    send(house, nina, "Re: Lunch", "As I said, he comes home hungry.")


def take_further(house: House, browser: Browser) -> None:
    """A parent asks the headteacher, and a colleague is away with cover."""
    with visit(browser, PHONE) as page:
        enter(page, house.address, "nina")
        page.goto(f"{house.address}/{SCHOOL}/write/")
        page.locator("#id_subject").fill(COAT)
        page.locator("#id_body").fill("He came home without his coat, for the third time.")
        page.get_by_role("button", name="Send to the school").click()
        page.get_by_role("button", name="Ask the headteacher").click()
    with visit(browser, DESK) as page:
        enter(page, house.address, "joan")
        page.goto(f"{house.address}/{SCHOOL}/absences/")
        page.locator("#id_member").select_option(label="Lena Kovac")
        page.locator("#id_from_day").fill("2026-11-23")
        page.locator("#id_until_day").fill("2026-11-25")
        page.locator("#id_cover").select_option(label="Priya Nair")
        page.get_by_role("button", name="Record it").click()


def worry(house: House, browser: Browser) -> None:
    """A parent raises a concern."""
    with visit(browser, PHONE) as page:
        enter(page, house.address, "hannah")
        page.goto(f"{house.address}/{SCHOOL}/worried/")
        page.locator("#id_words").fill("Ivy says that somebody waits for her at the gate.")
        page.locator("#id_pupil").select_option(label="Ivy Hale")
        page.get_by_role("button", name="Tell the safeguarding lead now").click()


def announce(house: House, browser: Browser) -> None:
    """Have something on its way: the office sends what is urgent, and asks to confirm it."""
    with visit(browser, DESK) as page:
        enter(page, house.address, "joan")
        page.goto(f"{house.address}/{SCHOOL}/announcements/new/")
        page.get_by_label("Subject").fill(URGENT)
        page.get_by_label("Message").fill("The heating has failed. Taxis come at 12:00.")
        page.get_by_label("What it asks").select_option("confirm")
        page.get_by_label("The whole school").check()
        page.locator("[name='is_urgent']").check()
        page.get_by_role("button", name="Show who gets it").click()
        page.get_by_role("button", name="Send to 10 people").click()


def take_desks(house: House, browser: Browser, how: str) -> None:
    """Every desk as it looks at this moment; beside the busy ones those with little on them."""
    for name, width, who, elsewhere, path in DESKS:
        take(house, browser, f"desk-{name}-{how}", width, who, path, "")
        if how == "busy":
            take(house, browser, f"desk-{name}-empty", width, elsewhere, path, "", OTHER)


def take(
    house: House,
    browser: Browser,
    name: str,
    width: int,
    who: str,
    path: str,
    press: str,
    school: str = SCHOOL,
) -> None:
    """One picture of one page, whole."""
    with visit(browser, width) as page:
        enter(page, house.address, who, school)
        page.goto(f"{house.address}/{school}/{path}")
        if press:
            thread = page.get_by_role("link", name=press).first
            page.goto(house.address + str(thread.get_attribute("href")))
        # As high as the page, so that the dock lies below its words and not on them.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main())
