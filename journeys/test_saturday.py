"""A parent raises a concern at 23:00 on a Saturday; what each person sees then, and on Monday.

In a house whose clock the journey sets.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from journeys.clock import Clock
from journeys.house import SCHOOL, House, ground, wait_until
from journeys.test_accessible import violations
from journeys.visitor import DESK, PHONE, enter, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
SATURDAY = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
WORDS = "He said that he is afraid to go to his uncle on Sunday."
ALERT = "Please sign in to Schoolgate now"
# A place that each of them comes to first, and every list where it could show.
OTHERS = {
    "piotr": ("",),
    "nina": ("",),
    "priya": ("to-answer/", "conversations/?q=afraid", "announcements/", "passed/"),
    "joan": ("to-answer/", "conversations/?q=afraid", "tray/", "not-reached/", "calls/"),
    "grace": ("to-answer/", "sealed/"),
}


@pytest.fixture(scope="module")
def on_saturday() -> Iterator[tuple[House, Clock]]:
    """A house on its own clock."""
    with ground() as data:
        clock = Clock(data, SATURDAY)
        house = House(data, **clock.setting)
        yield house, clock
        house.kill()


def sees(page: Page, words: str, axe: str, width: int) -> None:
    """Words stand on the page, axe-core finds nothing, nothing scrolls sideways."""
    page.get_by_text(words).first.wait_for()
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def letters(browser: Browser, house: House) -> list[str]:
    """Every alert sent until now; none says a word of what it is about."""
    with visit(browser, DESK) as page:
        page.goto(f"{house.address}/outbox/")
        found = page.locator("article", has_text=ALERT).all_inner_texts()
    assert not any(word in one for one in found for word in ("afraid", "Kuba", "Ewa"))
    return found


def alerted(browser: Browser, house: House) -> set[str]:
    """Who has been sent an alert until now."""
    return {one.split("To ")[1].split("@")[0] for one in letters(browser, house)}


def notice_nothing(browser: Browser, house: House) -> None:
    """Whoever is not told sees no word of it anywhere that they come."""
    for key, places in OTHERS.items():
        with visit(browser, DESK) as page:
            enter(page, house.address, key)
            for place in places:
                page.goto(f"{house.address}/{SCHOOL}/{place}")
                assert "afraid to go" not in page.content(), (key, place)
                if place == "sealed/":
                    page.get_by_text("There is nothing here for you to read.").wait_for()


@pytest.mark.clause("2.2-T8c")
def test_a_concern_at_23_on_a_saturday_from_the_phone_to_its_reading_on_monday(
    on_saturday: tuple[House, Clock], axe: str, browser: Browser
) -> None:
    house, clock = on_saturday
    clock.set(SATURDAY)
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        page.goto(f"{house.address}/{SCHOOL}/worried/")
        sees(page, "Nobody at school is reading this at the moment.", axe, PHONE)
        assert page.get_by_role("link", name="Ring 999").is_visible()
        assert "Kent children’s services" in page.locator("#danger").locator("..").inner_text()
        page.locator("#id_words").fill(WORDS)
        page.locator("#id_pupil").select_option(label="Kuba Malinowski")
        page.get_by_role("button", name="Tell the safeguarding lead now").click()
        sees(page, "Nobody has read it yet.", axe, PHONE)
        own = page.url
        page.goto(f"{house.address}/{SCHOOL}/")
        assert "afraid" not in page.content()
    with visit(browser, PHONE) as page:  # a parent of the other school has the address
        enter(page, house.address, "mia", "trent-acres")
        answer = page.goto(own)
        assert answer is not None and answer.status == 404
    told = {"helen", "sam", "ruth"}
    wait_until(lambda: alerted(browser, house) == told, 60)
    notice_nothing(browser, house)
    with visit(browser, DESK) as page:
        enter(page, house.address, "ruth")
        page.goto(f"{house.address}/{SCHOOL}/sealed/")
        sees(page, "Not read yet", axe, DESK)
        sees(page, "everybody, until you have read the concern", axe, DESK)

    clock.set(SATURDAY + timedelta(hours=20))  # it climbs in safeguarding hours alone
    assert alerted(browser, house) == told
    assert len(letters(browser, house)) == len(told)
    clock.set(MONDAY + timedelta(seconds=20))  # they began at 07:30: unread for 15 minutes
    wait_until(lambda: len(letters(browser, house)) == 2 * len(told), 60)
    notice_nothing(browser, house)
    with visit(browser, DESK) as page:
        enter(page, house.address, "helen")
        page.goto(f"{house.address}/{SCHOOL}/sealed/")
        page.get_by_role("link", name="Open and read").first.click()
        sees(page, WORDS, axe, DESK)
        page.goto(f"{house.address}/{SCHOOL}/sealed/")
        sees(page, "Nothing is held.", axe, DESK)
    with visit(browser, PHONE) as page:
        enter(page, house.address, "ewa")
        page.goto(own)
        sees(page, "The safeguarding lead has read it.", axe, PHONE)
    clock.set(MONDAY + timedelta(hours=2))
    assert "grace" not in alerted(browser, house)
    notice_nothing(browser, house)
