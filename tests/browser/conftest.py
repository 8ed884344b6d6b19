"""One browser for all tests that need one."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not installed: apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open a file from disk: the page, the addresses it asked for, and what went wrong."""
    contexts = []

    def visit(path: Path, *, width=1280, scheme="light", **options):
        screen = {"width": width, "height": 900}
        contexts.append(chromium.new_context(viewport=screen, color_scheme=scheme, **options))
        page, asked, wrong = contexts[-1].new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        page.goto(path.as_uri())
        return page, [url for url in asked if not url.startswith("data:")], wrong

    yield visit
    for context in contexts:
        context.close()
