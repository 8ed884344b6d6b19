"""The panel in a real JupyterLab in Chromium: every control moved, from end to end."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from test_in_chromium import barriers

from bakhmut import decide, read_dossier

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent
NAME = "06-explore.ipynb"
TOKEN = "only-for-this-test"
IS_CLOSED = "handle => handle.closest('.noUi-target').hasAttribute('disabled')"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """JupyterLab on a copy of the notebook: its address and its folder."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "notebooks" / NAME, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
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
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/api?token={TOKEN}").close()
                break
            except OSError:
                assert lab.poll() is None, (home / "log.txt").read_text()
                time.sleep(0.1)
        yield address, folder
    finally:
        lab.terminate()
        lab.wait(20)


@pytest.fixture(scope="module")
def lab(chromium, server):
    """The notebook, all its cells run: the page, its panel and what went wrong."""
    address, _ = server
    page, wrong = chromium.new_page(viewport={"width": 1400, "height": 1000}), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/lab/tree/{NAME}?token={TOKEN}")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=40_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("[data-command='runmenu:run-all']").click()
    panel = page.locator(".bakhmut-explore")
    panel.locator("[role=status]").first.wait_for(timeout=40_000)
    panel.scroll_into_view_if_needed()
    yield page, panel, wrong
    page.close()


def told(panel) -> str:
    return panel.locator(".bakhmut-status").inner_text()


def as_words(status: str) -> str:
    return status.replace("-", " ")


def settled(page, panel, act) -> str:
    """Do something and return the status once what is shown no longer changes."""
    act()
    last, since = panel.inner_html(), time.monotonic()
    while time.monotonic() - since < 0.25:
        page.wait_for_timeout(40)
        now = panel.inner_html()
        if now != last:
            last, since = now, time.monotonic()
    assert panel.locator("[role=alert]").count() == 0
    return told(panel)


def test_at_first_the_panel_says_what_the_check_says(lab):
    _, panel, wrong = lab
    assert told(panel) == as_words(decide(read_dossier()))
    assert panel.locator("svg[role=img]").get_attribute("aria-label").startswith("Russia: 153,770.")
    assert wrong == []


def test_every_control_has_a_name_and_axe_finds_no_barrier(lab):
    page, panel, _ = lab
    found = barriers(page, within=".bakhmut-explore")
    assert found == []
    unnamed = "all => all.filter(h => !h.ariaLabel).length"
    assert panel.locator(".noUi-handle").count() > 10
    assert panel.locator(".noUi-handle").evaluate_all(unnamed) == 0


def test_every_number_goes_from_end_to_end_by_keyboard(lab):
    page, panel, wrong = lab
    handles, moved = panel.locator(".noUi-handle"), set()
    for what_ifs in (False, True):
        if what_ifs:  # what is supposed at first gives way to them
            for switch in panel.locator("input[type=checkbox]").all():
                switch.set_checked(True)
            settled(page, panel, lambda: None)
        for place in range(handles.count()):
            handle = handles.nth(place)
            if place in moved or handle.evaluate(IS_CLOSED):
                continue
            moved.add(place)
            handle.focus()
            for key, end in (("Home", "aria-valuemin"), ("End", "aria-valuemax")):
                page.keyboard.press(key)
                page.wait_for_timeout(100)
                now = float(handle.get_attribute("aria-valuenow"))
                assert now == pytest.approx(float(handle.get_attribute(end)), rel=0.01, abs=0.11)
            assert settled(page, panel, lambda: None)
    assert len(moved) == handles.count()
    settled(page, panel, panel.get_by_role("button", name="Start over").click)
    assert told(panel) == as_words(decide(read_dossier()))
    assert wrong == []


def test_every_reading_can_be_chosen(lab):
    page, panel, wrong = lab
    for place in range(panel.locator("select").count()):
        choice = panel.locator("select").nth(place)
        for option in range(choice.locator("option").count()):
            if choice.is_enabled():
                settled(page, panel, lambda c=choice, o=option: c.select_option(index=o))
    settled(page, panel, panel.get_by_role("button", name="Start over").click)
    assert wrong == []


def test_what_is_written_is_decided_alike(lab, server):
    page, panel, _ = lab
    for switch in panel.locator("input[type=checkbox]").all():
        settled(page, panel, switch.click)
    panel.get_by_label("Folder to write").fill("found")
    page.keyboard.press("Tab")
    panel.get_by_role("button", name="Write this state").click()
    panel.get_by_text(re.compile("bakhmut check found")).wait_for()
    assert told(panel) == as_words(decide(read_dossier(server[1] / "found")))
