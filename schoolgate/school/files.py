"""Files by content hash in one Django storage: a folder now, shared storage on many machines."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from schoolgate.school.errors import StorageFull
from schoolgate.school.models import School, StoredFile
from schoolgate.school.tenancy import one_school


def name_of(school_id: int, digest: str) -> str:
    """The name in the storage: one folder a school, so that no school's bytes tell of another's."""
    return f"{school_id}/{digest[:2]}/{digest}"


def keep(*, school: School, content: bytes) -> StoredFile:
    """Store bytes once and give their row; the row comes after the fsync.

    Raises StorageFull when the disk takes no more; nothing is half kept then.
    """
    digest = hashlib.sha256(content).hexdigest()
    _lock("pg_advisory_xact_lock_shared", name_of(school.pk, digest))
    known = StoredFile.objects.filter(school=school, digest=digest).first()
    if known and default_storage.exists(name_of(school.pk, digest)):
        return known
    _write(name_of(school.pk, digest), content)
    if known:
        return known
    try:
        with transaction.atomic():
            return StoredFile.objects.create(school=school, digest=digest, size=len(content))
    except IntegrityError:  # the same bytes came twice at once
        return StoredFile.objects.get(school=school, digest=digest)


def read(stored: StoredFile) -> bytes:
    """The bytes as they came."""
    with default_storage.open(name_of(stored.school_id, stored.digest)) as source:
        return bytes(source.read())


def forget_unless_used(stored: StoredFile) -> None:
    """Let go of bytes that no row needs any more; the bytes go once that is committed.

    Where somebody else keeps the same bytes at this moment, they stay.
    """
    name = name_of(stored.school_id, stored.digest)
    if not _lock("pg_try_advisory_xact_lock", name):
        return
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return
    transaction.on_commit(lambda: _remove(name))


def _remove(name: str) -> None:
    """Unless the same bytes have come again in the meantime."""
    school, _, digest = name.split("/")
    with one_school(int(school)):
        _lock("pg_advisory_xact_lock", name)
        if not StoredFile.objects.filter(school_id=int(school), digest=digest).exists():
            default_storage.delete(name)


def _lock(kind: str, name: str) -> bool:
    """Until the transaction ends: who keeps some bytes and who removes them wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {kind}(hashtextextended(%s, 5))", [name])
        (answer,) = cursor.fetchone() or (False,)
    return answer is not False


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
