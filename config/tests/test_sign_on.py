"""School sign-on is off, or set up whole and for one tenant."""

import pytest

from config import sign_on
from config.env import BadEnvironment

WHOLE = {
    "SERVER": "https://login.microsoftonline.com/0f1e/v2.0",
    "CLIENT": "a",
    "SECRET": "b",
    "DOMAINS": "school.example",
}


def setting(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"SCHOOLGATE_OIDC_{name}", value)


def test_it_is_off_by_default() -> None:
    assert sign_on.read() is None


def test_it_believes_the_providers_addresses_in_the_schools_domains_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    setting(monkeypatch, **WHOLE)
    found = sign_on.read()
    assert found is not None
    assert found.apps[0]["settings"]["verified_email"] == ["school.example"]
    assert found.origins == ["https://login.microsoftonline.com"]


@pytest.mark.parametrize(
    "change",
    [
        {"SECRET": ""},
        {"DOMAINS": ""},
        {"SERVER": "https://login.microsoftonline.com/common/v2.0"},
        {"SERVER": "http://sign-on.example"},
    ],
)
def test_half_a_setting_or_everybodys_tenant_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    setting(monkeypatch, **WHOLE | change)
    with pytest.raises(BadEnvironment):
        sign_on.read()
