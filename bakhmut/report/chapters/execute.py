"""Run the notebooks on a dossier: in parallel, each in a kernel of its own."""

from __future__ import annotations

import asyncio
import atexit
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from bakhmut.base.limits import TooLong, cores
from bakhmut.report.chapters.forks import ARGUMENTS
from bakhmut.report.chapters.kernels import Kernels, ReportError

Progress = Callable[[str], object]


def execute(
    paths: Sequence[Path],
    source: Kernels,
    *,
    dossier: str | None,
    progress: Progress,
    apart: bool = False,
) -> dict[str, NotebookNode]:
    """Return the notebooks by name, executed with outputs, in the order of `paths`.

    One whose metadata says `{"bakhmut": {"report": false}}` is left out: it is for JupyterLab.

    Parameters
    ----------
    paths : notebooks on disk, which stay as they are
    source : the kernels to use
    dossier : str or None
        The dossier's path as the notebooks see it from `source.workplace`; None for the article's.
    apart : bool
        The page speaks of each text by itself: notebooks that decide all texts as one (their
        metadata says `{"bakhmut": {"decides": true}}`) are left out, so that one page has one
        verdict.
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
        if _is_wanted(notebook.metadata.get("bakhmut", {}), apart=apart)
    }
    asyncio.run(_execute_all(wanted, source, progress))
    return wanted


def _is_wanted(about: Mapping[str, object], *, apart: bool) -> bool:
    return bool(about.get("report", True)) and not (apart and about.get("decides", False))


async def _execute_all(
    notebooks: Mapping[str, NotebookNode], source: Kernels, progress: Progress
) -> None:
    # A kernel's start and end are mostly waiting: the next one is ready when a core is free.
    free, seats = asyncio.Semaphore(cores()), asyncio.Semaphore(cores() + 1)
    failed: list[Exception] = []

    async def run(name: str, notebook: NotebookNode) -> None:
        async with seats:
            await Run(name, notebook, progress).execute(source, free)

    try:
        async with asyncio.TaskGroup() as group:
            # The longest first: else a core waits at the end for one that began last.
            for name in sorted(notebooks, key=lambda name: -len(notebooks[name].cells)):
                group.create_task(run(name, notebooks[name]))
    except* ReportError as errors:
        failed += errors.exceptions
    if failed:  # raised in there, it would be a group up to Python 3.11.3
        raise failed[0] from None


def _read(path: Path, dossier: str | None) -> NotebookNode:
    """Return a notebook from disk with the dossier put into its cell tagged `parameters`."""
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

    async def execute(self, source: Kernels, free: asyncio.Semaphore) -> None:
        """Fill the notebook with its outputs, once its kernel is ready and a core is free."""
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
            kernel = client.async_setup_kernel(cwd=str(source.workplace), env=source.environment)
            async with kernel, free:
                for at, cell in enumerate(self.notebook.cells):
                    await client.async_execute_cell(cell, at)
        except CellExecutionError as error:
            if error.ename == TooLong.__name__:
                raise self._failed(f"it {error.evalue}; --seconds gives it more") from error
            raise self._failed(f"{error.ename}: {error.evalue}") from error
        except (DeadKernelError, RuntimeError, TimeoutError) as error:
            raise self._failed(f"its kernel ended ({error})") from error
        finally:
            # Of a kernel that did not start, or was told to stop as it started, both stay behind.
            atexit.unregister(client._cleanup_kernel)
            if client.km:
                await client._async_cleanup_kernel()

    def _failed(self, why: str) -> ReportError:
        return ReportError(f"notebook {self.name}, {self.at}: {why}")

    def _starts(self, cell: NotebookNode, cell_index: int) -> None:
        self.at = f"cell {self.code.index(cell_index) + 1} of {len(self.code)}"
        self.since = time.perf_counter()

    def _ends(self, cell: NotebookNode, cell_index: int, execute_reply: object) -> None:
        took = time.perf_counter() - self.since
        self.progress(f"{self.name}: {self.at} ({took:.1f} s)")
