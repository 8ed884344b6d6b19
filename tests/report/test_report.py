"""The report as a file: what it says, that it is safe to send, and that no half of one is left."""

import base64
import csv
import hashlib
import html
import io
import json
import os
import random
import re
import resource
import select
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from samples import CLAIMS, HOSTILE, hostile, small, write_notebooks

from bakhmut.dossier.claims import write_dossier
from bakhmut.report.make import ReportError, write_report

SHOWS = ["# Which dossier?", "DOSSIER = None  # or a path", "DOSSIER"]


def quiet(line: str) -> None:
    """Take a line of progress."""


@pytest.fixture
def make(notebooks, tmp_path, warm_kernels):
    """Write a report on a small dossier with one small notebook; the page as text."""

    def make(dossier=None, *, target="report.html", cells=SHOWS, **options) -> str:
        folder = notebooks(**{"01-shown": cells})
        options = {"progress": quiet, "notebooks": folder, **options}
        path = write_report(dossier or small(), tmp_path / target, **options)
        return path.read_text(encoding="utf-8")

    return make


@pytest.fixture(scope="module")
def cold(tmp_path_factory):
    """The report on the small dossier, and how long it takes with kernels of its own."""
    place = tmp_path_factory.mktemp("small")
    folder = write_notebooks(place / "notebooks", **{"01-shown": SHOWS})
    dossier = write_dossier(small(), place / "small")
    started = time.perf_counter()
    path = write_report(dossier, place / "report.html", notebooks=folder, progress=quiet)
    return path.read_text(encoding="utf-8"), time.perf_counter() - started


@pytest.fixture(scope="module")
def text(cold):
    """The report on the small dossier."""
    return cold[0]


class Page(HTMLParser):
    """What a page holds: tags with attributes, and the text of each kind of element."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def raw(self, tag):
        return [data for name, data in self.texts if name == tag]


def json_of(text: str, kind: str):
    found = re.search(rf'<script type="{re.escape(kind)}"[^>]*>(.*?)</script>', text, re.S)
    return json.loads(found[1])


# -- what it says ----------------------------------------------------------------------------


def plain(part: str) -> str:
    """A part of the page as it is read."""
    return html.unescape(re.sub(r"<[^>]+>", "", part))


def section(text: str, name: str) -> str:
    start = text.index(f'id="{name}"')
    return text[start : text.index("</section>", start)]


def test_the_first_screen_answers_and_draws_what_collides(text):
    front = text[text.index('class="front"') : text.index('class="spread"')]
    assert '<p class="verdict" data-status="contradiction">' in front
    assert "Not checked: whether any figure is right" in plain(front)
    # Two counts of one thing: bars on one line, each a link to its row, named by what is read at
    # it and by its quote (WCAG 2.5.3: the name holds the words that are seen).
    named = re.findall(r'<a href="#claim-[^>]*aria-label="([^"]*)">\s*<text[^>]*>([^<]*)', front)
    assert named and all(name.startswith(f"{seen}, “") for name, seen in named)
    assert any(name.endswith(", “at least 200 were killed”") for name, _ in named)
    assert '<a href="#claim-second" data-claim="second"' in front


def test_each_figure_has_a_row_that_says_what_it_counts_and_whether_it_fits(text):
    table = section(text, "figures")
    row = table[table.index('<tr id="claim-first" data-claim="first">') :]
    row = plain(row[: row.index("</tr>")])
    assert row.startswith("at least 200killeda ministry")
    assert "cannot be true beside up to 100" in row


def test_a_finding_names_the_figures_their_sum_and_leads_to_the_proof(text):
    found = section(text, "findings")
    assert "<h3><bdi>at least 200 and up to 100</bdi></h3>" in found
    assert "They go back to one voice, a ministry." in plain(found)
    assert "So 200 would have to be at most 100" in plain(found)
    assert 'href="#conflict-1"' in found


def test_no_sentence_and_no_quote_stands_twice_in_what_is_open(text):
    opened = text[text.index("<main>") : text.index('id="workings"')]
    words = plain(re.sub(r"<(script|style).*?</\1>", "", opened, flags=re.S))
    # In the text and the table; what a flag says of a quote has it in its own sentence.
    told = words[: words.rindex("What to look at first")]
    assert told.count("at least 200 were killed") == 1
    sentences = [part for part in re.split(r"(?<=[.?])\s+", words) if len(part.split()) > 4]
    assert len(sentences) == len(set(sentences)) > 3


def test_the_workings_are_folded_and_whole(text):
    workings = text[text.index('id="workings"') :]
    assert workings.count('<details class="work"') == 6  # a notebook, five lists
    assert '<details class="work" open' not in workings


def test_every_claim_conflict_and_flag_has_an_anchor_and_every_link_in_the_page_leads_somewhere(
    text,
):
    page = Page(text)
    places = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(places) == len(set(places))
    assert {"claim-first", "claim-second", "conflict-1"} <= set(places)
    links = {attrs["href"][1:] for attrs in page.all("a") if attrs.get("href", "")[:1] == "#"}
    assert links <= set(places)


def test_a_conflict_stands_with_its_proof(text):
    proof = text[text.index('id="conflict-1"') :]
    proof = proof[proof.index('class="proof"') : proof.index("</article>")]
    assert "200" in proof
    assert "100" in proof


def test_a_quote_links_to_its_words_on_the_page_that_has_them(text):
    # Each character that a text fragment could take for its own is encoded.
    assert (
        'href="https://example.org/story#:~:text=at%20least%20200%20were%20killed" '
        'rel="noreferrer"' in text
    )


def test_a_chapter_shows_prose_folded_code_and_output(text):
    start = text.index('<section id="01-shown"')
    chapter = text[start : text.index("</section>", start)]
    assert ">Which dossier?</h3></summary>" in text[:start]
    assert '<details class="code"><summary>Code <span>1</span></summary>' in chapter
    assert "<pre>&#39;small&#39;</pre>" in chapter


def test_headings_skip_no_level_and_there_is_one_h1(text):
    page = Page(text)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_every_table_has_a_caption_and_every_header_a_scope(text):
    page = Page(text)
    assert len(page.all("table")) == len(page.all("caption")) > 0
    assert {attrs.get("scope") for attrs in page.all("th")} == {"col", "row"}


# -- safe to send ----------------------------------------------------------------------------


def test_the_page_loads_nothing_and_runs_only_its_own_script(text):
    page = Page(text)
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv"))
    (style,), (script,) = page.raw("style"), [s for s in page.raw("script") if s[0] == "/"]

    def digest(text):
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest(style)}'; "
        f"script-src 'sha256-{digest(script)}'; base-uri 'none'; form-action 'none'"
    )
    assert not page.all("link")
    assert "url(" not in style and "@import" not in style
    sources = [a["src"] for _, a in page.tags if "src" in a]
    assert all(source.startswith("data:image/") for source in sources)
    names = {name for _, attrs in page.tags for name in attrs}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


def test_what_a_dossier_says_is_shown_letter_by_letter_and_does_nothing(make):
    text = make(hostile(100))
    page = Page(text)
    assert len(page.all("script")) == 3
    assert len(page.all("style")) == len(page.all("title")) == 1
    assert not page.all("img")
    assert not [a for a in page.all("a") if a.get("href", "").startswith("javascript")]
    assert "&lt;script&gt;hit()&lt;/script&gt;" in text
    assert "{{ 7 * 7 }}{% raw %}${7*7}" in text
    assert json_of(text, "application/json")["dossier"]["claims"] == 2
    linked = json_of(text, "application/ld+json")
    assert any(HOSTILE in part.get("text", "") for part in linked["@graph"])


# -- for machines ----------------------------------------------------------------------------


def test_the_check_is_in_the_page_as_the_command_line_prints_it(text):
    from bakhmut.findings.summary import examine, summarize

    dossier = small()
    found = json_of(text, "application/json")
    assert found == summarize(dossier, examine(dossier))
    assert found["status"] == "contradiction"


def test_linked_data_reviews_each_claim_for_consistency_only(text):
    linked = json_of(text, "application/ld+json")
    assert linked["@context"] == "https://schema.org"
    claims = [part for part in linked["@graph"] if part["@type"] == "Claim"]
    reviews = [part for part in linked["@graph"] if part["@type"] == "ClaimReview"]
    assert [claim["@id"] for claim in claims] == ["#claim-first", "#claim-second"]
    assert claims[0]["appearance"]["url"] == "https://example.org/story"
    assert [review["itemReviewed"]["@id"] for review in reviews] == [
        "#claim-first",
        "#claim-second",
    ]
    for review in reviews:
        rating = review["reviewRating"]
        assert rating["alternateName"] == (
            "Cannot hold together with other figures of the text, as worded"
        )
        assert "ratingValue" not in rating


# -- accountable -----------------------------------------------------------------------------


def downloads(text: str) -> dict[str, str]:
    return {
        attrs["download"]: unquote(attrs["href"].split(",", 1)[1])
        for attrs in Page(text).all("a")
        if "download" in attrs
    }


def test_the_dossier_can_be_saved_from_the_page_and_holds_no_formula(text):
    found = downloads(text)
    assert set(found) == {
        *("claims.csv", "sources.csv", "terms.csv", "readings.csv", "positions.csv"),
        "assumptions.csv",
    }
    rows = list(csv.DictReader(io.StringIO(found["claims.csv"])))
    assert [row["quote"] for row in rows] == [row["quote"] for row in CLAIMS]
    assert rows[0]["note"] == "'=1+1"


def test_the_appendix_names_digest_versions_command_and_assumptions(make, text):
    import highspy
    import pandas

    import bakhmut

    dossier = small()
    page = make(dossier, assume=["more-wounded"])
    appendix = plain(page[page.index('id="appendix"') :])
    assert dossier.sha256 in appendix
    assert "bakhmut report small --assume more-wounded" in appendix
    for part in (bakhmut.__version__, pandas.__version__, "highspy", "more-wounded (what-if)"):
        assert part in appendix
    assert highspy
    assert "more-wounded (what-if)" not in re.sub(r"<[^>]+>", "", text)


def test_the_same_dossier_gives_the_same_bytes_wherever_it_lies(make, text, tmp_path):
    folders = [tmp_path / "a" / "small", tmp_path / "b" / "deeper" / "small"]
    pages = [
        make(write_dossier(small(), folder), target=f"{n}.html") for n, folder in enumerate(folders)
    ]
    assert pages[0] == pages[1] == text
    assert str(tmp_path) not in pages[0]


def test_another_figure_gives_another_report(make, text):
    claims = [CLAIMS[0], CLAIMS[1] | {"high": "300", "quote": "up to 300 were killed"}]
    after = make(small(claims))
    verdict = '<p class="verdict" data-status="consistent">'
    assert verdict not in text
    assert verdict in after


TWO_TEXTS = [
    {"claim": name, "article": article, "quote": f"{n} dead", "source": source, "measure": "dead",
     "place": "town", "period": "2020", "low": n, "high": n}
    for name, article, n, source in (
        ("a", "One", "5", "police"), ("b", "One", "7", "mayor"), ("c", "Two", "9", "police"))
]  # fmt: skip


def test_several_texts_have_one_verdict_on_a_page_each_by_itself_or_together(make):
    # Text One is at odds (5 and 7), text Two has one figure; as one, all three are at odds.
    apart, joint = make(small(TWO_TEXTS)), make(small(TWO_TEXTS), together=True)
    for page, many in ((apart, 1), (joint, 3)):
        assert len(json_of(page, "application/json")["conflicts"]) == many
        assert len(re.findall(r'<h4 id="conflict-\d"', page)) == many
    assert "--together" not in apart[apart.index("<pre class") :]
    assert "bakhmut report small --together" in plain(joint)


@pytest.mark.usefixtures("warm_kernels")
def test_a_notebook_that_decides_all_texts_as_one_is_left_out_where_each_stands_by_itself(
    tmp_path, notebooks
):
    folder = notebooks(**{"01-shown": ["# Which dossier?"], "02-decides": ["# Decided"]})
    path = folder / "02-decides.ipynb"
    about = json.loads(path.read_text(encoding="utf-8"))
    about["metadata"]["bakhmut"] = {"decides": True}
    path.write_text(json.dumps(about), encoding="utf-8")
    for together in (False, True):
        target = tmp_path / "r.html"
        options = {"together": together, "notebooks": folder, "progress": quiet}
        page = write_report(small(TWO_TEXTS), target, **options).read_text(encoding="utf-8")
        assert ("Decided</h3>" in page) is together
        assert "Which dossier?</h3>" in page


def test_with_the_text_its_paragraphs_stand_in_the_page_with_the_figures_lit(make, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("Of <many>, at least\n200 were killed.\n\nLater, none.\n", encoding="utf-8")
    page = make(text=story)
    part = section(page, "text")
    assert "Of &lt;many&gt;, " in part and "Later, none." in part
    assert re.search(
        r'<mark data-claim="first"[^>]*><bdi>at least\n200 were killed</bdi></mark>', part
    )
    assert "Not found in the text, word for word: up to 100 were killed." in plain(part)
    assert "--text story.txt" in page


def test_a_text_that_cannot_be_read_is_one_clear_error(make, tmp_path):
    (tmp_path / "odd.txt").write_bytes(b"caf\0")
    with pytest.raises(ReportError, match=r"odd\.txt: holds a NUL byte; this is not a text file"):
        make(text=tmp_path / "odd.txt")
    with pytest.raises(ReportError, match=r"none\.txt: cannot be read \(No such file"):
        make(text=tmp_path / "none.txt")


def test_the_full_text_is_read_as_drafts_are(make, tmp_path):
    (tmp_path / "a.html").write_text("<html><body><nav>Menu</nav><p>Of 100 &amp; more.</p></body>")
    shown = make(text=tmp_path / "a.html")
    assert "&lt;nav" not in shown and "Menu" not in shown and "more." in shown


@pytest.mark.parametrize("place", ["/dev/zero", "pipe", "."])
def test_a_text_that_is_no_plain_file_is_refused_before_any_work_is_done(make, tmp_path, place):
    os.mkfifo(tmp_path / "pipe")
    lines: list[str] = []
    with pytest.raises(ReportError, match=r"(is not a plain file|folder|Is a directory)"):
        make(text=tmp_path / place, progress=lines.append)
    assert not lines


def test_newer_figures_stand_in_place_and_are_listed(make):
    text = make(updates=["second=300"], as_of="2024-01-01")
    appendix = text[text.index('id="updates"') :]
    plain = re.sub(r"<[^>]+>", " ", appendix)
    assert re.search(r"second\s+figure\s+up to 100\s+up to 300", plain)
    assert "--set second=300 --as-of 2024-01-01" in text


def test_the_chapter_against_another_dossier_names_what_moved_and_why(make, text):
    claims = [CLAIMS[0], CLAIMS[1] | {"high": "300", "quote": "up to 300 were killed"}]
    page = make(small(claims), against=small())
    moved = page[page.index('id="moved"') :]
    moved = re.sub(r"<[^>]+>", " ", moved[: moved.index("</section>")])
    assert re.search(r"\b100\b.*\b300\b", moved, re.S)
    assert "contradiction" in moved
    assert "--against small" in page
    assert 'id="moved"' not in text
    front = page[page.index('class="front"') : page.index('class="spread"')]
    assert re.search(r"things? (is|are) otherwise: see", front) and 'href="#moved"' in front


# -- whole or not at all ---------------------------------------------------------------------


def test_a_failing_notebook_leaves_the_earlier_report(make, tmp_path):
    earlier = make()
    with pytest.raises(ReportError, match=r"^notebook 01-shown, cell 1 of 1: ZeroDivisionError"):
        make(cells=["1 / 0"])
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == earlier


def test_a_dossier_that_cannot_be_used_leaves_the_earlier_report(make, tmp_path):
    from bakhmut.dossier.claims import DossierError

    earlier = make()
    with pytest.raises(DossierError):
        make(tmp_path / "missing")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == earlier


def test_a_full_disk_is_one_clear_error(make, tmp_path):
    earlier = make()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(earlier) // 2, limits[1]))
    try:
        with pytest.raises(ReportError) as caught:
            make()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert str(caught.value) == (
        f"{tmp_path / 'report.html'} cannot be written: File too large. "
        "An earlier report is as it was."
    )
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == earlier
    assert not list(tmp_path.glob(".*"))


def test_a_place_that_cannot_be_written_to_is_said_before_any_work_is_done(make, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    lines: list[str] = []
    for target, why in (
        ("file/report.html", "there is no folder"),
        ("missing/report.html", "there is no folder"),
        (".", "it is not a file"),
    ):
        with pytest.raises(ReportError, match=f"cannot be written: {why}"):
            make(target=target, progress=lines.append)
    assert not lines


SCRIPT = """
import sys
from bakhmut.report.make import write_report
write_report(sys.argv[1], sys.argv[2], notebooks=sys.argv[3])
"""


def start(tmp_path, folder) -> subprocess.Popen:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "small"), str(tmp_path / "report.html")]
    return subprocess.Popen([*command, str(folder)], stderr=subprocess.PIPE, text=True)


@pytest.fixture
def prepared(cold, notebooks, tmp_path):
    write_dossier(small(), tmp_path / "small")
    return *cold, notebooks(**{"01-shown": SHOWS})


def test_killed_at_any_moment_the_earlier_report_is_whole_and_the_next_run_clears_up(
    prepared, make, tmp_path
):
    page, seconds, folder = prepared
    (tmp_path / "report.html").write_text("earlier", encoding="utf-8")
    chance = random.Random(2023)
    for _ in range(6):
        run = start(tmp_path, folder)
        time.sleep(chance.uniform(0, 1.5 * seconds))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert (tmp_path / "report.html").read_text(encoding="utf-8") in ("earlier", page)
    # What a kill in the middle of writing leaves; too short a moment to be hit by chance.
    (tmp_path / ".report.html.1-ab.part").write_text(page[:99], encoding="utf-8")
    assert make(tmp_path / "small") == page
    assert not list(tmp_path.glob(".*"))


def test_a_killed_run_leaves_no_kernel_behind(prepared, tmp_path, notebooks):
    pids = tmp_path / "pids"
    sleeps = f"import os, time; open({str(pids)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    run = start(tmp_path, notebooks(**{"01-shown": [sleeps]}))
    wait_until(lambda: pids.exists() and pids.read_text())
    run.kill()
    run.communicate()
    assert has_ended(int(pids.read_text()))


def wait_until(is_so, *, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def has_ended(pid: int) -> bool:
    """Ask the system to say when a process ends; return whether it did."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], 60)[0])
    finally:
        os.close(process)


def test_two_runs_at_once_end_with_one_whole_report(prepared, tmp_path):
    page, _, folder = prepared
    runs = [start(tmp_path, folder) for _ in range(2)]
    for run in runs:
        _, errors = run.communicate()
        assert run.returncode == 0, errors
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page
    assert not list(tmp_path.glob(".*"))


def test_progress_goes_to_standard_error_and_nothing_else_is_said(prepared, tmp_path):
    _, _, folder = prepared
    run = start(tmp_path, folder)
    _, errors = run.communicate()
    lines = errors.splitlines()
    assert [re.sub(r"\d+\.\d s", "0.1 s", line) for line in lines] == [
        "01-shown: cell 1 of 2 (0.1 s)",
        "01-shown: cell 2 of 2 (0.1 s)",
    ]


def test_it_runs_where_a_loop_is_already_running(make):
    import asyncio

    async def inside() -> str:
        return make()

    assert "Which dossier?" in asyncio.run(inside())


def test_the_title_is_that_of_the_datapackage(make, tmp_path):
    folder = Path(write_dossier(small(), tmp_path / "small"))
    title = {"title": "A <b>story</b>"}
    (folder / "datapackage.json").write_text(json.dumps(title), encoding="utf-8")
    assert '<h1 id="title"><bdi>A &lt;b&gt;story&lt;/b&gt;</bdi></h1>' in make(folder)
