"""Put a file in place whole or not at all, and clear away what killed runs left behind."""

from __future__ import annotations

import errno
import glob
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: there an open file cannot be removed, which serves as well
    fcntl = None  # type: ignore[assignment]


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
    with _part(target) as (path, file):
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        os.replace(path, target)
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


def clear_parts(target: Path) -> None:
    """Remove what killed runs left beside the target; what a living one writes is locked."""
    pattern = f".{glob.escape(target.name)}.*.part"
    for path in target.parent.glob(pattern):
        with suppress(OSError), path.open("r+b") as file:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
        if not fcntl:
            with suppress(OSError):
                path.unlink()
