"""Executes the notebooks anew, their outputs kept: `make notebooks`.

What differs from run to run (times, the state of widgets) is left out, so that only what a notebook
says can change.
"""

from __future__ import annotations

import logging
from pathlib import Path

import nbformat
from nbclient import NotebookClient

WIDGET = "application/vnd.jupyter.widget-view+json"


def execute(path: Path) -> None:
    """Run a notebook where it lies, and write it back with what it says."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=600, resources=place, store_widget_state=False).execute()
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if any(WIDGET in output.get("data", {}) for output in cell.get("outputs", ())):
            cell.outputs = []  # a panel is shown by a kernel that lives
    nbformat.write(notebook, path)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    for notebook in sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb")):
        execute(notebook)
