"""No process of ours is root, and none has a right that it does not need."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from config import env
from config.machine import place, privileges
from config.machine.errors import RightsError, TakenError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")
DROP = """
import sys
from pathlib import Path
from config.machine import privileges
privileges.drop(privileges.service_user(), must_read=[Path(sys.argv[1])])
print(open("/proc/self/status").read())
"""


def nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def after_dropping(must_read: Path) -> dict[str, str]:
    """What the kernel says of a process that gave up its rights."""
    done = subprocess.run(
        [sys.executable, "-c", DROP, str(must_read)], cwd=env.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    lines = (line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)
    return {name: value.strip() for name, value in lines}


@as_root
def test_root_becomes_a_user_with_no_right_at_all() -> None:
    status = after_dropping(Path("/etc/passwd"))
    assert set(status["Uid"].split()) == {str(privileges.service_user().pw_uid)}
    assert int(status["CapEff"], 16) == int(status["CapPrm"], 16) == 0
    assert status["NoNewPrivs"] == "1"


@as_root
def test_only_the_right_to_read_is_kept_where_the_code_is_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    status = after_dropping(closed)
    assert set(status["Uid"].split()) == {str(privileges.service_user().pw_uid)}
    only_reading = 1 << privileges.CAP_DAC_READ_SEARCH
    for name in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
        assert int(status[name], 16) == only_reading


@as_root
def test_a_user_that_does_not_exist_or_is_root_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, words in (("no-such-user", "There is no user"), ("root", "root itself")):
        monkeypatch.setenv("SCHOOLGATE_USER", name)
        with pytest.raises(RightsError, match=words):
            privileges.service_user()


def test_a_closed_folder_above_puts_a_file_out_of_reach(folder: Path) -> None:
    folder.chmod(0o755)
    file = folder / "above" / "code.py"
    file.parent.mkdir(mode=0o755)
    file.write_text("")
    file.chmod(0o644)
    assert privileges.can_reach(file, nobody())
    folder.chmod(0o700)
    file.parent.chmod(0o700)
    os.chown(file.parent, os.geteuid(), os.getegid())
    assert not privileges.can_reach(file, nobody())


@as_root
def test_a_folder_that_the_user_cannot_get_to_is_replaced_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o700)
    chosen = place.choose("demo", tmp_path / "data", nobody())
    assert chosen.parent == place.SHARED
    assert f"The user nobody can't get to {tmp_path / 'data'}" in capsys.readouterr().out


@as_root
def test_a_folder_with_somebodys_files_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(RightsError, match="belongs to root, not to nobody"):
        place.make_private(tmp_path, nobody())


def test_a_folder_that_cannot_be_made_is_a_sentence() -> None:
    with pytest.raises(place.MachineError, match=r"can't be used.*DATA="):
        place.make_private(Path("/proc/nothing/here"), nobody())


def test_a_data_folder_is_held_by_one(tmp_path: Path) -> None:
    assert not place.is_held(tmp_path)
    with place.held(tmp_path):
        assert place.is_held(tmp_path)
        with pytest.raises(TakenError, match="already working"), place.held(tmp_path):
            pass
    assert not place.is_held(tmp_path)
