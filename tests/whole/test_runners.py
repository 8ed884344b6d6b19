"""The notebooks in other people's runners: jupyter execute, papermill, Voilà."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from places import OUTBREAK, ROOT

NOTEBOOKS = ROOT / "notebooks"
FIRST, PANEL = "01-what-the-article-says.ipynb", "06-explore.ipynb"
# The package that is installed, else this checkout's.
SETTINGS = {**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def run(*command, cwd):
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=SETTINGS,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done


def said(path):
    notebook = nbformat.read(path, as_version=4)
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", ())]
    assert not [output for output in outputs if output.output_type == "error"]
    return [o.data["text/plain"] for o in outputs if "data" in o]


def test_jupyter_execute_runs_a_notebook_and_says_what_is_saved_in_it(tmp_path):
    done = tmp_path / FIRST
    shutil.copy(NOTEBOOKS / FIRST, done)
    run("jupyter", "execute", "--inplace", str(done), cwd=tmp_path)
    assert said(done) == said(NOTEBOOKS / FIRST)
    assert done.read_bytes() != (NOTEBOOKS / FIRST).read_bytes()  # it says when it ran


def test_papermill_puts_a_dossier_into_a_notebook(tmp_path):
    pytest.importorskip("papermill")
    done = tmp_path / "done.ipynb"
    given = ["-p", "DOSSIER", str(OUTBREAK), "--no-progress-bar"]
    run("papermill", str(NOTEBOOKS / FIRST), str(done), *given, cwd=tmp_path)
    words = " ".join(said(done))
    assert "vaccinated" in words and not re.search("Bakhmut|Russia|Ukraine", words)


def test_voila_serves_the_panel(tmp_path):
    pytest.importorskip("voila")
    port = 8866 + os.getpid() % 1000
    options = [f"--port={port}", "--no-browser", "--Voila.ip=127.0.0.1"]
    command = [sys.executable, "-m", "voila", str(NOTEBOOKS / PANEL), *options]
    with subprocess.Popen(command, cwd=tmp_path, env=SETTINGS, stderr=subprocess.DEVNULL) as server:
        try:
            page = _opened(f"http://127.0.0.1:{port}/", server)
        finally:
            server.terminate()
    assert "What if" in page or "what if" in page
    (state,) = re.findall(
        r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>', page, re.S
    ) or ["{}"]
    assert json.loads(state) is not None
    assert "application/vnd.jupyter.widget-view+json" in page
    assert "Traceback" not in page


def _opened(address, server):
    end = time.monotonic() + 120
    while time.monotonic() < end:
        assert server.poll() is None
        try:
            with urlopen(address, timeout=120) as answer:
                return answer.read().decode()
        except (URLError, ConnectionError):
            time.sleep(0.3)
    pytest.fail("the server does not answer")
