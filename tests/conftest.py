from functools import partial
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


def write_notebooks(folder: Path, **named: list[str]) -> Path:
    """Return a folder of small notebooks, by name their cells; what begins with # is Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sources in named.items():
        cells = [
            new_markdown_cell(source)
            if source.startswith("#")
            else new_code_cell(source, metadata={"tags": _tags(source)})
            for source in sources
        ]
        for at, cell in enumerate(cells):
            cell.id = f"cell-{at}"
        nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")
    return folder


def _tags(source: str) -> list[str]:
    return ["parameters"] if source.startswith("DOSSIER") else []


@pytest.fixture
def notebooks(tmp_path):
    """Write small notebooks: `notebooks(name=[cells])`."""
    return partial(write_notebooks, tmp_path / "notebooks")
