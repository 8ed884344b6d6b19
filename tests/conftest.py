from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


@pytest.fixture
def notebooks(tmp_path):
    """Write small notebooks: `notebooks(name=[cells])`; text that begins with # is Markdown."""
    import nbformat

    folder = tmp_path / "notebooks"
    folder.mkdir()

    def write(**named: list[str]) -> Path:
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

    return write


def _tags(source: str) -> list[str]:
    return ["parameters"] if source.startswith("DOSSIER") else []
