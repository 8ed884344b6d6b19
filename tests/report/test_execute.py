import asyncio
import atexit
import os
import re
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from jupyter_client.asynchronous.client import AsyncKernelClient

from bakhmut.report.chapters.execute import execute
from bakhmut.report.chapters.kernels import CAN_FORK, Kernels, ReportError, kernels
from bakhmut.report.make import notebooks_folder

KINDS = [
    pytest.param(True, marks=pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")),
    False,
]


@pytest.fixture(scope="module", params=KINDS, ids=["forked", "new"])
def source(request):
    with kernels(fork=request.param) as source:
        yield source


def run(folder: Path, source: Kernels, *, dossier: str | None = None, lines=None):
    progress = (lines if lines is not None else []).append
    return execute(sorted(folder.glob("*.ipynb")), source, dossier=dossier, progress=progress)


def printed(notebook) -> str:
    return "".join(
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        for output in cell.get("outputs", ())
    )


def test_every_notebook_runs_in_a_kernel_of_its_own(notebooks, source):
    folder = notebooks(a=["x = 1", "print('x' in globals())"], b=["print('x' in globals())"])
    done = run(folder, source)
    assert [printed(notebook) for notebook in done.values()] == ["True\n", "False\n"]


def test_the_dossier_is_put_into_the_cell_tagged_parameters(notebooks, source):
    folder = notebooks(a=["DOSSIER = None  # or a path", "print(DOSSIER)"])
    name = 'it\'s \\d "mine"'
    assert printed(run(folder, source, dossier=name)["a"]) == f"{name}\n"
    assert printed(run(folder, source)["a"]) == "None\n"


def test_a_failing_cell_is_named_with_its_notebook_and_error(notebooks, source):
    folder = notebooks(a=["1"], b=["# Title", "1", "{}['low']", "2"])
    with pytest.raises(ReportError) as caught:
        run(folder, source)
    assert str(caught.value) == "notebook b, cell 2 of 3: KeyError: 'low'"


def test_a_kernel_that_dies_is_one_clear_error(notebooks, source):
    folder = notebooks(a=["1", "import os; os._exit(1)"])
    with pytest.raises(ReportError, match=r"^notebook a, cell 2 of 2: its kernel ended"):
        run(folder, source)


def test_a_kernel_that_is_starting_when_another_notebook_fails_leaves_nothing_open(
    notebooks, source, monkeypatch
):
    ready, clients = AsyncKernelClient._async_wait_for_ready, []
    both = asyncio.Event()

    async def wait(self, timeout=None):
        clients.append(self)
        if len(clients) == 2:
            both.set()
            await asyncio.Event().wait()  # until it is cancelled
        await both.wait()
        await ready(self, timeout)

    monkeypatch.setattr(AsyncKernelClient, "wait_for_ready", wait)
    with pytest.raises(ReportError, match="ZeroDivisionError"):
        run(notebooks(a=["1/0"], b=["1/0"]), source)
    assert [one.channels_running for one in clients] == [False, False]


@pytest.mark.parametrize("fork", KINDS)
def test_a_notebook_that_takes_more_processor_time_than_it_is_given_is_one_clear_error(
    notebooks, fork
):
    folder = notebooks(a=["1", "while True:\n    pass"])
    with (
        kernels(fork=fork, seconds=0.5) as source,
        pytest.raises(ReportError) as caught,
    ):
        run(folder, source)
    assert str(caught.value) == (
        "notebook a, cell 2 of 2: it was not decided within 0.5 s of processor time; "
        "--seconds gives it more"
    )


def test_a_file_that_is_no_notebook_is_one_clear_error(notebooks, source):
    folder = notebooks(a=["1"])
    (folder / "b.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(ReportError, match=r"^notebook b: it cannot be read"):
        run(folder, source)


def test_progress_names_notebook_cell_and_time(notebooks, source):
    lines: list[str] = []
    run(notebooks(a=["# Title", "1", "2"]), source, lines=lines)
    assert [re.sub(r"\d+\.\d", "0.1", line) for line in lines] == [
        "a: cell 1 of 2 (0.1 s)",
        "a: cell 2 of 2 (0.1 s)",
    ]


def test_as_many_notebooks_run_at_once_as_there_are_cores(notebooks, source, monkeypatch):
    monkeypatch.setattr("bakhmut.report.chapters.execute.cores", lambda: 1)
    cell = "from time import *; a = monotonic_ns(); sleep(0.1); print(a, monotonic_ns())"
    done = run(notebooks(a=[cell], b=[cell], c=[cell]), source)
    times = sorted([int(part) for part in printed(one).split()] for one in done.values())
    assert all(end < start for (_, end), (start, _) in pairwise(times))


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_a_kernel_that_does_not_start_is_one_clear_error(notebooks, monkeypatch):
    left = set()
    monkeypatch.setattr(atexit, "register", left.add)
    monkeypatch.setattr(atexit, "unregister", left.discard)
    with kernels() as source, subprocess.Popen(["true"]) as ended:
        ended.wait()
        monkeypatch.setattr(source, "fork", lambda connection_file: ended.pid)
        with pytest.raises(ReportError, match=r"^notebook a, the kernel's start: its kernel ended"):
            run(notebooks(a=["1"]), source)
    # Else the process would end with a traceback after the error.
    assert not any("NotebookClient" in name for name in map(repr, left))


@pytest.mark.parametrize("fork", KINDS)
def test_no_kernel_and_no_folder_is_left(notebooks, fork):
    folder = notebooks(a=["import os; print(os.getpid(), os.getcwd())"], b=["1"])
    with kernels(fork=fork) as source:
        pid, place = printed(run(folder, source)["a"]).split()
    assert not Path(place).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_no_folder_is_left_where_nobody_waits_for_the_answer(tmp_path):
    # Whoever asked for a kernel was killed before its process id could be told.
    folder = tmp_path / "work"
    folder.mkdir()
    command = [sys.executable, "-P", "-m", "bakhmut.report.chapters.forks", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as server:
        server.stdout.close()
        server.stdin.write(f"{folder / '0.json'}\n")
        server.stdin.close()
        assert server.wait(60) == 0
    assert not folder.exists()


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_a_brief_is_worked_out_once_for_all_kernels(notebooks):
    cells = ["from bakhmut.findings.summary import _KEPT, brief_of", "import bakhmut as bk"]
    cells += ["print([brief_of(bk.read_dossier()) is brief for _, brief in _KEPT])"]
    with kernels() as source:
        source.keep_brief(None)
        source.keep_brief("nowhere")  # the notebooks say what is wrong with it
        done = run(notebooks(a=cells, b=cells), source)
    assert [printed(notebook) for notebook in done.values()] == ["[True]\n", "[True]\n"]


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_kernels_that_nobody_asked_for_are_not_waited_for():
    with kernels() as source:
        pass  # as where the dossier cannot be used
    assert source._server.returncode == -signal.SIGTERM
    assert not source.folder.exists()


def test_a_module_beside_the_dossier_is_never_imported(notebooks, source):
    # A folder of downloads may hold a file called like a library.
    cell = "open('pandas_extra.py', 'w').write('x = 1')"
    folder = notebooks(a=[cell, "import pandas_extra"])
    with pytest.raises(ReportError, match="cell 2 of 2: ModuleNotFoundError"):
        run(folder, source)


def test_figures_of_pyplot_are_shown(notebooks, source):
    done = run(notebooks(a=["import matplotlib.pyplot as p; p.plot([1, 2]); None"]), source)
    (output,) = done["a"].cells[0].outputs
    assert "image/png" in output.data


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_a_forked_kernel_gives_the_same_outputs_as_a_new_one(notebooks):
    folder = notebooks(
        a=[
            "import pandas, sys; pandas.DataFrame({'a': [1.5]})",
            "hash('bakhmut'), list({'b', 'c', 'd'}), sys.flags.hash_randomization",
            "print('to stdout'); print('to stderr', file=sys.stderr)",
            "from IPython.display import Markdown; Markdown('*a*')",
            "import matplotlib.pyplot as p; p.plot([1, 2]); p.get_backend(), sorted(p.rcParams)",
        ]
    )
    texts = set()
    for fork in (True, False):
        with kernels(fork=fork) as source:
            texts.add(nbformat.writes(run(folder, source)["a"]))
    assert len(texts) == 1


def test_a_notebook_for_jupyterlab_only_is_left_out(notebooks, source):
    folder = notebooks(a=["1"], b=["1 / 0"])
    other = nbformat.read(folder / "b.ipynb", as_version=4)
    other.metadata["bakhmut"] = {"report": False}
    nbformat.write(other, folder / "b.ipynb")
    assert list(run(folder, source)) == ["a"]


def test_the_notebooks_on_disk_stay_as_they_are(notebooks, source):
    folder = notebooks(a=["DOSSIER = None", "1"])
    before = (folder / "a.ipynb").read_bytes()
    run(folder, source, dossier="x")
    assert (folder / "a.ipynb").read_bytes() == before


def test_the_shipped_notebooks_are_found():
    names = [path.name for path in sorted(notebooks_folder().glob("*.ipynb"))]
    assert names[:1] == ["01-what-the-article-says.ipynb"]
