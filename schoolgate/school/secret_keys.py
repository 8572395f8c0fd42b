"""With which keys something may have been signed: the one in use, and those before for a while."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from schoolgate.school.clock import now


def good_keys() -> list[str]:
    """The keys that count today, the one in use first: what is made is signed with that one."""
    today = now().date()
    before = (one for one in settings.SECRET_KEYS[1:] if one.until and one.until >= today)
    return [settings.SECRET_KEY, *(one.key for one in before)]


def encrypted(text: str) -> str:
    """A secret as it is kept at rest."""
    return _PREFIX + _locks().encrypt(text.encode()).decode()


def decrypted(text: str) -> str:
    """The secret again; under any key there ever was, since what is kept has no last day.

    What was kept before secrets were encrypted is given as it is. Raises InvalidToken.
    """
    if not text.startswith(_PREFIX):
        return text
    return _locks().decrypt(text.removeprefix(_PREFIX).encode()).decode()


_PREFIX = "kept:"


def _locks() -> MultiFernet:
    return MultiFernet([Fernet(_made_of(one.key)) for one in settings.SECRET_KEYS])


def _made_of(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"schoolgate at rest" + key.encode()).digest())
