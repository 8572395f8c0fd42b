"""Files: who keeps bytes and who lets go of the same bytes do not undo each other."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import threading
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from schoolgate.rehearsal.cast import assemble
from schoolgate.school import files
from schoolgate.school.models import School, StoredFile
from schoolgate.school.tenancy import one_school

BYTES = b"a picture with its place"


@pytest.fixture
def school(transactional_db: None) -> School:
    """A school whose rows other connections see."""
    with transaction.atomic():
        return assemble("medway-green", timezone.now()).school


def path_of(school: School, stored: StoredFile) -> Path:
    """Where the bytes lie."""
    return Path(default_storage.path(files.name_of(school.pk, stored.digest)))


def test_bytes_that_no_row_needs_are_gone_once_that_is_committed(school: School) -> None:
    with one_school(school.pk):
        stored = files.keep(school=school, content=BYTES)
    path = path_of(school, stored)
    with one_school(school.pk):
        files.forget_unless_used(stored)
        assert path.exists()
    assert not path.exists()


def test_bytes_that_somebody_keeps_at_this_moment_stay(school: School) -> None:
    with one_school(school.pk):
        stored = files.keep(school=school, content=BYTES)
    holding, over = threading.Event(), threading.Event()

    def keep_again() -> None:
        with one_school(school.pk):
            files.keep(school=school, content=BYTES)
            holding.set()
            over.wait(10)
        connection.close()

    other = threading.Thread(target=keep_again)
    other.start()
    assert holding.wait(10)
    with one_school(school.pk):
        files.forget_unless_used(stored)
    over.set()
    other.join()
    with one_school(school.pk):
        assert files.read(StoredFile.objects.get(digest=stored.digest)) == BYTES
