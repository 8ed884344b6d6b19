"""Texts to be drafted that are made to break what reads them: pages, documents, PDF, plain text.

Scripts, hidden parts, entities, bombs, locks, scans, tables in tables, a million figures, text from
right to left, characters without width. Where a page is well-formed, what a reader does not see
must not be in its draft either.
"""

from __future__ import annotations

import base64
import html
import io
import os
import random
import zipfile
import zlib
from functools import partial
from pathlib import Path

import pypdf
from dossiers import ENCODINGS, NUMBERS, PERIODS, TEXTS, broken_bytes, size
from ends import FORMATS, SECRET, Case, patience

from bakhmut.drafting.texts import draft, read_dossier

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COUNTED = ("killed", "wounded", "dead and injured", "casualties", "missing", "lost", "tanks", "")
WHO = ("soldiers", "civilians", "Russian troops", "of them", "people", "Ukrainians", "women", "")
HEDGED = ("at least", "up to", "more than", "about", "not", "between 3 and", "nearly", "some", "")
ODD_FIGURES = (
    "1,2,3,4,5,6", "12-year-old", "1" * 400, "½", "²³", "٣٥٬٠٠٠", "१२३", "XII", "five to one",
    "dozens", "two thirds", "ten thousand million billion", "1 in 5", "7:1", "50-50", "0.0", "1e9",
    "one hundred and " * 50 + "one", "153\u200b,770", "153\u202e,770\u202c", "1\u00a0200", "1 200",
    "5–7", "30,000-60,000", "-5", "+3", "12th", "2022", "3 March", "$5bn", "20%", "per cent",
    "a million", "half", "twice as many", "three times as many", "tens of thousands", "T-72",
)  # fmt: skip
MARKS = ("\u202b", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\u00ad", "\ufeff", "\u0301",
         "\U0001f480", "\ud83d", "\x0b", "\x85", "\u2028", "\x1b[31m", "\u0e01\u0e33")  # fmt: skip
VOICES = ("the army said", "according to officials", "he added", "Kyiv says", "sources said",
          "NATO estimates", "the ministry denied", "", "قال الجيش", "сказав він")  # fmt: skip
JOINTS = (". ", "; ", ", ", "\n\n", "\n", " — ", " (", ") ", '" ', " “", "” ", ": ", "! ", "\t")


def broken(seed: int, scratch: Path) -> Case:
    """Make the text of a seed, and return the command that is run on it."""
    draw = random.Random(seed)
    make = draw.choices(list(KINDS), list(KINDS.values()))[0]
    suffix, content, kept = make(draw)
    if draw.random() < 0.25:
        content, kept = broken_bytes(draw, content), False
    if draw.random() < 0.05:
        suffix = draw.choice((".txt", ".md", ".html", ".docx", ".pdf", ".mhtml"))
        kept = False
    file = scratch / f"story{suffix}"
    (scratch / "secret.txt").write_text(f"{SECRET} killed")
    _put(draw, file, content)
    seconds, form = patience(draw), draw.choice(FORMATS)
    command = draw.choices((
        ["draft", file.name, "--seconds", seconds, "-o", "out"],
        ["draft", file.name, "--seconds", seconds, "-o", "out.xlsx"],
        ["check", file.name, "--seconds", seconds, "--format", form],
        ["verify", file.name, "--seconds", seconds, "--format", form],
    ), (6, 1, 3, 1))[0]  # fmt: skip
    if command[0] != "draft":
        return Case(command, kept=kept, frugal=True)
    # Half of them, for it takes as long again.
    then = partial(_wrong, command, file) if seed % 2 else str
    return Case(command, writes=command[-1], then=then, kept=kept, frugal=True)


def _put(draw: random.Random, file: Path, content: bytes) -> None:
    """Write a file, now and then one that is none, or of 200 MB."""
    odd = draw.random()
    if odd < 0.01:
        file.mkdir()
    elif odd < 0.02:
        os.mkfifo(file)
    elif odd < 0.03:
        file.symlink_to("/dev/zero")
    else:
        file.write_bytes(content)
        if odd < 0.04:
            os.truncate(file, 200 * 2**20)


def _wrong(command: list[str], file: Path) -> str:
    """Return what is wrong with a draft that was written: it must be read again as it was found."""
    found = draft(file.name)
    for row in found.evidence.itertuples():
        if not 0 <= row.start <= row.end <= len(found.text):
            return f"a span beside the text: {row}"
        if row.field in ("quote", "number") and found.text[row.start : row.end] != row.value:
            return f"words that do not stand at their place: {row}"
    if found.claims.empty:
        return ""
    again = read_dossier(command[-1])
    if again.claims["claim"].tolist() != found.claims["claim"].tolist():
        return "other claims are read than were found"
    return "" if again.sha256 == found.dossier().sha256 else "is not read as it was written"


# ---- words


def sentence(draw: random.Random) -> str:
    """Return words with figures in them, such as an article has, or nearly."""
    figure = draw.choice(draw.choice((NUMBERS[:30], ODD_FIGURES, PERIODS[:4])))
    where = draw.choice(("in Arle", "near Bakhmut", "on 3 March 2023", "since May", ""))
    words = [draw.choice(HEDGED), figure, draw.choice(WHO), "were", draw.choice(COUNTED), where]
    if draw.random() < 0.1:
        words.insert(draw.randrange(len(words)), draw.choice(TEXTS[:-3]))
    if draw.random() < 0.3:
        words.append(f", {draw.choice(VOICES)}")
    if draw.random() < 0.1:
        draw.shuffle(words)
    text = " ".join(filter(None, words))
    if draw.random() < 0.2:
        at = draw.randrange(len(text) + 1)
        text = text[:at] + draw.choice(MARKS) + text[at:]
    return text


def prose(draw: random.Random) -> str:
    """Return sentences, of which there may be very many."""
    parts = [sentence(draw) for _ in range(size(draw, 3, 10, 1, 40))]
    text = "".join(part + draw.choice(JOINTS) for part in parts)
    return text * draw.choices((1, 20, 1_000), (90, 9, 1))[0]


def plain(draw: random.Random) -> tuple[str, bytes, bool]:
    text = prose(draw)
    if draw.random() < 0.1:
        piece = draw.choice((sentence(draw), *ODD_FIGURES, *JOINTS, "killed ", "a" * 50, "1 "))
        length = draw.choices((20_000, 100_000, 2_000_000, 4_000_000), (80, 16, 2, 2))[0]
        text = piece * (length // max(1, len(piece)))
    code = draw.choice(("utf-8", "utf-8", "utf-8", *ENCODINGS))
    return ".txt", text.encode(code, "surrogatepass" if "utf-8" in code else "replace"), False


def markdown(draw: random.Random) -> tuple[str, bytes, bool]:
    pieces = ("# ", "* ", "> ", "| ", "**", "_", "`", "```\n", "[", "](", ")", "![", "---\n",
              "<!--", "-->", "\\", "&#x202e;", "&#99999999;", "[^1]", "1. ", "<b>")  # fmt: skip
    text = "".join(
        draw.choice(pieces) * draw.choice((1, 1, 1, 5, 3_000)) if draw.random() < 0.5
        else sentence(draw) + draw.choice(JOINTS)
        for _ in range(size(draw, 20, 3, 60))
    )  # fmt: skip
    return ".md", text.encode("utf-8", "surrogatepass"), False


# ---- pages

UNSEEN = (
    "<script>{}</script>", "<style>{}</style>", "<!-- {} -->", "<p hidden>{}</p>",
    '<div style="display:none">{}</div>', "<noscript>{}</noscript>", "<template>{}</template>",
    '<span aria-hidden="true">{}</span>', "<textarea>{}</textarea>",
    '<iframe srcdoc="{}"></iframe>', '<svg onload="{}"><text>{}</text></svg>',
    '<img src=x onerror="{}" alt="{}">', '<meta http-equiv="refresh" content="0;url=//x/{}">',
    "<del>{}</del>", '<object data="secret.txt">{}</object>', '<a href="javascript:{}"></a>',
)  # fmt: skip
AROUND = ("p", "div", "li", "ul", "td", "tr", "table", "th", "h1", "article", "main", "b", "sup",
          "pre", "blockquote", "caption", "br", "section class=ad")  # fmt: skip
LOOSE = ("<p>", "</p>", "<table>", "</table>", "<td", "<tr>", "</div>", "<li>", "<!--", "<![CDATA[",
         "]]>", "<?xml", "<a href='", '"', "&amp", "&#x202e;", "&#0;", "&bogus;", "<br/", "</",
         "<script>", "<title>", "<title/>", "\x00", "<plaintext>", "<p style='")  # fmt: skip


def page_of(draw: random.Random) -> tuple[str, bool]:
    """Return a page, and whether it is well-formed, so that what is unseen can be told."""
    secret, loose = f"{SECRET} killed", draw.random() < 0.4
    parts = ["<!doctype html><html><head><meta charset=utf-8><title>T</title></head><body>"]
    for _ in range(draw.choice((2, 8, 30))):
        kind = draw.random()
        if kind < 0.25:
            parts.append(draw.choice(UNSEEN).replace("{}", secret))
        elif kind < 0.35:
            tag, deep = draw.choice(AROUND), draw.choice((2, 20, 200, 5_000))
            end = f"</{tag.split()[0]}>" * deep if tag != "br" else ""
            parts.append(f"<{tag}>" * deep + html.escape(sentence(draw)) + end)
        elif kind < 0.45:
            parts.append(_table(draw))
        elif loose and kind < 0.7:
            parts.append(draw.choice(LOOSE) * draw.choice((1, 1, 2, 10_000)))
        else:
            parts.append(f"<p>{html.escape(sentence(draw))}</p>")
    return "".join([*parts, "</body></html>"]), not loose


def _table(draw: random.Random, deep: int = 0) -> str:
    """Return a table, in whose cells tables may stand."""
    rows = []
    for _ in range(draw.choice((1, 3, 40)) if not deep else 2):
        cells = [
            _table(draw, deep + 1) if deep < 4 and draw.random() < 0.15
            else html.escape(draw.choice((sentence(draw), *ODD_FIGURES[:20], "Dead", "Arle")))
            for _ in range(draw.choice((1, 3, 6)))
        ]  # fmt: skip
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f"<table>{''.join(rows)}</table>"


def page(draw: random.Random) -> tuple[str, bytes, bool]:
    source, kept = page_of(draw)
    code = draw.choice(("utf-8", "utf-8", "utf-8", "utf-16", "cp1252", "iso-8859-5"))
    errors = "surrogatepass" if code == "utf-8" else "replace"
    return ".html", source.encode(code, errors), kept and code.startswith("utf")


def archived(draw: random.Random) -> tuple[str, bytes, bool]:
    source, _ = page_of(draw)
    content = source.encode("utf-8", "replace")
    body = base64.encodebytes(content) if draw.random() < 0.5 else content
    how = draw.choice((b"base64", b"base64", b"8bit", b"quoted-printable", b"x-uuencode"))
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    part = b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
    deep = draw.choice((1, 1, 1, 500))
    return ".mhtml", head * deep + part + how + b"\r\n\r\n" + body + b"\r\n--b--\r\n", False


# ---- documents


def zipped(parts: dict[str, bytes], *, pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", pack, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def document(draw: random.Random) -> tuple[str, bytes, bool]:
    """Return a .docx: its body in paragraphs and tables, what Word hides, entities, bombs."""
    paragraphs = [_paragraph(draw, sentence(draw)) for _ in range(draw.choice((1, 5, 40)))]
    unseen = ("<w:p><w:del><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>",
              "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p>",
              "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>")  # fmt: skip
    paragraphs.insert(0, draw.choice(unseen).format(f"{SECRET} killed"))
    if draw.random() < 0.3:
        deep = draw.choice((1, 5, 100, 20_000))
        start, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
        paragraphs.append(start * deep + _paragraph(draw, "12 killed") + end * deep)
    head = ""
    if draw.random() < 0.15:
        external = '<!DOCTYPE a [<!ENTITY x SYSTEM "secret.txt">]>'
        laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
        head = draw.choice((external, f'<!DOCTYPE a [<!ENTITY e0 "ha">{laughs}]>'))
        paragraphs.append(_paragraph(draw, "&x;&e8;", raw=True))
    many = "<w:r/>", "<w:p/>", "<a/>", "<w:tc>", "<w:r a='1'/>", "x", _paragraph(draw, "12 killed")
    if draw.random() < 0.03:
        piece = draw.choice(many)
        paragraphs.append(piece * (draw.choice((2**20, 60 * 2**20, 70 * 2**20)) // len(piece)))
    body = f'{head}<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    code = draw.choice(("utf-8",) * 5 + ("utf-16",))
    parts = {"word/document.xml": body.encode(code, "replace"), "[Content_Types].xml": b"<Types/>"}
    if draw.random() < 0.05:
        parts |= {f"word/{n}": b"" for n in range(draw.choice((100, 12_000)))}
    return ".docx", _bent(draw, zipped(parts)), True


def _paragraph(draw: random.Random, text: str, *, raw: bool = False) -> str:
    at = draw.randrange(len(text) + 1)
    runs = [text] if raw else [html.escape(text[:at]), html.escape(text[at:])]
    safe = ["".join(c for c in run if c >= " " and not "\ud800" <= c <= "\udfff") for run in runs]
    style = '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>' if draw.random() < 0.2 else ""
    return f"<w:p>{style}{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in safe)}</w:p>"


def _bent(draw: random.Random, archive: bytes) -> bytes:
    """Return an archive that may say something else of itself than it is."""
    if draw.random() > 0.15:
        return archive
    found = bytearray(archive)
    mark, place = draw.choice(((b"PK\x03\x04", 6), (b"PK\x01\x02", 8), (b"PK\x03\x04", 22),
                               (b"PK\x01\x02", 24), (b"PK\x01\x02", 10), (b"PK\x05\x06", 10),
                               (b"PK\x01\x02", 42), (b"PK\x03\x04", 18)))  # fmt: skip
    at = found.find(mark) + place
    found[at : at + 2] = draw.choice((b"\x01\x00", b"\xff\xff", b"\x00\x00", b"\x63\x00"))
    return bytes(found)


# ---- PDF


def portable(draw: random.Random) -> tuple[str, bytes, bool]:
    """Return a PDF: written, scanned, locked, or with parts that lead in circles or swell."""
    pages = [[sentence(draw) for _ in range(draw.choice((1, 4, 30)))]
             for _ in range(draw.choice((0, 1, 3, 40)))]  # fmt: skip
    content = _pdf(draw, pages)
    if draw.random() < 0.2:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(_pdf(random.Random(0), pages)))
        writer.encrypt(draw.choice(("", "secret")), algorithm="RC4-128")
        file = io.BytesIO()
        writer.write(file)
        content = file.getvalue()
    return ".pdf", content, False


def _pdf(draw: random.Random, pages: list[list[str]]) -> bytes:
    bad = draw.random() < 0.3
    kid = draw.choice((b"2 0 R", b"1 0 R", b"99 0 R", b"[[[["))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"",
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
    kids = [kid] if bad and draw.random() < 0.3 else []
    for lines in pages:
        shown = b" ".join(b"(" + _latin(line) + b") Tj T*" for line in lines)
        stream = b"BT /F1 12 Tf 14 TL 50 750 Td " + shown + b" ET"
        if bad and draw.random() < 0.1:
            stream *= draw.choice((100, 5_000))
        if bad and draw.random() < 0.05:
            stream = bytes(draw.choice((10, 300)) * 2**20)
        if bad and draw.random() < 0.1:
            stream = draw.choice((b"q ", b"[", b"<<", b"(", b"/F1 Do ", b"1 ")) * 50_000
        packed = zlib.compress(stream, 1)
        objects.append(b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed
                       + b"\nendstream")  # fmt: skip
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
                       b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects))  # fmt: skip
    count = draw.choice((2**31, -1)) if bad and draw.random() < 0.2 else len(kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), count)
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(out)
    before = b"/Prev %d " % start if bad and draw.random() < 0.2 else b""
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s>>"
    return out + end % (size, table, size, before) + b"\nstartxref\n%d\n%%%%EOF\n" % start


def _latin(text: str) -> bytes:
    return text.encode("latin-1", "replace").translate(None, b"()\\")


KINDS = {plain: 5, markdown: 2, page: 6, archived: 1, document: 4, portable: 4}
