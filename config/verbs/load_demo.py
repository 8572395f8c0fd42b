"""`schoolgate load-demo`: two schools of fictional people, into a demo database and only once."""

from django.conf import settings

from schoolgate.rehearsal.loading import load
from schoolgate.school.clock import now


def main(arguments: list[str]) -> int:
    """Load what is not there yet; refuses a database that is not a demo."""
    if not settings.DEMO:
        print("This is not a demo, so no fictional people are put into it.")
        return 1
    print(f"Schools loaded: {load(now())}")
    return 0
