"""One demo house, one outside mail server and one browser for all journeys of a process."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from config.machine import test_tools
from journeys.house import House, Outside, ground
from journeys.visitor import launch, one_face


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    """The mail server of the outside world."""
    server = Outside()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def house(outside: Outside) -> Iterator[House]:
    """A demo that sends its email to the outside mail server."""
    with ground() as folder:
        running = House(folder, outside.url)
        yield running
        assert running.stop() == 0


@pytest.fixture(scope="session")
def player() -> Iterator[Playwright]:
    """What starts browsers; under CI a missing Chromium is a failure."""
    if test_tools.browser() is None and not os.environ.get("CI"):
        pytest.skip("There is no Chromium here; make test installs it where it may.")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(player: Playwright) -> Iterator[Browser]:
    """The machine's Chromium, with whatever faces the machine has."""
    opened = launch(player)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser_of_one_face(
    player: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """The same Chromium on a machine that has one face, as tall as any: sizes hold there too."""
    opened = launch(player, faces=one_face(tmp_path_factory.mktemp("faces")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker, as text to run in a page."""
    path = Path(test_tools.AXE)
    if not path.exists() and not os.environ.get("CI"):
        pytest.skip("axe-core is not here; make test installs it where npm is.")
    return path.read_text()
