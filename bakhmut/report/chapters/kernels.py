"""Kernels for the notebooks of a report, each fresh, alike on every machine, none left behind.

They come from one process that has done the imports (`bakhmut.report.chapters.forks`) where the
system can fork, else each is started anew.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from bakhmut.base.limits import KERNEL_SECONDS
from bakhmut.report.chapters.forks import BRIEF

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

# macOS has fork, but its system libraries do not survive it.
CAN_FORK = sys.platform.startswith("linux")
# The name of a socket has at most 107 bytes on Linux and 103 on macOS, those of a kernel 25.
LONGEST, SHORT = 75, ("/tmp", "/var/tmp")
MEGABYTE = 2**20
ROOM = 16 * MEGABYTE
FILES = 256


class ReportError(RuntimeError):
    """A report that could not be made; the message is one sentence for whoever asked for it."""


@contextmanager
def kernels(*, fork: bool = CAN_FORK, seconds: float = 0) -> Iterator[Kernels]:
    """Yield a source of kernels that is warming up; at the end none is left.

    Each is given so much processor time; 0 is no limit.
    """
    allow_files()
    with TemporaryDirectory(prefix="bakhmut-", dir=roomy(), ignore_cleanup_errors=True) as name:
        source = Kernels(Path(name), fork=fork, seconds=seconds)
        try:
            yield source
        finally:
            source.close()


class Kernels:
    """Kernels of one report, and the folder they work in."""

    def __init__(self, folder: Path, *, fork: bool, seconds: float = 0):
        self.folder = folder
        self.environment = {**_environment(folder), KERNEL_SECONDS: str(seconds)}
        self._lock = threading.Lock()
        self._managers: list[Any] = []
        self._server = None
        self.workplace = folder / "dossier"  # the notebooks' folder holds the dossier, no more
        self.workplace.mkdir()
        if fork:
            self._server = subprocess.Popen(
                [sys.executable, "-P", "-m", "bakhmut.report.chapters.forks", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self.workplace,
                env=self.environment,
                text=True,
                process_group=0,  # an interrupt from the keyboard is for the report alone
            )

    def keep_brief(self, dossier: str | None) -> None:
        """Have the brief of a dossier worked out once for all kernels that are yet to come."""
        if self._server:
            self._order(f"{BRIEF}{dossier or ''}")

    def _order(self, line: str) -> None:
        assert self._server and self._server.stdin
        with suppress(OSError):
            self._server.stdin.write(f"{line}\n")
            self._server.stdin.flush()

    def fork(self, connection_file: str) -> int:
        """Return the process id of a new kernel."""
        assert self._server and self._server.stdout
        with self._lock, suppress(OSError, ValueError):
            self._order(connection_file)
            return int(self._server.stdout.readline())
        raise ReportError("the notebooks' kernels could not be started")

    def manager(self, name: str) -> Any:
        """Return the manager of a kernel that is yet to be started."""
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager

        # Always this Python, whatever kernels the user has installed; sockets, not ports.
        own = KernelSpecManager(kernel_dirs=[])
        at = str(self.folder / str(len(self._managers)))
        place = {} if sys.platform == "win32" else {"transport": "ipc", "ip": at}
        manager = AsyncKernelManager(kernel_spec_manager=own, connection_file=f"{at}.json", **place)
        if self._server:
            manager.provisioner = forked_provisioner(self.fork)(
                parent=manager, kernel_id=name, kernel_spec=manager.kernel_spec
            )
        self._managers.append(manager)
        return manager

    def close(self) -> None:
        """End what is still running."""
        for manager in self._managers:
            if manager.has_kernel:
                with suppress(OSError):
                    manager.provisioner.process.kill()
        if self._server:
            self._server.terminate()  # it ends at once where it has no kernel to end
            with suppress(OSError):
                self._server.stdin.close()
            self._server.wait()
            self._server.stdout.close()


def roomy() -> str:
    """Return a folder for what the kernels need: that of the system, or one with a shorter name.

    Raises
    ------
    ReportError
        Where too little room is left in it.
    """
    usual = gettempdir()
    places = [usual, *(place for place in SHORT if os.access(place, os.W_OK | os.X_OK))]
    # The name of a socket has an end; where none is short enough, it will be said by the system.
    place = next((one for one in places if len(os.fsencode(one)) <= LONGEST), usual)
    free = shutil.disk_usage(place).free
    if free < ROOM:
        raise ReportError(
            f"there is too little room in the temporary folder {place}: {free / MEGABYTE:.1f} MB "
            f"are free, and a report takes {ROOM // MEGABYTE} MB for a moment. "
            "The variable TMPDIR names another one"
        )
    return place


def allow_files() -> None:
    """Let this process open as many files as a report takes.

    Raises
    ------
    ReportError
        Where the system does not allow that many.
    """
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if soft != unlimited and soft < FILES:
        if hard != unlimited and hard < FILES:
            raise ReportError(
                f"a report has up to {FILES} files open at once, and {hard} are allowed "
                f"(ulimit -n); allow more"
            )
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))


def _environment(folder: Path) -> dict[str, str]:
    """Return the kernels' environment: nothing in it depends on who makes the report."""
    (folder / "matplotlibrc").touch()
    package = str(Path(__file__).parents[3])
    given = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    path = os.pathsep.join([package, *map(os.path.abspath, given)])
    return {
        **os.environ,
        "PYTHONPATH": path,
        "PYTHONHASHSEED": "0",
        # Nothing is imported from the folder of the dossier, by no kernel's launcher either.
        "PYTHONSAFEPATH": "1",
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        # A kernel asks for this as it starts; one that is forked has imported matplotlib before.
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "IPYTHONDIR": str(folder / "ipython"),
        "OPENBLAS_NUM_THREADS": "1",
        "BAKHMUT_FIGURES": "svg",  # sharp, and in the page's colours
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def forked_provisioner(fork: Callable[[str], int]) -> type:
    """Return the kind of provisioner that has its kernels forked by `fork`."""
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class ForkedProvisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            self.pid = await asyncio.to_thread(fork, self.parent.connection_file)
            self.process, self.pgid = Forked(self.pid), self.pid
            return self.connection_info

        async def kill(self, restart: bool = False) -> None:
            await super().kill(restart)
            for _ in range(20):  # Jupyter looks only every tenth of a second
                if await self.poll() is not None:
                    break
                await asyncio.sleep(0.005)

    return ForkedProvisioner


class Forked:
    """A process that is not a child of ours, with what Jupyter uses of `Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while it lives."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        """Return at once: Jupyter asks only after `poll` has said that it ended."""
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    terminate = kill
