"""With which keys something may have been signed: the one in use, and those before for a while."""

from django.conf import settings

from schoolgate.school.clock import now


def good_keys() -> list[str]:
    """The keys that count today, the one in use first: what is made is signed with that one."""
    today = now().date()
    before = (one for one in settings.SECRET_KEYS[1:] if one.until and one.until >= today)
    return [settings.SECRET_KEY, *(one.key for one in before)]


def first_key() -> str:
    """The very first key, which what is never made anew was made of."""
    first: str = settings.SECRET_KEYS[-1].key
    return first
