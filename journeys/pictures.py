"""`python -m journeys.pictures`: take the pictures of the docs anew, from a fresh demo."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from config import env
from journeys.house import SCHOOL, House
from journeys.visitor import DESK, PHONE, enter, launch, visit

FOLDER = env.ROOT / "docs" / "pictures"
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
)


def main() -> int:
    """Start a demo, walk through it, keep the pictures, and end it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house, browser = House(Path(folder)), launch(playwright)
        try:
            for picture in PICTURES:
                take(house, browser, *picture)
        finally:
            browser.close()
            house.stop()
    return 0


def take(
    house: House, browser: Browser, name: str, width: int, who: str, path: str, press: str
) -> None:
    """One picture of one page, whole."""
    with visit(browser, width) as page:
        enter(page, house.address, who)
        page.goto(f"{house.address}/{SCHOOL}/{path}")
        if press:
            thread = page.get_by_role("link", name=press).first
            page.goto(house.address + str(thread.get_attribute("href")))
        page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main())
