"""A JupyterLab of our own: started on a folder, a notebook run in it, gone at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from places import ROOT

TOKEN = "only-for-this-machine"
PANEL = ".bakhmut-explore"


@contextmanager
def jupyterlab(folder: Path, home: Path) -> Iterator[str]:
    """Yield the address of a JupyterLab on a folder, with settings of nobody's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"PYTHONPATH": str(ROOT), "HOME": str(home), "JUPYTER_PLATFORM_DIRS": "0"}
    command = [
        *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"),
        *("--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"),
    ]
    with open(home / "log.txt", "w") as log:
        lab = subprocess.Popen(command, cwd=folder, env=os.environ | own, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, lab, home / "log.txt")
        yield address
    finally:
        lab.terminate()
        lab.wait(20)


def _await(address: str, lab: subprocess.Popen, log: Path) -> None:
    """Wait until a server answers, or raise with what it has said."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/api?token={TOKEN}").close()
            return
        except OSError:
            if lab.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(log.read_text(encoding="utf-8"))


def run_all(page, address: str, notebook: str, shows: str = PANEL):
    """Return the panel of a notebook, opened in JupyterLab, all of its cells run."""
    page.goto(f"{address}/lab/tree/{notebook}?token={TOKEN}")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=40_000)
    run_again(page)
    panel = page.locator(shows)
    panel.locator("[role=status]").first.wait_for(timeout=40_000)
    panel.scroll_into_view_if_needed()
    return panel


def run_again(page) -> None:
    """Run all cells of the notebook that is open, in the kernel that it has."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("[data-command='runmenu:run-all']").click()
    page.get_by_text("Python 3 (ipykernel) | Busy").wait_for(timeout=40_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=40_000)
