"""What recurs: one school's trouble is nobody else's."""

from datetime import datetime

import pytest

from config.schedule import for_every_school
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.models import School


def test_a_verb_that_fails_holds_up_no_other_verb_and_no_other_school(
    medway: Cast, trent: Cast
) -> None:
    ran: list[tuple[str, str]] = []

    def fails(school: School, at: datetime) -> None:
        ran.append(("fails", school.slug))
        raise KeyError("a mistake of ours")

    def works(school: School, at: datetime) -> None:
        ran.append(("works", school.slug))

    with pytest.raises(ExceptionGroup):
        for_every_school(fails, works)
    slugs = [medway.school.slug, trent.school.slug]
    assert sorted(ran) == sorted((verb, slug) for verb in ("fails", "works") for slug in slugs)
