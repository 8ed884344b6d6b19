import errno
import fcntl
import os
import resource
import subprocess
import sys

import pytest

from bakhmut.base import files


def test_a_file_is_replaced_whole_and_nothing_stays_beside_it(tmp_path):
    target = tmp_path / "report.html"
    target.write_bytes(b"earlier")
    files.replace(target, b"later")
    assert target.read_bytes() == b"later"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_too_large_for_the_disk_leaves_the_earlier_one(tmp_path):
    target = tmp_path / "report.html"
    target.write_bytes(b"earlier")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError) as caught:
            files.replace(target, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.errno == errno.EFBIG
    assert target.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_run_left_is_cleared_and_other_files_are_not(tmp_path):
    target = tmp_path / "report.html"
    for name in (".report.html.12-ab.part", ".other.html.12-ab.part", "report.html.part"):
        (tmp_path / name).write_bytes(b"half")
    files.clear_parts(target)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {".other.html.12-ab.part", "report.html.part"}


def test_what_a_living_run_is_writing_stays(tmp_path):
    part = tmp_path / ".report.html.12-ab.part"
    with part.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        files.clear_parts(tmp_path / "report.html")
        assert part.exists()
    files.clear_parts(tmp_path / "report.html")
    assert not part.exists()


def test_a_link_is_followed_not_replaced(tmp_path):
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    real.write_bytes(b"earlier")
    link.symlink_to(real)
    files.replace(files.usable(link), b"later")
    assert link.is_symlink()
    assert real.read_bytes() == b"later"


def test_a_folder_that_is_missing_or_is_a_file_is_said_at_once(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for folder in ("missing", "file"):
        with pytest.raises(OSError, match="there is no folder"):
            files.usable(tmp_path / folder / "report.html")
    with pytest.raises(OSError, match="it is not a file"):
        files.usable(tmp_path)


WRITER = """
import sys
from pathlib import Path
from bakhmut.base import files
content = sys.argv[2].encode() * 200_000
while True:
    files.clear_parts(Path(sys.argv[1]))
    files.replace(Path(sys.argv[1]), content)
    print("written", flush=True)
"""


def test_two_writers_at_once_never_leave_a_mixture(tmp_path):
    target = tmp_path / "report.html"
    command = [sys.executable, "-c", WRITER, str(target)]
    writers = [
        subprocess.Popen([*command, letter], stdout=subprocess.PIPE, text=True) for letter in "ab"
    ]
    try:
        for _ in range(20):
            for writer in writers:
                assert writer.stdout.readline() == "written\n"
            assert target.read_bytes() in (b"a" * 200_000, b"b" * 200_000)
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
            writer.stdout.close()
    files.clear_parts(target)
    assert list(tmp_path.iterdir()) == [target]


def test_the_mode_of_a_new_file_is_that_of_any_new_file(tmp_path):
    old = os.umask(0o022)
    try:
        files.replace(tmp_path / "report.html", b"")
    finally:
        os.umask(old)
    assert (tmp_path / "report.html").stat().st_mode & 0o777 == 0o644


def test_a_new_file_appears_whole_and_never_in_place_of_another(tmp_path, monkeypatch):
    for linked in (True, False):
        if not linked:  # a disk where a file has one name only
            monkeypatch.setattr(os, "link", lambda *_: os.stat("/no such file"))
        target = tmp_path / f"{linked}.xlsx"
        files.create(target, b"whole")
        with pytest.raises(FileExistsError):
            files.create(target, b"another")
        assert target.read_bytes() == b"whole"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["False.xlsx", "True.xlsx"]


def test_a_folder_that_a_killed_run_left_is_cleared_and_a_living_one_stays(tmp_path):
    (tmp_path / ".story.12-ab.part").mkdir()
    (tmp_path / ".story.12-ab.part" / "claims.csv").write_bytes(b"half")
    with files.stage(tmp_path, "story") as living:
        files.clear_parts(tmp_path / "story")
        assert list(tmp_path.iterdir()) == [living]
    assert not list(tmp_path.iterdir())
