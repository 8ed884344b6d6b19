"""Writes the README's pictures: python docs/pictures.py.

Figures are the saved outputs of the notebooks. The panel is photographed in a JupyterLab of our
own in Chromium; what it says is kept in the picture as a digest, so that a test can tell when the
two have parted.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

ROOT = Path(__file__).parent.parent
# Each picture, the notebook it comes from and which of its figures it is.
PICTURES = {
    "losses-against-ratios.png": ("03-losses-against-ratios", 0),
    "ratio-elsewhere.png": ("03-losses-against-ratios", 1),
    "reading-matrix.png": ("04-what-cannot-all-be-true", 0),
}
PANEL, NOTEBOOK = "panel.png", "06-explore.ipynb"
WIDE, HIGH, COLORS = 1180, 760, 64


def figures(notebook: str) -> list[bytes]:
    """Return the PNG files of a notebook's figures, in order."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    outputs = (out.get("data", {}) for cell in cells for out in cell.get("outputs", ()))
    return [base64.b64decode("".join(d["image/png"])) for d in outputs if "image/png" in d]


def told() -> str:
    """Return a digest of what the panel says at first, in the part that the picture shows."""
    from bakhmut import read_dossier
    from bakhmut.panel.explore import Panel

    panel = Panel(read_dossier())
    shown = [panel.shown[name].value for name in ("status", "plane", "implied")]
    text = json.dumps([[*panel.readings], [*panel.figures], shown])
    return hashlib.sha256(text.encode()).hexdigest()


def photograph() -> bytes:
    """Return a picture of the panel as JupyterLab shows it."""
    sys.path[:0] = [str(ROOT / "tests" / name) for name in ("browser", "support")]
    from lab import jupyterlab, run_all
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        shutil.copy(ROOT / "notebooks" / NOTEBOOK, folder)
        with jupyterlab(Path(folder), Path(home)) as address, sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": WIDE + 220, "height": 2 * HIGH + 400})
            panel = run_all(page, address, NOTEBOOK)
            page.keyboard.press("Control+b")  # without the list of files
            page.wait_for_timeout(2000)
            panel.scroll_into_view_if_needed()
            box = panel.bounding_box()
            clip = {**box, "height": min(HIGH, box["height"])}
            raw = page.screenshot(clip=clip)
    small, note = io.BytesIO(), PngInfo()
    note.add_text("panel", told())
    picture = Image.open(io.BytesIO(raw)).convert("RGB").quantize(COLORS)
    picture.save(small, format="PNG", optimize=True, pnginfo=note)
    return small.getvalue()


if __name__ == "__main__":
    for name, (notebook, place) in PICTURES.items():
        (Path(__file__).parent / name).write_bytes(figures(notebook)[place])
    (Path(__file__).parent / PANEL).write_bytes(photograph())
