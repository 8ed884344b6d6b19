"""Read a file with care; put one in place whole or not at all, and clear what killed runs left."""

from __future__ import annotations

import errno
import glob
import json
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

try:
    import fcntl
except ImportError:  # Windows: there an open file cannot be removed, which serves as well
    fcntl = None  # type: ignore[assignment]


MOST_BYTES = 32 * 2**20
DEEPEST = 100
# A string to its end, or a bracket; an open string reaches to the end of the text.
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def content_of(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a plain file that somebody else has made.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        It is a folder, a pipe or a device, or has more than `most` bytes: a sentence that says so.
    """
    if os.path.isdir(path):
        raise ValueError("is a folder, not a file")
    # Not to wait for a pipe's other end; what was opened is what is looked at.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ValueError("is not a plain file; what comes through a pipe is read as -")
        return limited(file, most)


def limited(file: IO[bytes], most: int = MOST_BYTES) -> bytes:
    """Return all that is left of an open file; ValueError where it is more than `most` bytes."""
    content = file.read(most + 1)
    if len(content) > most:
        raise ValueError(f"is larger than the {most // 2**20} MB that a file may have")
    return content


def json_of(content: bytes) -> Any:
    """Return what a JSON file holds; ValueError where it is none, or nested deeper than 100."""
    text = content.decode("utf-8-sig")
    depth = 0
    for mark in _BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
        if depth > DEEPEST:
            raise ValueError(f"nested deeper than {DEEPEST}")
    return json.loads(text)


def usable(target: Path) -> Path:
    """Return where a file is to be written, links followed; raise what stands in the way.

    Raises
    ------
    OSError
        Where the folder is missing or cannot be written to, or the target is no plain file.
    """
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_file():
        raise OSError(errno.EISDIR, "it is not a file", str(target))
    if not target.parent.is_dir():
        raise OSError(errno.ENOENT, f"there is no folder {target.parent}", str(target))
    if not os.access(target.parent, os.W_OK):
        raise OSError(errno.EACCES, "its folder cannot be written to", str(target))
    return target


def replace(target: Path, content: bytes) -> None:
    """Put `content` in place of a file in one step; until then the earlier file is as it was."""
    _put(target, content, os.replace)


def create(target: Path, content: bytes) -> None:
    """Put `content` into a new file in one step; FileExistsError where there is one."""
    _put(target, content, _named_anew)


def _named_anew(part: Path, target: Path) -> None:
    """Give a whole file its name, if that is free."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a disk where a file has one name only
        with target.open("xb"):
            os.replace(part, target)


def _put(target: Path, content: bytes, name: Callable[[Path, Path], None]) -> None:
    """Write a file beside the target, to the disk, and give it its name."""
    with _part(target) as (path, file):
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        name(path, target)
    with suppress(OSError):  # the new name, too, is to outlive a power cut
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _part(target: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Yield a new locked file beside the target; what is left of it at the end is removed."""
    while True:
        path = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
        with path.open("xb") as file:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX)
            # Another run may have taken it for abandoned before it was locked.
            if path.exists():
                try:
                    yield path, file
                finally:
                    path.unlink(missing_ok=True)
                return


@contextmanager
def stage(beside: Path, name: str) -> Iterator[Path]:
    """Yield a new locked folder for what is to be moved on whole; what is left of it is removed."""
    while True:
        path = beside / f".{name}.{os.getpid()}-{secrets.token_hex(4)}.part"
        path.mkdir()
        with ExitStack() as held:
            try:
                held.enter_context(_held(path, wait=True))
                path.stat()
            except FileNotFoundError:
                continue  # another run took it for abandoned before it was locked
            held.callback(shutil.rmtree, path, ignore_errors=True)
            yield path
            return


@contextmanager
def _held(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock of a file or folder, where the system has locks; BlockingIOError if taken."""
    if not fcntl:
        yield
        return
    lock = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(lock)


def clear_parts(target: Path, *, inside: bool = False) -> None:
    """Remove what killed runs left beside or inside the target; what a living one has is locked."""
    pattern = f".{glob.escape(target.name)}.*.part"
    for path in (target if inside else target.parent).glob(pattern):
        with suppress(OSError), _held(path):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
