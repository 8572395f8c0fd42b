"""One unprivileged user for every process, with no right more than it needs.

See docs/decisions/0002-privileges.md. The numbers are those of the Linux kernel's own headers.
"""

import ctypes
import os
import pwd
import signal
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from config.machine.errors import RightsError

SET_PARENT_DEATH_SIGNAL = 1
SET_NAME = 15
KEEP_CAPABILITIES = 8
NO_NEW_PRIVILEGES = 38
AMBIENT = 47
AMBIENT_RAISE = 2
AMBIENT_CLEAR = 4
CAP_DAC_READ_SEARCH = 2
CAPABILITY_VERSION_3 = 0x20080522

LINUX = sys.platform.startswith("linux")
# Loaded once, early: the calls below also run between fork and exec, where nothing may be imported.
LIBC = ctypes.CDLL(None, use_errno=True)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Data(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def is_root() -> bool:
    """Whether this process still has every right."""
    return os.geteuid() == 0


def service_user() -> pwd.struct_passwd:
    """The user that every process runs as: this one, or for root the unprivileged one."""
    if not is_root():
        return pwd.getpwuid(os.geteuid())
    wanted = os.environ.get("SCHOOLGATE_USER", "").strip()
    for name in [wanted] if wanted else ["schoolgate", "nobody"]:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if user.pw_uid == 0:
            raise RightsError(
                f"SCHOOLGATE_USER is {name}, which is root itself. Please name another."
            )
        return user
    raise RightsError(
        f"There is no user {wanted or 'nobody'!r} here, and Schoolgate does not run as root: set "
        "SCHOOLGATE_USER to a user that exists, or start it as an ordinary user."
    )


def can_reach(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether this user may read the path by the permissions of it and all folders above."""
    path = Path(os.path.realpath(path))
    groups = set(os.getgrouplist(user.pw_name, user.pw_gid))
    needs = 0o5 if path.is_dir() else 0o4
    return _allows(path, user.pw_uid, groups, needs) and can_search(path.parent, user)


def can_search(folder: Path, user: pwd.struct_passwd) -> bool:
    """Whether this user may pass through the folder and all folders above it."""
    folder = Path(os.path.realpath(folder))
    groups = set(os.getgrouplist(user.pw_name, user.pw_gid))
    return all(_allows(each, user.pw_uid, groups, 0o1) for each in [folder, *folder.parents])


def _allows(path: Path, uid: int, groups: set[int], needs: int) -> bool:
    try:
        facts = path.stat()
    except OSError:
        return False
    mode = stat.S_IMODE(facts.st_mode)
    if uid in {0, facts.st_uid}:
        mode >>= 6
    elif facts.st_gid in groups:
        mode >>= 3
    return mode & needs == needs


def drop(user: pwd.struct_passwd, *, must_read: Iterable[Path]) -> None:
    """Become this user for good; keep the one right to read only where it is needed.

    `must_read` are the code and the interpreter. Raises RightsError with what to do instead.
    """
    os.umask(0o077)
    if not is_root():
        return
    closed = [path for path in must_read if not can_reach(path, user)]
    if closed and not LINUX:
        raise RightsError(_closed_sentence(user, closed))
    if closed:
        LIBC.prctl(KEEP_CAPABILITIES, 1, 0, 0, 0)
    become(user)
    if closed and not _keep_reading():
        raise RightsError(_closed_sentence(user, closed))
    if LINUX:
        LIBC.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def become(user: pwd.struct_passwd) -> None:
    """Change user and groups; without more, the kernel takes every right of root away."""
    os.initgroups(user.pw_name, user.pw_gid)
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def _keep_reading() -> bool:
    """Hold CAP_DAC_READ_SEARCH alone, ambient so that the processes we start keep it."""
    return _set_capabilities(1 << CAP_DAC_READ_SEARCH) and (
        LIBC.prctl(AMBIENT, AMBIENT_RAISE, CAP_DAC_READ_SEARCH, 0, 0) == 0
    )


def _set_capabilities(bits: int) -> bool:
    header = _Header(CAPABILITY_VERSION_3, 0)
    data = (_Data * 2)(_Data(bits, bits, bits), _Data(0, 0, 0))
    return bool(LIBC.capset(ctypes.byref(header), ctypes.byref(data)) == 0)


def _closed_sentence(user: pwd.struct_passwd, closed: list[Path]) -> str:
    return (
        f"Schoolgate does not run as root, and the user {user.pw_name} can't read {closed[0]}. "
        "Put the code and Python where that user can read them, start Schoolgate as an ordinary "
        "user, or allow the container the capability DAC_READ_SEARCH."
    )


def lose_every_right(user: pwd.struct_passwd) -> None:
    """For the database's processes, between fork and exec: no capability at all, never root."""
    if is_root():
        become(user)
    if LINUX:
        LIBC.prctl(AMBIENT, AMBIENT_CLEAR, 0, 0, 0)
        _set_capabilities(0)
        LIBC.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def end_with_parent(with_signal: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to signal this process when the one that started it ends."""
    if LINUX:
        LIBC.prctl(SET_PARENT_DEATH_SIGNAL, int(with_signal), 0, 0, 0)


def be_called(name: str) -> None:
    """Have a name of at most 15 letters in lists of processes, where commands are the same."""
    if LINUX:
        LIBC.prctl(SET_NAME, ctypes.c_char_p(name.encode()[:15]), 0, 0, 0)
