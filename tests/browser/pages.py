"""What the tests in Chromium share: where pages are looked at, and what is looked for."""

from importlib.resources import files
from pathlib import Path

WIDTHS = (320, 1280)
EVERYWHERE = [(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
# What is in order is not listed: a third of the time.
AXE = """async (part) => {
  const found = await axe.run(part ?? document, {resultTypes: ["violations"]})
  return found.violations.map(v => [v.id, v.nodes[0].html])
}"""
OPEN_ALL = "for (const part of document.querySelectorAll('details')) part.open = true"


def report_on(dossier, folder: Path) -> Path:
    from bakhmut.report.make import write_report

    return write_report(dossier, folder / "report.html", progress=lambda line: None)


def is_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def barriers(page, *, within: str | None = None) -> list:
    """Return what axe finds; the driver may run it where the page's own policy forbids scripts."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    return page.evaluate(AXE, within)
