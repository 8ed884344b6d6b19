"""The panel in a real JupyterLab in Chromium: every control moved, from end to end."""

from __future__ import annotations

import re
import shutil
import time

import pytest
from lab import ROOT, jupyterlab, run_again, run_all
from pages import barriers

from bakhmut import decide, read_dossier
from bakhmut.engine.status import STATUS

pytestmark = pytest.mark.browser
NAME = "06-explore.ipynb"
IS_CLOSED = "handle => handle.closest('.noUi-target').hasAttribute('disabled')"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """JupyterLab on a copy of the notebook: its address and its folder."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "notebooks" / NAME, folder)
    with jupyterlab(folder, tmp_path_factory.mktemp("home")) as address:
        yield address, folder


@pytest.fixture(scope="module")
def lab(chromium, server):
    """The notebook, all its cells run: the page, its panel and what went wrong."""
    page, wrong = chromium.new_page(viewport={"width": 1400, "height": 1000}), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page, run_all(page, server[0], NAME), wrong
    page.close()


def told(panel) -> str:
    return panel.locator(".bakhmut-status").inner_text()


def as_words(status: str) -> str:
    return STATUS[status].heading


KERNEL = "document.querySelector('.jp-Notebook-ExecutionIndicator').dataset.status"


def settled(page, panel, act) -> str:
    """Do something and return the status once the kernel rests and nothing shown changes."""
    act()
    last, since = panel.inner_html(), time.monotonic()
    while time.monotonic() - since < 0.25:
        page.wait_for_timeout(40)
        now = panel.inner_html()
        if now != last or page.evaluate(KERNEL) == "busy":
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


def test_a_conflict_chosen_by_its_arrow_keys_is_lit_in_quotes_and_plane(lab):
    page, panel, wrong = lab
    conflicts = panel.get_by_role("radiogroup", name="Conflicts").get_by_role("radio")
    assert conflicts.count() == 10
    conflicts.first.focus()
    lit = set()
    for _ in range(3):
        settled(page, panel, lambda: page.keyboard.press("ArrowDown"))
        assert panel.locator(".bakhmut-lit").count() >= 1
        assert panel.locator(".bakhmut-glow").count() >= 1
        lit.add(panel.locator(".bakhmut-text").inner_text())
    assert len(lit) == 3  # each lights words of its own
    assert wrong == []


def test_a_number_below_nought_is_refused_where_it_was_typed(lab):
    page, panel, _ = lab
    field = panel.get_by_role("spinbutton", name="lost 153,770 personnel")
    field.fill("-5")
    page.keyboard.press("Tab")
    said = panel.locator(".bakhmut-number [role=alert]")
    said.wait_for()
    assert "cannot be below 0" in said.inner_text()
    assert field.input_value() == "153770"
    settled(page, panel, panel.get_by_role("button", name="Start over").click)


def test_what_is_typed_stands_in_the_text_as_it_was_typed(lab):
    page, panel, _ = lab
    field = panel.get_by_role("spinbutton", name="lost 153,770 personnel")
    settled(page, panel, lambda: (field.fill("400000"), page.keyboard.press("Tab")))
    assert panel.locator(".bakhmut-text ins").inner_text() == "400,000"
    assert field.input_value() == "400000"
    settled(page, panel, panel.get_by_role("button", name="Start over").click)


def test_the_cell_can_be_run_twice_in_one_kernel(lab):
    page, _, wrong = lab
    run_again(page)
    page.locator(".bakhmut-explore [role=status]").first.wait_for(timeout=40_000)
    assert page.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0
    assert page.locator(".bakhmut-explore").count() == 1
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
