"""How long a report takes, beside the least that anything of its kind must do.

The floor is what no report made by notebooks can go below: a kernel started for each notebook (as
many at once as there are cores), pandas and matplotlib imported in it, and the same executed
notebooks turned into HTML by nbconvert. A second, stricter floor starts a single kernel only.
Every round runs each of them once, in a process of its own, so that they meet the same machine.

    python -m benchmarks.report [ROUNDS]
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

# Not from bakhmut: to import it is part of what is measured.
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
ROUNDS = 7
AIM = 1.25
IMPORTS = "import pandas\nimport matplotlib.pyplot"


def main(rounds: int = ROUNDS) -> float:
    """Return the ratio of a report to its floor; print it with the medians it comes from."""
    seconds: dict[str, list[float]] = {"report": [], "floor": [], "one kernel": []}
    for _ in range(rounds):
        for name, times in seconds.items():
            times.append(_timed(name))
    middle = {name: median(times) for name, times in seconds.items()}
    ratio = middle["report"] / middle["floor"]
    print(f"report, {len(_files())} notebooks, {os.cpu_count()} cores, median of {rounds}:")
    for name, times in seconds.items():
        print(f"  {name:<11} {middle[name]:6.2f} s  ({min(times):.2f} to {max(times):.2f})")
    print(f"  report / floor      {ratio:5.2f}  (aim: at most {AIM})")
    print(f"  report / one kernel {middle['report'] / middle['one kernel']:5.2f}")
    return ratio


def _timed(name: str) -> float:
    """Return the seconds that one of them takes as a process, from start to end."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.report", "--run", name]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def _files() -> list[Path]:
    """Return the notebooks of the report: one that is for JupyterLab alone is in neither."""
    files = sorted(NOTEBOOKS.glob("*.ipynb"))
    settings = (json.loads(file.read_text(encoding="utf-8"))["metadata"] for file in files)
    wanted = (own.get("bakhmut", {}).get("report", True) for own in settings)
    return [file for file, is_wanted in zip(files, wanted, strict=True) if is_wanted]


def _run(name: str) -> None:
    if name == "report":
        _report()
    else:
        _floor(kernels=len(_files()) if name == "floor" else 1)


def _report() -> None:
    from bakhmut.__main__ import main

    with TemporaryDirectory() as folder:
        sys.argv = ["bakhmut", "report", "--output", str(Path(folder) / "report.html")]
        if code := main():
            sys.exit(code)


def _floor(*, kernels: int) -> None:
    asyncio.run(_start(kernels))

    import nbformat
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter(template_name="basic")
    for path in _files():
        exporter.from_notebook_node(nbformat.read(path, as_version=4))


async def _start(kernels: int) -> None:
    """Start kernels and run the imports in each, as many at once as there are cores."""
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    cores = asyncio.Semaphore(os.cpu_count() or 1)

    async def start() -> None:
        async with cores:
            notebook = new_notebook(cells=[new_code_cell(IMPORTS)])
            await NotebookClient(notebook, shutdown_kernel="immediate").async_execute()

    await asyncio.gather(*(start() for _ in range(kernels)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        _run(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
