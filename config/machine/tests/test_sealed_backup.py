"""A backup is sealed for a key that is kept elsewhere, and holds no live sessions."""

import io
from pathlib import Path

import psycopg
import pytest

from config.machine import sealed_file
from config.machine.postgres import OWNER, Postgres
from config.machine.sealed_file import PIECE, SealError
from config.machine.tests.test_backup import empty, school, verb

__all__ = ["empty", "school"]  # fixtures


def sealed(words: bytes, public: str) -> bytes:
    """What a file of these words is when it is sealed."""
    into = io.BytesIO()
    sealed_file.seal(io.BytesIO(words), into, public)
    return into.getvalue()


def opened(octets: bytes, private: str) -> bytes:
    """What comes out of a sealed file."""
    into = io.BytesIO()
    sealed_file.open_sealed(io.BytesIO(octets), into, private)
    return into.getvalue()


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_comes_out_as_it_was(length: int) -> None:
    private, public = sealed_file.new_pair()
    words = bytes(range(256)) * (length // 256 + 1)
    assert opened(sealed(words[:length], public), private) == words[:length]


def test_another_key_opens_nothing() -> None:
    _, public = sealed_file.new_pair()
    other, _ = sealed_file.new_pair()
    with pytest.raises(SealError):
        opened(sealed(b"Dear family", public), other)


@pytest.mark.parametrize("cut", [1, 20, PIECE, PIECE + 16])
def test_what_was_cut_off_or_changed_is_known(cut: int) -> None:
    private, public = sealed_file.new_pair()
    whole = sealed(b"a" * (2 * PIECE + 5), public)
    with pytest.raises(SealError):
        opened(whole[:-cut], private)
    changed = whole[:-cut] + bytes([whole[-cut] ^ 1]) + whole[len(whole) - cut + 1 :]
    with pytest.raises(SealError):
        opened(changed, private)


def test_pieces_that_changed_places_are_known() -> None:
    private, public = sealed_file.new_pair()
    whole = sealed(b"a" * PIECE + b"b" * PIECE + b"c", public)
    head = len(sealed_file.BEGINS) + 32
    one, two = whole[head : head + PIECE + 16], whole[head + PIECE + 16 : head + 2 * (PIECE + 16)]
    with pytest.raises(SealError):
        opened(whole[:head] + two + one + whole[head + 2 * (PIECE + 16) :], private)


@pytest.mark.parametrize("words", ["", "no key", "schoolgate-public-", "schoolgate-private-AAAA"])
def test_what_is_no_key_is_said(words: str) -> None:
    with pytest.raises(SealError, match="no key of a backup"):
        sealed(b"x", words)


def test_without_a_key_no_backup_is_written(school: Path, tmp_path: Path) -> None:
    done = verb("backup", tmp_path / "now", "--data", school)
    assert done.returncode == 1 and "schoolgate backup-key" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_sealed_backup_is_restored_with_its_key_alone_and_without_sessions(
    school: Path, empty: Path, tmp_path: Path
) -> None:
    postgres = Postgres(school)
    postgres.start()
    with psycopg.connect(postgres.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE django_session (session_key text)")
        owner.execute("INSERT INTO django_session VALUES ('somebody signed in')")
    file, key = tmp_path / "school.backup", tmp_path / "kept-elsewhere"
    assert verb("backup-key", key, "--data", school).returncode == 0
    assert key.stat().st_mode & 0o777 == 0o600
    assert verb("backup", file, "--data", school).returncode == 0
    for word in (b"a photo", b"Dear family", b"somebody signed in"):
        assert word not in file.read_bytes()
    assert "--key" in verb("restore", file, "--data", empty).stderr
    other = tmp_path / "another"
    other.write_text(sealed_file.new_pair()[0])
    assert "another key" in verb("restore", file, "--key", other, "--data", empty).stderr
    assert verb("restore", file, "--key", key, "--data", empty).returncode == 0
    assert (empty / "files" / "ab" / "cdef").read_text() == "a photo"
    restored = Postgres(empty)
    restored.start()
    with psycopg.connect(restored.url(OWNER), autocommit=True) as owner:
        assert owner.execute("SELECT count(*) FROM letters").fetchone() == (2,)
        assert owner.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
