"""`schoolgate load-demo`: two schools of fictional people, into a demo database and only once."""

from django.conf import settings
from django.utils import timezone

from schoolgate.rehearsal.loading import load


def main(arguments: list[str]) -> int:
    """Load what is not there yet; refuses a database that is not a demo."""
    if not settings.DEMO:
        print("This is not a demo, so no fictional people are put into it.")
        return 1
    print(f"Schools loaded: {load(timezone.now())}")
    return 0
