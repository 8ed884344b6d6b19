"""Run the notebooks on a dossier: in parallel, each in a fresh kernel, the same outputs each time.

Kernels come from one process that has done the imports (`bakhmut.forks`) where the system can
fork, else each is started anew.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

Progress = Callable[[str], object]

# macOS has fork, but its system libraries do not survive it.
CAN_FORK = sys.platform.startswith("linux")


class ReportError(RuntimeError):
    """A report that could not be made; the message is one sentence for whoever asked for it."""


def notebooks_folder() -> Path:
    """Return the folder of the shipped notebooks: in the package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"


@contextmanager
def kernels(*, fork: bool = CAN_FORK) -> Iterator[Kernels]:
    """Yield a source of kernels that is warming up; at the end none is left."""
    with TemporaryDirectory(prefix="bakhmut-", ignore_cleanup_errors=True) as name:
        source = Kernels(Path(name), fork=fork)
        try:
            yield source
        finally:
            source.close()


class Kernels:
    """Kernels of one report, and the folder they work in."""

    def __init__(self, folder: Path, *, fork: bool):
        self.folder = folder
        self.environment = _environment(folder)
        self._lock = threading.Lock()
        self._managers: list[Any] = []
        self._server = None
        self.workplace = folder / "dossier"  # the notebooks' folder holds the dossier, no more
        self.workplace.mkdir()
        if fork:
            self._server = subprocess.Popen(
                [sys.executable, "-P", "-m", "bakhmut.forks", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self.workplace,
                env=self.environment,
                text=True,
                process_group=0,  # an interrupt from the keyboard is for the report alone
            )

    def fork(self, connection_file: str) -> int:
        """Return the process id of a new kernel."""
        server = self._server
        assert server and server.stdin and server.stdout
        with self._lock, suppress(OSError, ValueError):
            server.stdin.write(f"{connection_file}\n")
            server.stdin.flush()
            return int(server.stdout.readline())
        raise ReportError("the notebooks' kernels could not be started")

    def manager(self, name: str) -> Any:
        """Return the manager of a kernel that is yet to be started."""
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager

        # Always this Python, whatever kernels the user has installed; sockets, not ports.
        own = KernelSpecManager(kernel_dirs=[])
        at = str(self.folder / f"{len(self._managers)}-{name}")
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
            with suppress(OSError):
                self._server.stdin.close()
            self._server.wait()
            self._server.stdout.close()


def _environment(folder: Path) -> dict[str, str]:
    """Return the kernels' environment: nothing in it depends on who makes the report."""
    package = str(Path(__file__).parents[1])
    given = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    path = os.pathsep.join([package, *map(os.path.abspath, given)])
    return {
        **os.environ,
        "PYTHONPATH": path,
        "PYTHONHASHSEED": "0",
        "IPYTHONDIR": str(folder / "ipython"),
        "OPENBLAS_NUM_THREADS": "1",
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


def execute(
    paths: Sequence[Path], source: Kernels, *, dossier: str | None, progress: Progress
) -> dict[str, NotebookNode]:
    """Return the notebooks by name, executed with outputs, in the order of `paths`.

    One whose metadata says `{"bakhmut": {"report": false}}` is left out: it is for JupyterLab.

    Parameters
    ----------
    paths : notebooks on disk, which stay as they are
    source : the kernels to use
    dossier : str or None
        The dossier's path as the notebooks see it from `source.workplace`; None for the article's.
    progress : callable
        Gets one line for each code cell that has run: notebook, cell, seconds.

    Raises
    ------
    ReportError
        Names the notebook, the cell and the error of the first one that failed.
    """
    notebooks = {path.stem: _read(path, dossier) for path in paths}
    wanted = {
        name: notebook
        for name, notebook in notebooks.items()
        if notebook.metadata.get("bakhmut", {}).get("report", True)
    }
    asyncio.run(_execute_all(wanted, source, progress))
    return wanted


async def _execute_all(
    notebooks: Mapping[str, NotebookNode], source: Kernels, progress: Progress
) -> None:
    cores = asyncio.Semaphore(_cores())

    async def run(name: str, notebook: NotebookNode) -> None:
        async with cores:
            await Run(name, notebook, progress).execute(source)

    try:
        async with asyncio.TaskGroup() as group:
            for name, notebook in notebooks.items():
                group.create_task(run(name, notebook))
    except* ReportError as errors:
        raise errors.exceptions[0] from None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read(path: Path, dossier: str | None) -> NotebookNode:
    """Return a notebook from disk with the dossier put into its cell tagged `parameters`."""
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise ReportError(f"notebook {path.stem}: it cannot be read ({error})") from error
    if dossier is not None:
        for cell in notebook.cells:
            if "parameters" in cell.metadata.get("tags", ()):
                # Backslashes are doubled, for `re.sub` takes them to be its own.
                line = f"DOSSIER = {dossier!r}".replace("\\", r"\\")
                cell.source = re.sub(r"(?m)^DOSSIER *=.*$", line, cell.source)
    return notebook


class Run:
    """One notebook on its way through its kernel: which cell, since when."""

    def __init__(self, name: str, notebook: NotebookNode, progress: Progress):
        self.name, self.notebook, self.progress = name, notebook, progress
        self.code = [at for at, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        self.at, self.since = "the kernel's start", time.perf_counter()

    async def execute(self, source: Kernels) -> None:
        """Fill the notebook with its outputs."""
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, DeadKernelError

        from bakhmut.forks import ARGUMENTS

        client = NotebookClient(
            self.notebook,
            km=source.manager(self.name),
            timeout=None,
            coalesce_streams=True,
            record_timing=False,
            shutdown_kernel="immediate",
            extra_arguments=list(ARGUMENTS),
            on_cell_execute=self._starts,
            on_cell_executed=self._ends,
        )
        client.owns_km = True  # so that it also ends the kernel
        try:
            await client.async_execute(cwd=str(source.workplace), env=source.environment)
        except CellExecutionError as error:
            raise self._failed(f"{error.ename}: {error.evalue}") from error
        except (DeadKernelError, RuntimeError, TimeoutError) as error:
            raise self._failed(f"its kernel ended ({error})") from error

    def _failed(self, why: str) -> ReportError:
        return ReportError(f"notebook {self.name}, {self.at}: {why}")

    def _starts(self, cell: NotebookNode, cell_index: int) -> None:
        self.at = f"cell {self.code.index(cell_index) + 1} of {len(self.code)}"
        self.since = time.perf_counter()

    def _ends(self, cell: NotebookNode, cell_index: int, execute_reply: object) -> None:
        took = time.perf_counter() - self.since
        self.progress(f"{self.name}: {self.at} ({took:.1f} s)")
