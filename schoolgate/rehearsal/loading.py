"""Loading the rehearsal into a demo database, once."""

from datetime import datetime

from django.db import transaction

from schoolgate.rehearsal.announced import announce
from schoolgate.rehearsal.cast import assemble
from schoolgate.rehearsal.councils import keep_councils
from schoolgate.rehearsal.for_today import tell_of_today
from schoolgate.rehearsal.good_news import tell_good_news
from schoolgate.rehearsal.parts import PARTS
from schoolgate.rehearsal.scenes import play
from schoolgate.rehearsal.told_today import keep_told_today
from schoolgate.school.models import School


def load(at: datetime) -> int:
    """Both schools with people and threads, each in one transaction; how many were new (UTC)."""
    made = 0
    for slug in PARTS:
        with transaction.atomic():
            if School.objects.filter(slug=slug).exists():
                continue
            cast = assemble(slug, at)
            play(cast, at)
            announce(cast, at)
            tell_of_today(cast, at)
            keep_councils(cast, at)
            keep_told_today(cast, at)
            tell_good_news(cast, at)
            made += 1
    return made
