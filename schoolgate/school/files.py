"""Files by content hash in one Django storage: a folder now, shared storage on many machines."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from schoolgate.school.errors import StorageFull
from schoolgate.school.models import School, StoredFile


def name_of(school_id: int, digest: str) -> str:
    """The name in the storage: one folder a school, so that no school's bytes tell of another's."""
    return f"{school_id}/{digest[:2]}/{digest}"


def keep(*, school: School, content: bytes) -> StoredFile:
    """Store bytes once and give their row; the row comes after the fsync.

    Raises StorageFull when the disk takes no more; nothing is half kept then.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = StoredFile.objects.filter(school=school, digest=digest).first()
    if known and default_storage.exists(name_of(school.pk, digest)):
        return known
    _write(name_of(school.pk, digest), content)
    row, _ = StoredFile.objects.get_or_create(
        school=school, digest=digest, defaults={"size": len(content)}
    )
    return row


def read(stored: StoredFile) -> bytes:
    """The bytes as they came."""
    with default_storage.open(name_of(stored.school_id, stored.digest)) as source:
        return bytes(source.read())


def _write(name: str, content: bytes) -> None:
    try:
        if isinstance(default_storage, FileSystemStorage):
            _write_durably(Path(default_storage.path(name)), content)
        elif not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
    except OSError as refusal:
        raise StorageFull from refusal


def _write_durably(path: Path, content: bytes) -> None:
    """A temporary name, fsync, rename, fsync of the folder: a crash leaves all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{id(content)}")
    try:
        with draft.open("wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
