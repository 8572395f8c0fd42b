"""School sign-on by OpenID Connect, switched on by the environment (Entra, Google, any other)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from config import env

# An address out of these would let anybody's tenant claim anybody's address.
ANY_TENANT = ("/common", "/organizations", "/consumers")


@dataclass(frozen=True)
class SignOn:
    """The provider as allauth wants it, and where its pages come from."""

    apps: list[dict[str, Any]]
    origins: list[str]


def read() -> SignOn | None:
    """The school sign-on of this installation, or none; stops the start where it is half set.

    SCHOOLGATE_OIDC_SERVER, _CLIENT, _SECRET, _NAME, and _DOMAINS: the addresses in which the
    provider is believed. Entra must be one tenant's own address.
    """
    server = env.text("SCHOOLGATE_OIDC_SERVER")
    if not server:
        return None
    client, secret = env.text("SCHOOLGATE_OIDC_CLIENT"), env.text("SCHOOLGATE_OIDC_SECRET")
    domains = env.words("SCHOOLGATE_OIDC_DOMAINS")
    if not (client and secret and domains):
        raise env.BadEnvironment(
            "SCHOOLGATE_OIDC_SERVER is set. School sign-on also needs SCHOOLGATE_OIDC_CLIENT, "
            "SCHOOLGATE_OIDC_SECRET and SCHOOLGATE_OIDC_DOMAINS, such as school.example."
        )
    parts = urlsplit(server)
    if parts.scheme != "https" or any(word in parts.path for word in ANY_TENANT):
        raise env.BadEnvironment(
            f"SCHOOLGATE_OIDC_SERVER is {server!r}. Please write the https address of your own "
            "tenant; one that takes everybody's would let in whoever claims an address."
        )
    app = {
        "provider_id": "school",
        "name": env.text("SCHOOLGATE_OIDC_NAME", "school sign-on"),
        "client_id": client,
        "secret": secret,
        "settings": {
            "server_url": server,
            "verified_email": domains,
            "email_authentication": True,
        },
    }
    return SignOn([app], [f"{parts.scheme}://{parts.netloc}"])
