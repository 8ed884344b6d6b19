"""A file in, its text out: every format by a file made here, every refusal in one sentence."""

from __future__ import annotations

import io
import os
import time
import zipfile
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bakhmut import DossierError, draft
from bakhmut.drafting.intake import read_text, text_of

PAGE = """\
<!doctype html><html><head><meta charset="utf-8"><title>Floods: five dead | The Daily</title>
<script>document.write("<p>999 killed</p>")</script><style>p { color: red }</style></head>
<body class="has-sidebar">
<header><nav><a href="/">Home</a> <a href="/w">World: 12 dead</a></nav></header>
<div class="ad-slot"><p>40 killed by low prices</p></div>
<main><article>
<h1>Five dead in&nbsp;Arle</h1>
<p>At least five people were killed<sup>[1]</sup>, the <b>may</b>or said.
<p>Some 1,2&shy;00 &amp; more were hurt<br>by evening.
<ul><li>One killed upstream<li><p>Two missing</p></ul>
<figure><img src="x.jpg" alt="888"><figcaption>The bridge where three died</figcaption></figure>
<table><caption>Toll by town</caption><tr><th>Town<th>Dead<tr><td>Arle<td>4<tr><td>Bree<td>1</table>
<p hidden>777 killed</p><p style="display: none">776 killed</p><p aria-hidden="true">775</p>
<p data-hidden="no">Nobody else is missing.</p>
<div class="related"><a href="/b">7 killed elsewhere</a></div>
<ul><li><a>66 dead in Oss</a><li><a>65 dead in Ede</a><li><a>64 dead in Lent</a></ul>
</article></main><footer>555 killed</footer></body></html>"""

ITS_TEXT = """\
Five dead in Arle

At least five people were killed, the mayor said.

Some 1,200 & more were hurt
by evening.

• One killed upstream

• Two missing

The bridge where three died

Toll by town

Town | Dead
Arle | 4
Bree | 1

Nobody else is missing."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, *, name="word/document.xml", head="") -> bytes:
    """Return a .docx with a body of WordprocessingML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        archive.writestr(name, xml)
    return file.getvalue()


def said(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def pdf(*pages: list[str], trailer: str = "") -> bytes:
    """Return a PDF whose pages show lines of text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {size} /Root 1 0 R {trailer}>>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF\n".encode()


# What is read


def test_a_saved_page_is_its_headline_paragraphs_bullets_captions_and_tables(tmp_path):
    (tmp_path / "story.html").write_text(PAGE, encoding="utf-8")
    assert read_text(tmp_path / "story.html") == ITS_TEXT


def test_a_page_is_told_by_its_content_whatever_its_name():
    assert text_of(PAGE.encode(), "") == ITS_TEXT
    assert text_of(PAGE.encode("utf-16"), "") == ITS_TEXT


def test_a_headline_outside_of_the_article_comes_first_and_a_title_where_there_is_none():
    body = "<article><p>Five people were killed on the bridge, the mayor said.</p></article>"
    above = f"<title>T | Daily</title><body><header><h1>Five dead</h1></header>{body}"
    assert text_of(above.encode(), ".html").startswith("Five dead\n\nFive people")
    title = f"<html><title>Five dead in Arle - The Daily</title><body>{body}"
    assert text_of(title.encode(), ".html").startswith("Five dead in Arle\n\nFive people")


def test_a_page_that_marks_no_article_is_read_whole_but_for_its_lists_of_links():
    page = """<body><div id=menu>9 dead</div><div><a>1 dead</a> <a>2 dead</a> <a>3 dead</a></div>
    <form><div class=text><p>Ten people were killed, police said.</p></div></form></body>"""
    assert text_of(page.encode(), ".html") == "Ten people were killed, police said."


def test_an_article_in_a_wrapper_named_like_an_advert_is_not_lost():
    page = "<body><div class='social share'><p>Ten people were killed.</p></div></body>"
    assert text_of(page.encode(), ".html") == "Ten people were killed."


def test_the_columns_of_a_page_made_of_tables_are_no_table_of_figures():
    inner = "<table><tr><td>Arle<td>4</table>"
    page = f"<table><tr><td><h2>Toll</h2><p>Ten died.</p>{inner}<td><p>More.</p></table>"
    assert text_of(page.encode(), ".html") == "Toll\n\nTen died.\n\nArle | 4\n\nMore."


def test_what_cannot_be_seen_goes_and_other_scripts_stay():
    page = (
        "<p dir=rtl>\u202b\u0642\u062a\u0644 15\u202c</p><p>153\u200b,770 men, 1\xa0200\xa0hurt</p>"
    )
    assert text_of(page.encode(), ".html") == "\u0642\u062a\u0644 15\n\n153,770 men, 1\xa0200 hurt"


def test_a_page_in_the_encoding_it_names_or_wrongly_names():
    page = "<meta charset={}><p>Ten soldiers died at Złota.</p>"
    for name, written in (("iso-8859-2", "iso-8859-2"), ("no-such", "utf-8"), ("koi8-r", "utf-16")):
        content = page.format(name).encode(written)
        assert text_of(content, ".html") == "Ten soldiers died at Złota."


def test_a_web_archive_is_the_page_in_it():
    archive = (
        "From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<p>Ten people were kill=\r\ned.</p>\r\n--b--\r\n"
    )
    assert text_of(archive.encode(), "") == "Ten people were killed."


def test_plain_text_keeps_every_character_but_the_kind_of_line_end(tmp_path):
    text = "Toll\r\n\r\n  Ten\u200b died.\rAll  civilians.\n"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8-sig"))
    assert read_text(tmp_path / "a.txt") == "Toll\n\n  Ten\u200b died.\nAll  civilians.\n"
    (tmp_path / "b.txt").write_bytes("Zehn Tote in Köln – „viele“".encode("cp1252"))
    assert read_text(tmp_path / "b.txt") == "Zehn Tote in Köln – „viele“"
    (tmp_path / "c.txt").write_bytes("PKK: ten dead".encode("utf-16"))
    assert read_text(tmp_path / "c.txt") == "PKK: ten dead"
    (tmp_path / "d").write_bytes(b"PKK fighters: ten dead")
    assert read_text(tmp_path / "d") == "PKK fighters: ten dead"


def test_markdown_loses_its_marks_and_addresses():
    source = """\
---
title: "Ten dead"
date: 2023-03-05
---
# The toll #

**Ten** men, [police](https://x.org/2023/5000-dead) said[^1], died *there*,
5*3 in all \\*, &amp; ![999 dead](p.png)
> and two more.

* One
- Two

| Town | Dead |
|---|--:|
| Arle | 4 |

```
12 killed in code
```
[1]: https://x.org/4000
"""
    assert text_of(source.encode(), ".md") == (
        "Ten dead\n\nThe toll\n\n"
        "Ten men, police said, died there, 5*3 in all *, & and two more.\n\n"
        "• One\n\n• Two\n\nTown | Dead\n\nArle | 4"
    )


def test_a_word_document_is_its_paragraphs_bullets_and_tables():
    numbered = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>" + cell + cell + "</w:tr>"
    body = (
        said("Ten dead")
        + said("At least ", "te", "n men &amp; women died")
        + numbered.format(1, "One killed") + numbered.format(0, "Two hurt")
        + f"<w:tbl>{row.format('Town', 'Dead')}{row.format('Arle', '4')}</w:tbl>"
        + "<w:p><w:del><w:r><w:delText>99</w:delText></w:r></w:del>"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>98 dead</w:t></w:r>"
        + "<w:r><w:instrText>97</w:instrText><w:t>A line</w:t><w:br/><w:t>and another</w:t></w:r>"
        + "</w:p>"
    )  # fmt: skip
    assert text_of(word(body), "") == (
        "Ten dead\n\nAt least ten men & women died\n\n• One killed\n\nTwo hurt\n\n"
        "Town | Dead\nArle | 4\n\nA line\nand another"
    )


def test_a_pdf_is_its_paragraphs_without_the_heads_of_its_pages():
    pytest.importorskip("pypdf")
    long = ["The ministry said on Monday that at least one hundred",
            "men were killed at Arle on the last Sunday, and two hun-",
            "dred were wounded in the fights of the last month.", "So it ends."]  # fmt: skip
    pages = [["The Daily 1", *long], ["The Daily 2", *long], ["The Daily 3", "3"]]
    joined = (
        "The ministry said on Monday that at least one hundred men were killed at Arle on the last "
        "Sunday, and two hundred were wounded in the fights of the last month. So it ends."
    )
    assert text_of(pdf(*pages), "") == f"{joined}\n\n{joined}"


# What is refused, in one sentence


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"", "holds no text"),
        ("a.txt", "\n \u2014 \U0001f480".encode(), "holds no text"),
        ("a.txt", b"ten\0dead", "holds a NUL byte"),
        ("a.txt", b"Ten dead\nat\x81 once", "is not UTF-8 text from line 2 on"),
        ("a.txt", "Десять убитых".encode("cp1251"), "is not UTF-8 text"),
        ("a.html", b"<p></p><script>10 dead</script>", "holds no text"),
        ("a.html", b"<b>" * 200_001, "more than the 200,000 tags"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 600, "save it as .docx"),
        ("a.docx", b"Ten dead", "is not a .docx, which is a zip archive"),
        ("a.docx", word("x", name="xl/workbook.xml"), "without word/document.xml"),
        ("a.docx", word("<w:p>"), "is a damaged .docx"),
        ("a.docx", word(""), "holds no text"),
        ("a.docx", word(said("&a;"), head='<!DOCTYPE x [<!ENTITY a "b">]>'), "XML entities"),
        ("a.docx", word(f"<w:p>{'x' * (65 * 2**20)}</w:p>"), "larger than 64 MB once unpacked"),
        ("a.pdf", b"Ten dead", "does not begin as a PDF does"),
        ("a.mhtml", b"Ten dead", "is no web archive"),
    ],
)  # fmt: skip
def test_what_holds_no_text_is_one_sentence_that_names_the_file(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DossierError) as told:
        draft(tmp_path / name)
    assert str(told.value).startswith(f"{tmp_path / name}: ") and what in str(told.value)
    assert len(str(told.value).splitlines()) == 1


def test_an_archive_that_lies_about_its_size_is_not_unpacked_beyond_the_limit():
    content = bytearray(word(f"<w:p>{'x' * (65 * 2**20)}</w:p>"))
    claimed = len(b"x").to_bytes(4, "little")
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + place
        content[at : at + 4] = claimed
    with pytest.raises(ValueError, match=r"damaged|larger"):
        text_of(bytes(content), ".docx")


def test_a_locked_document_is_said_to_be_locked():
    content = bytearray(word(said("Ten dead")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    with pytest.raises(ValueError, match="locked with a password"):
        text_of(bytes(content), ".docx")


def test_a_pdf_that_is_locked_damaged_or_scanned():
    pytest.importorskip("pypdf")
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /O ({0}) /U ({0}) /P -4 >> /ID [(a) (a)] "
    with pytest.raises(ValueError, match="locked with a password"):
        text_of(pdf(["Ten dead"], trailer=lock.format("x" * 32)))
    with pytest.raises(ValueError, match="only pictures of pages"):
        text_of(pdf([]))
    with pytest.raises(ValueError, match="damaged PDF"):
        text_of(b"%PDF-1.4\n" + zlib.compress(b"x" * 999))


def test_without_pypdf_a_pdf_is_one_sentence_with_the_command(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(ValueError, match=r'pip install "bakhmut\[pdf\]"'):
        text_of(b"%PDF-1.4\n")


def test_what_is_no_plain_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for path, what in (
        (tmp_path / "pipe.txt", "is not a plain file"),
        ("/dev/zero", "is not a plain file"),
        (tmp_path, "is a folder"),
        (tmp_path / "none.txt", "cannot be read (No such file or directory)"),
        ("x" * 5000, "cannot be read (File name too long)"),
        ("https://example.org/a.html", "is an address"),
    ):
        with pytest.raises(DossierError) as told:
            read_text(path)
        assert what in str(told.value) and len(str(told.value).splitlines()) == 1


def test_a_file_larger_than_the_limit_is_refused(tmp_path):
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(33 * 2**20)
    with pytest.raises(DossierError, match="is larger than the 32 MB"):
        read_text(tmp_path / "large.txt")


# Whatever comes


@pytest.mark.parametrize("piece", [
    "<a ", "<!--", "<", "<! ", "</a", "<a x='", '<a x="', "&", "&#99999999999", "<script>", "<p>",
    "<div>x", "<table><tr><td>x", "<ul><li>", "<sup>[1]", "<a ====", "[[](", "**a*_", "<a\t",
    "`", "|a",
])  # fmt: skip
@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_a_page_made_to_be_slow_is_as_quick_as_any(piece, suffix):
    started = time.process_time()
    try:
        text_of((piece * 10_000).encode(), suffix)
    except ValueError as error:
        assert "holds no text" in str(error)
    assert time.process_time() - started < 5


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(str.encode),
        st.lists(st.sampled_from([
            "<p>", "</p>", "<table>", "<td>", "<tr>", "</div>", "<li>", "<h1>", "<script>", "<!--",
            "-->",
            "<sup>", "<a href='", "'>", "Ten men were killed in Arle. ", "5,000 ", "&nbsp;",
            "&#x202e;",
            "<article>", "<br>", "| ", "* ", "# ", "```\n", "\n\n", "\U0001f480", "\u200b",
            "five to one ",
        ]), max_size=40).map(lambda pieces: "".join(pieces).encode()),
    ),
    st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf", ".mhtml", ""]),
)  # fmt: skip
@example(b"PK\x03\x04", "")
@example("\ud83d\udc80 10 killed".encode("utf-8", "surrogatepass"), ".txt")
def test_any_file_gives_a_draft_whose_words_stand_at_their_places_or_one_sentence(
    tmp_path_factory, content, suffix
):
    file = tmp_path_factory.getbasetemp() / f"any{suffix}"
    file.write_bytes(content)
    try:
        found = draft(file)
    except DossierError as error:
        assert str(error) and len(error.problems) == 1
        return
    for row in found.evidence.itertuples():
        assert 0 <= row.start <= row.end <= len(found.text)
        if row.field in ("quote", "number"):
            assert found.text[row.start : row.end] == row.value
    if len(found.claims):
        assert found.dossier().claims["claim"].tolist() == found.claims["claim"].tolist()
