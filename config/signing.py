"""DKIM by the environment: our own key and its selector, or only what the mail host signs with."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from config import env


@dataclass(frozen=True)
class Signing:
    """Who signs: with a path to a key we do, without one the mail host does."""

    domain: str
    selector: str
    key: str


def read() -> Signing:
    """What the environment says. Raises BadEnvironment where it can't be signed with."""
    found = Signing(
        env.text("SCHOOLGATE_DKIM_DOMAIN").strip().lower(),
        env.text("SCHOOLGATE_DKIM_SELECTOR").strip(),
        env.text("SCHOOLGATE_DKIM_KEY").strip(),
    )
    if found.key:
        _check_key(found.key)
    if found.key and not (found.domain and found.selector):
        raise env.BadEnvironment(
            "SCHOOLGATE_DKIM_KEY is set, so SCHOOLGATE_DKIM_DOMAIN and SCHOOLGATE_DKIM_SELECTOR "
            "have to say where its public half is published. Please set both."
        )
    return found


def _check_key(path: str) -> None:
    try:
        key = load_pem_private_key(Path(path).read_bytes(), password=None)
    except OSError as error:
        raise env.BadEnvironment(
            f"SCHOOLGATE_DKIM_KEY is {path!r}, which can't be read: {error.strerror}."
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise env.BadEnvironment(
            f"SCHOOLGATE_DKIM_KEY is {path!r}, which is not an RSA key in PEM without a password. "
            "Please make one: openssl genrsa -out dkim.pem 2048"
        )
