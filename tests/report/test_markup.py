import pytest

from bakhmut.report.chapters.markup import Rewriter, is_web


def rewrite(text: str, **options) -> str:
    return Rewriter("01", **options).rewrite(text)


def test_scripts_styles_and_frames_go_with_all_that_is_in_them():
    text = "a<script>alert(1)</script>b<style>p{}</style>c<iframe src=x>d</iframe>e"
    assert rewrite(text) == "abce"


def test_a_script_that_is_never_closed_swallows_only_its_own_piece():
    rewriter = Rewriter("01")
    assert rewriter.rewrite("a<script>alert(1)") == "a"
    assert rewriter.rewrite("<p>b</p>") == "<p>b</p>"


def test_handlers_styles_and_unknown_attributes_are_dropped():
    text = '<p onclick="x()" style="color:red" data-x="1" class="note">a</p>'
    assert rewrite(text) == '<p class="note">a</p>'


def test_unknown_tags_leave_their_text():
    assert rewrite("<marquee>a</marquee><svg><b>c</b></svg>") == "a<b>c</b>"


def test_nothing_can_close_what_it_did_not_open():
    assert rewrite("a</div></section></main>b") == "ab"


def test_what_is_left_open_is_closed():
    assert rewrite("<details><b>a") == "<details><b>a</b></details>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "http:",
        "https://exa\u202emple.org",
        "https://[",
    ],
)
def test_only_addresses_of_the_web_become_links(address):
    assert not is_web(address)
    assert "href" not in Rewriter("01").rewrite(f'<a href="{address}">a</a>')


def test_a_link_to_the_web_tells_the_other_side_nothing():
    text = rewrite('<a href="https://example.org/?a=1&amp;b=2">a</a>')
    assert text == '<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer">a</a>'


def test_a_link_to_another_notebook_leads_to_its_chapter():
    chapters = frozenset(["02-b"])
    assert rewrite('<a href="02-b.ipynb">b</a>', chapters=chapters) == '<a href="#02-b">b</a>'
    assert rewrite('<a href="03-c.ipynb">c</a>', chapters=chapters) == "<a>c</a>"


def test_pictures_are_shown_only_where_the_page_holds_them():
    assert rewrite('<img src="https://example.org/a.png" alt="a &lt; b">') == "a &lt; b"
    assert rewrite('<img src="data:text/html;base64,AAAA" onerror="x()">') == ""
    inside = 'src="data:image/png;base64,AAAA" alt=""'
    assert rewrite('<img src="data:image/png;base64,AAAA">') == f"<img {inside}>"


def test_headings_go_below_the_pages_own_and_skip_no_level():
    rewriter = Rewriter("01")
    text = rewriter.rewrite("<h1>A</h1><h4>B</h4><h2>C</h2>")
    assert text == '<h2 id="01-a">A</h2><h3 id="01-b">B</h3><h3 id="01-c">C</h3>'
    assert rewriter.headings == [(2, "01-a", "A"), (3, "01-b", "B"), (3, "01-c", "C")]


def test_the_same_heading_twice_has_two_anchors():
    rewriter = Rewriter("01")
    assert 'id="01-a"' in rewriter.rewrite("<h1>A</h1>")
    assert 'id="01-a-2"' in rewriter.rewrite("<h2>A</h2>")


def test_a_table_gets_a_frame_that_the_keyboard_can_scroll_and_that_has_its_name():
    text = rewrite("<table><caption>All of it</caption><tr><td>1</td></tr></table>")
    assert text == (
        '<div class="scroll" role="group" tabindex="0" aria-labelledby="01-all-of-it">'
        '<table><caption id="01-all-of-it">All of it</caption><tr><td>1</td></tr></table></div>'
    )


def test_header_cells_say_what_they_head_and_empty_ones_are_none():
    text = rewrite(
        "<table><thead><tr><th></th><th>a</th></tr></thead>"
        "<tbody><tr><th>0</th><td>1</td></tr></tbody></table>"
    )
    assert '<td></td><th scope="col">a</th>' in text
    assert '<th scope="row">0</th><td data-label="a">1</td>' in text


def test_a_cell_knows_its_column_where_it_stands_alone_on_a_phone():
    head = "<thead><tr><th>claim</th><th>so &amp; so</th></tr></thead>"
    text = rewrite(
        f"<table>{head}<tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr></table>"
    )
    assert text.count('<td data-label="so &amp; so">') == 2
    # The next table has heads of its own, or none.
    assert "data-label" not in rewrite(f"<table>{head}</table><table><tr><td>1</td></tr></table>")


def test_text_stays_text():
    assert rewrite("<p>1 &lt; 2 &amp; &lt;script&gt;</p>") == "<p>1 &lt; 2 &amp; &lt;script&gt;</p>"


def test_marks_that_turn_the_writing_act_on_their_own_text_only():
    assert rewrite("<td>\u202eabc</td><td>d</td>") == "<td><bdi>\u202eabc</bdi></td><td>d</td>"
