"""Where an installation keeps its data, and as which user it works."""

import fcntl
import hashlib
import os
import pwd
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import env
from config.machine import privileges
from config.machine.errors import MachineError, RightsError, TakenError

SHARED = Path("/var/lib/schoolgate")


def settle(name: str, wanted: Path | None = None) -> Path:
    """Choose and make the data folder, become the unprivileged user, and return the folder.

    `name` is the installation's (demo, school); `wanted` is DATA, where it was given.
    """
    user = privileges.service_user()
    data = choose(name, wanted, user)
    make_private(data, user)
    privileges.drop(user, must_read=[env.ROOT, Path(sys.executable), Path(os.__file__)])
    os.environ["HOME"] = str(data)
    return data


def choose(name: str, wanted: Path | None, user: pwd.struct_passwd) -> Path:
    """DATA, or var/NAME in the checkout; below /var/lib where the user can't get there."""
    data = (wanted or env.ROOT / "var" / name).absolute()
    if not privileges.is_root() or reachable_when_made(data, user):
        return data
    if wanted is None:
        return SHARED / f"{name}-{_digest(env.ROOT)}"
    instead = SHARED / _digest(data)
    print(f"The user {user.pw_name} can't get to {data}, so the data is kept in {instead}.")
    return instead


def reachable_when_made(data: Path, user: pwd.struct_passwd) -> bool:
    """Whether the user can get to a folder that may not exist yet (it will be theirs)."""
    parent = Path(os.path.realpath(data)).parent
    while not parent.exists():
        parent = parent.parent
    return privileges.can_search(parent, user)


def make_private(folder: Path, user: pwd.struct_passwd) -> None:
    """Make the folder, theirs and closed to everybody else; refuse one that is somebody else's."""
    try:
        if not folder.parent.exists():
            folder.parent.mkdir(parents=True, mode=0o755)
        folder.mkdir(mode=0o700, exist_ok=True)
        facts = folder.stat()
        if facts.st_uid != user.pw_uid:
            _take_over(folder, facts, user)
        folder.chmod(0o700)
    except OSError as error:
        raise MachineError(
            f"The data folder {folder} can't be used: {error.strerror}. Choose another with DATA=."
        ) from error


def _take_over(folder: Path, facts: os.stat_result, user: pwd.struct_passwd) -> None:
    if not privileges.is_root() or any(folder.iterdir()):
        owner = _name_of(facts.st_uid)
        raise RightsError(
            f"The data folder {folder} belongs to {owner}, not to {user.pw_name}. Start Schoolgate "
            f"as {owner}, set SCHOOLGATE_USER={owner}, or choose another folder with DATA=."
        )
    os.chown(folder, user.pw_uid, user.pw_gid)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def socket_folder(data: Path, user: pwd.struct_passwd) -> Path:
    """A private folder for the database's socket; short, since a socket's path is limited.

    In the data folder where that is short enough, else in a folder named by a digest of it.
    """
    inside = data / "socket"
    if len(os.fsencode(inside)) <= 80:
        folder = inside
    else:
        folder = Path("/tmp") / f"schoolgate-{user.pw_uid}-{_digest(data)}"
    _make_own_folder(folder, user)
    return folder


def _make_own_folder(folder: Path, user: pwd.struct_passwd) -> None:
    try:
        folder.mkdir(mode=0o700)
        if privileges.is_root():
            os.chown(folder, user.pw_uid, user.pw_gid)
    except FileExistsError:
        pass
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != user.pw_uid:
        raise RightsError(
            f"{folder} belongs to somebody else; the database can't put its socket there."
        )
    folder.chmod(0o700)


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold the data folder, so that no second supervisor works in it."""
    with (data / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TakenError(
                f"Another Schoolgate is already working in {data}. Choose another with DATA=."
            ) from error
        yield


def is_held(data: Path) -> bool:
    """Whether a supervisor works in this folder now."""
    try:
        with held(data):
            return False
    except TakenError:
        return True
