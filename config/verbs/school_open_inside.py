"""The part of `schoolgate school open` that needs Django."""

import argparse
import difflib
import sys

from django.conf import settings as django_settings
from django.db import transaction

from schoolgate.accounts.actions.opening import Opened, open_school
from schoolgate.accounts.errors import AccountsError
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.settings import SchoolSettings


def open_it(settings: SchoolSettings, text: str, chosen: argparse.Namespace) -> int:
    """Open it, say what was done, and print the card; 1 if it can't be."""
    is_new = not School.objects.filter(slug=settings.slug).exists()
    if is_new and not chosen.office_name:
        print(
            "A new school needs somebody in the office: --office-name and, for codes by email, "
            "--office-email.",
            file=sys.stderr,
        )
        return 1
    try:
        with transaction.atomic():
            opened = open_school(
                settings=settings,
                text=text,
                office_name=chosen.office_name,
                office_email=chosen.office_email,
                at=now(),
            )
    except AccountsError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(in_words(opened, text, chosen.office_name)))
    return 0


def in_words(opened: Opened, text: str, office_name: str) -> list[str]:
    """What was done, and the card; it is shown this once."""
    lines = [
        f"{opened.school.name} is open: {django_settings.PUBLIC_ADDRESS}/{opened.school.slug}/"
    ]
    if opened.before:
        differs = list(
            difflib.unified_diff(
                opened.before.splitlines(), text.splitlines(), "before", "now", lineterm="", n=1
            )
        )
        lines = differs or ["The settings are the same as before."]
    if opened.code:
        lines += [
            "",
            f"A card for {office_name}, good once and for 14 days; it is shown only now:",
            f"  {django_settings.PUBLIC_ADDRESS}/account/card/",
            f"  {opened.code}",
        ]
    return lines
