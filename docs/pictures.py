"""Writes the README's pictures from the saved outputs of the notebooks: python docs/pictures.py."""

from __future__ import annotations

import base64
import json
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Each picture, the notebook it comes from and which of its figures it is.
PICTURES = {"losses-against-ratios.png": ("03-losses-against-ratios", 0)}


def figures(notebook: str) -> list[bytes]:
    """Return the PNG files of a notebook's figures, in order."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    outputs = (out.get("data", {}) for cell in cells for out in cell.get("outputs", ()))
    return [base64.b64decode("".join(d["image/png"])) for d in outputs if "image/png" in d]


if __name__ == "__main__":
    for name, (notebook, place) in PICTURES.items():
        (Path(__file__).parent / name).write_bytes(figures(notebook)[place])
