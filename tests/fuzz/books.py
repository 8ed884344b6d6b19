"""Workbooks that are made to break what reads them, or to have something in them run or followed.

Formulas, links to other workbooks, macros, dates for figures, merged and hidden cells; then parts
of the archive that are missing, swollen, declare entities, or say of themselves what is not so.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import openpyxl
from dossiers import ANY, TABLE_BREAKERS, Rows, bases, broken_bytes, read
from ends import FORMATS, SECRET, Case, patience
from openpyxl.comments import Comment
from texts import zipped

import bakhmut as bk

FORMULAS = ("=1+1", "=HYPERLINK(\"http://x/\")", "=cmd|' /C calc'!A0", "=WEBSERVICE(\"http://x\")",
            "='[1]Sheet'!A1", "=SUM(A1:A9)", "=" + "(" * 300, "=A1:XFD1048576")  # fmt: skip
VALUES = (
    5, -5, 5.5, 1e300, float("1e-300"), True, False, date(2023, 3, 6), datetime(2023, 3, 6, 12),
    time(3, 4), timedelta(days=3), "#N/A", "#REF!", "=1+1", "_x0041_", "_xD83D_", "x" * 32_767, " ",
    10**18, 0.1 + 0.2, "153770", "2023-03-06", "5-24", "\u202e12", "+5", "@x",
)  # fmt: skip
SHOWN = ("General", "@", "0%", "d/m/yyyy", "mmm-yy", "d-mmm", "h:mm", '0" killed"', "[Red]0;-0")
MACROS = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + SECRET.encode()}
LINKS = {
    "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/'
    b'spreadsheetml/2006/main"><externalBook r:id="rId1" xmlns:r="x"/></externalLink>',
    "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="rId1" '
    b'Target="http://example.org/secret.xlsx" TargetMode="External"/></Relationships>',
}  # fmt: skip
ODD_PARTS = ({"../../evil.txt": b"x"}, {"/etc/evil": b"x"}, {"xl/worksheets/sheet9.xml": b"<x/>"},
             {f"xl/{n}.xml": b"<x/>" for n in range(1_200)}, {"xl/media/image1.png": b"\x89PNG"},
             {"customXml/item1.xml": SECRET.encode()}, MACROS, LINKS)  # fmt: skip
SWELLING = (b"<row/>", b"<c/>", b"<si/>", b"<si><t>x</t></si>", b"<xf/>", b"<font/>", b"<a/>", b" ",
            b'<row r="1048576"/>', b"<c><v>1</v></c>", b"<sheet/>", b"<a>")  # fmt: skip
ODD = (b"-1", b"99999999999", b"", b"XFD1048577", b"../../../etc/passwd", b"s", b"NaN", b"e",
       b"http://example.org/x.xml", b"inlineStr", b"1e999")  # fmt: skip
ENTITIES = (b'<!DOCTYPE a [<!ENTITY x SYSTEM "secret.txt">]>', b"<!DOCTYPE a>",
            '<!DOCTYPE a [<!ENTITY x "y">]>'.encode("utf-16"))  # fmt: skip


def broken(seed: int, scratch: Path) -> Case:
    """Make the workbook of a seed, and return the command that is run on it."""
    draw = random.Random(seed)
    # What makes tables long or deep is left to the dossiers: here the file is what is broken.
    tables = read(draw.choice([base for base in bases() if base.name != "later"]))
    for breaker in draw.choices(list(TABLE_BREAKERS)[:3], k=draw.choice((0, 0, 0, 1))):
        breaker(draw, tables)
    parts = _parts(_book(draw, tables))
    for _ in range(draw.choice((0, 1, 1, 1, 2))):
        draw.choices(list(BREAKERS), list(BREAKERS.values()))[0](draw, parts)
    content = zipped(parts)
    if draw.random() < 0.15:
        content = broken_bytes(draw, content)
    name = draw.choice(("story.xlsx", "story.xlsx", "story.xlsm", "claims.csv"))
    (scratch / "secret.txt").write_text(SECRET)
    (scratch / name).write_bytes(content)
    command = ["check", name, "--seconds", patience(draw), "--format", draw.choice(FORMATS)]
    return Case(command, writes="again.xlsx", then=partial(_wrong, name), kept=True, frugal=True)


def _wrong(name: str) -> str:
    """Return what is wrong with a workbook written anew: nothing runs, and it says the same."""
    dossier = bk.read_dossier(name)
    again = bk.write_dossier(dossier, "again.xlsx")
    if bk.read_dossier(again).sha256 != dossier.sha256:
        return "is not read as it was written"
    with zipfile.ZipFile(again) as packed:
        for part in packed.namelist():
            if re.search(r"externalLinks|vbaProject|macro|activeX|embeddings", part):
                return f"has kept {part}"
            content = packed.read(part)
            if "worksheets/sheet" in part and re.search(rb"<f[\s>/]", content):
                return f"has kept a formula in {part}"
            if SECRET.encode() in content or b'TargetMode="External"' in content:
                return f"has kept in {part} what is none of its tables"
    return ""


def _book(draw: random.Random, tables: Rows) -> bytes:
    """Return tables as a person keeps them in a spreadsheet: types, formulas, merged cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(draw.choice((name, name, name, name.upper(), f" {name}")))
        for at, row in enumerate(rows[:200], 1):
            for column, text in enumerate(row[:60], 1):
                cell = sheet.cell(at, column)
                cell.value = _plain(text)
                cell.data_type = "s" if text else "n"
        if draw.random() < 0.1:
            _spoil(draw, sheet)
    if not book.sheetnames:
        book.create_sheet("claims")
    if draw.random() < 0.1:
        book.create_sheet("notes")["A1"] = draw.choice(FORMULAS)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(text: str) -> str:
    return re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "?", text)[:32_767]


def _spoil(draw: random.Random, sheet) -> None:
    """Put something else than text into some cells, or merge, hide, comment, or spread them."""
    for _ in range(draw.choice((1, 3))):
        cell = sheet.cell(draw.randint(1, 12), draw.randint(1, 12))
        kind = draw.random()
        if kind < 0.3:
            cell.value = draw.choice(FORMULAS)
        elif kind < 0.7:
            cell.value = draw.choice(VALUES)
            cell.number_format = draw.choice(SHOWN)
        elif kind < 0.8:
            cell.value = _plain(draw.choice(ANY))
        elif kind < 0.85:
            sheet.merge_cells(start_row=2, end_row=3, start_column=1, end_column=2)
            return
        elif kind < 0.9:
            sheet.sheet_state = "hidden"
        elif kind < 0.95:
            cell.comment = Comment(draw.choice(FORMULAS), "x")
            cell.hyperlink = "http://example.org/"
        else:
            sheet.cell(draw.choice((100_000, 1_048_576)), draw.choice((1, 16_384))).value = "x"


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


# ---- what is done to the parts of the archive


def another(draw: random.Random, parts: dict[str, bytes]) -> None:
    """Parts that no table needs: macros, links, names that lead out, very many."""
    parts |= draw.choice(ODD_PARTS)
    types = parts.get("[Content_Types].xml", b"")
    if draw.random() < 0.5:  # as Excel writes a workbook with macros
        parts["[Content_Types].xml"] = types.replace(
            b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
        ).replace(b"application/vnd.openxmlformats-officedocument.sheet.macro",
                  b"application/vnd.ms-excel.sheet.macro")  # fmt: skip


def gone(draw: random.Random, parts: dict[str, bytes]) -> None:
    parts.pop(draw.choice(list(parts)))


def bytewise(draw: random.Random, parts: dict[str, bytes]) -> None:
    name = draw.choice(list(parts))
    parts[name] = broken_bytes(draw, parts[name])


def swollen(draw: random.Random, parts: dict[str, bytes]) -> None:
    """A piece of XML, very often, before the last tag of a part."""
    name = draw.choice([*(n for n in parts if n.endswith((".xml", ".rels"))), *list(parts)[:1]])
    piece = draw.choice(SWELLING)
    size = draw.choices(
        (10_000, 3 * 2**20, 40 * 2**20, 200 * 2**20, 300 * 2**20), (60, 20, 10, 5, 5)
    )
    content, at = parts[name], parts[name].rfind(b"</")
    parts[name] = content[:at] + piece * (size[0] // len(piece)) + content[at:]


def declared(draw: random.Random, parts: dict[str, bytes]) -> None:
    """Entities, which would read a file or grow without end."""
    name = draw.choice([n for n in parts if n.endswith((".xml", ".rels"))] or list(parts))
    head, _, rest = parts[name].partition(b"?>")
    declaration, body = draw.choice(ENTITIES), rest or head
    parts[name] = declaration + re.sub(rb">[^<]{1,50}<", b">&x;<", body, count=2)


def renamed(draw: random.Random, parts: dict[str, bytes]) -> None:
    """A number or a name in a part, otherwise: indices of strings and styles, targets, sheets."""
    name = draw.choice(list(parts))
    found = list(re.finditer(rb'(?<=")[^"<>]{1,60}(?=")|(?<=>)\d+(?=<)', parts[name]))
    if found:
        one = draw.choice(found)
        parts[name] = parts[name][: one.start()] + draw.choice(ODD) + parts[name][one.end() :]


BREAKERS = {another: 4, gone: 2, bytewise: 2, swollen: 2, declared: 2, renamed: 6}
