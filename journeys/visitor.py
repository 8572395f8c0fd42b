"""A person at a browser: Chromium on a phone or a desk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
from playwright.sync_api import Browser, Page, Playwright

from config.machine import test_tools
from journeys.house import SCHOOL

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK, SMALLEST = 390, 1280, 320


def one_face(folder: Path) -> Path:
    """A list of faces that names our package's alone, for a browser that asks fontconfig."""
    listed = folder / "fonts.conf"
    listed.write_text(
        f"<fontconfig><dir>{fontpkg_noto_sans.ROOT}</dir><cachedir>{folder}</cachedir></fontconfig>"
    )
    return listed


def launch(playwright: Playwright, *, faces: Path | None = None) -> Browser:
    """The machine's own Chromium, with the machine's faces or with those of a list."""
    found = test_tools.browser()
    assert found is not None, "There is no Chromium; make test installs it where it may."
    chosen = dict(os.environ) | ({"FONTCONFIG_FILE": str(faces)} if faces else {})
    return playwright.chromium.launch(executable_path=str(found), args=FLAGS, env=chosen)


@contextmanager
def visit(browser: Browser, width: int = DESK, **more: Any) -> Iterator[Page]:
    """A fresh browser window of a width."""
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < DESK else 900},
        bypass_csp=True,  # axe-core is brought along by the tests; the pages' own rule stays
        **more,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def enter(page: Page, address: str, key: str, school: str = SCHOOL) -> None:
    """Enter the demo as somebody of the cast."""
    page.goto(f"{address}/enter/")
    form = page.locator(f"form:has(input[name='school'][value='{school}'])")
    form.locator(f"button[value='{key}']").click()
    page.wait_for_url(f"**/{school}/**")
