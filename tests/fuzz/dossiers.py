"""Dossiers broken in every way that came to mind: tables, then the bytes of their files."""

from __future__ import annotations

import csv
import io
import os
import random
from pathlib import Path

from ends import FORMATS, Case, patience
from places import CASES, OUTBREAK

from bakhmut.dossier.claims import DATA
from bakhmut.dossier.tables import TABLES

NUMBERS = (
    "1", "7", "100", "2,500", "12.5", "25%", "153,770", "0.001", "1 million", "5", "300", "40", "",
    "0", "-1", "−5", "NaN", "nan", "inf", "-inf", "1e999", "1e-400", "9" * 60, "9" * 61, "9" * 5000,
    "0." + "0" * 57 + "1", "1" + "0" * 59, "1/3", "1.234.567", "5,5", "1,2,3", "12 345", "٣٥", "５",
    "99999999999 billion", "0%", "100000%", "1e3", "0x10", "1_000", " 7 ", "=1+1", "½",
    "1.2 million",
)  # fmt: skip
PERIODS = (
    "2022", "2023-03", "2022-02-24/2023-03-06", "", "2022-02-24/2023-03-07", "2020-08", "the siege",
    "0001-01-01/9999-12-31", "9999-12-31", "0000", "2023-02-30", "../..", "/", "2022/2021",
    "P1Y/P1Y", "2022-01-01/P99999Y", "P999999999999D/2022", "2022-01-01/P0D", "2022-W05", "..",
    "2023-03-06/..", "9999-12-31/P1D", "0001/P1M", "2022 + 2023", "the war + ...",
    "2022-01-01/2022-01-02/2022-01-03",
)  # fmt: skip
TEXTS = (
    "", " ", "each", "...", "+", "a +", "+ a", "a + + b", "a + a", "... + a", "…",
    "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "{{ 7 * 7 }}",
    "__import__('os').system('touch pwned')", "%s%n", "a;b", "\u202eabc", "\x1b[31m", "\x00",
    "\ud83d", "a\rb", "a\nb", '"', "'", "\ufeff", "x" * 1_000, "x" * 100_001, "x" * 1_000_000,
    "é" * 50_000, "../../etc/passwd", "/dev/zero", "~", "$(touch pwned)", "killed + wounded",
    "Russia", "Ukraine + ...", " > ", "a > b > c", "russia-total", "Ω" * 99,
    "+".join(f"p{n}" for n in range(3_000)), "about; more than; may", "exact; about", "or more",
)  # fmt: skip
ANY = (*NUMBERS, *PERIODS, *TEXTS)

Rows = dict[str, list[list[str]]]


def bases() -> list[Path]:
    """Return the dossiers that are broken."""
    cases = sorted(CASES.iterdir())
    return [DATA / "article", DATA / "later", OUTBREAK, *cases]


def read(folder: Path) -> Rows:
    """Return the tables of a dossier as rows of cells, headers first."""
    found = {}
    for name in TABLES:
        path = folder / f"{name}.csv"
        if path.exists():
            found[name] = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    return found


# ---- what is done to the tables


def size(draw: random.Random, *sizes: int) -> int:
    """Return one of some sizes, each half as often as the one before: the last take the time."""
    return draw.choices(sizes, [0.5**n for n in range(len(sizes))])[0]


def new_cell(draw: random.Random, tables: Rows) -> None:
    """Another text in a cell: that of another row, one likely in its column, or any."""
    rows = table(draw, tables)
    row, other = draw.choice(rows), draw.choice(rows)
    if row:
        column = draw.randrange(len(row))
        name = rows[0][column] if column < len(rows[0]) else ""
        likely = NUMBERS if name in ("low", "high") else PERIODS if "period" in name else TEXTS
        kind = draw.random()
        if kind < 0.4 and column < len(other):
            row[column] = other[column]
        else:
            row[column] = draw.choice(likely if kind < 0.9 else ANY)


def column_of_cells(draw: random.Random, tables: Rows) -> None:
    rows = table(draw, tables)
    column, value = draw.randrange(max(1, len(rows[0]))), draw.choice(ANY)
    for row in rows[1:]:
        if column < len(row):
            row[column] = value


def swapped_cells(draw: random.Random, tables: Rows) -> None:
    one, other = (draw.choice(table(draw, tables)) for _ in range(2))
    if one and other:
        a, b = draw.randrange(len(one)), draw.randrange(len(other))
        one[a], other[b] = other[b], one[a]


def copied_rows(draw: random.Random, tables: Rows) -> None:
    rows = table(draw, tables)
    if len(rows) > 1:
        row, times = draw.choice(rows[1:]), size(draw, 1, 10, 300, 3_000)
        fresh = draw.random() < 0.7
        rows += [[f"{row[0]}-{n}" if fresh else row[0], *row[1:]] for n in range(times)]


def lost_rows(draw: random.Random, tables: Rows) -> None:
    rows = table(draw, tables)
    del rows[draw.randrange(len(rows)) :: draw.choice((1, 2, 3))]


def ragged_row(draw: random.Random, tables: Rows) -> None:
    row = draw.choice(table(draw, tables))
    if draw.random() < 0.5:
        row += ["x"] * draw.choice((1, 2, 150))
    else:
        del row[draw.randrange(len(row) + 1) :]


def renamed_column(draw: random.Random, tables: Rows) -> None:
    header = table(draw, tables)[0]
    if header:
        header[draw.randrange(len(header))] = draw.choice(
            ("claim", "low", "", "LOW", "period ", "x" * 500, "kind", "per_side", "\ufeffclaim")
        )


def lost_table(draw: random.Random, tables: Rows) -> None:
    tables.pop(draw.choice(list(tables)), None)


def circles(draw: random.Random, tables: Rows) -> None:
    """Terms or restatements that end in themselves, after one step or many."""
    length = size(draw, 1, 2, 5, 500, 20_000)
    if draw.random() < 0.5:
        kind = draw.choice(("side", "measure", "place", "period"))
        ring = [[kind, f"t{n}", "", f"t{(n + 1) % length}", ""] for n in range(length)]
        terms(tables).extend(ring)
        use(draw, tables, kind, "t0")
    elif claims := tables.get("claims"):
        at = claims[0].index("repeats") if "repeats" in claims[0] else None
        for n, row in enumerate(claims[1:], 1):
            if at is not None and at < len(row):
                row[at] = claims[n % (len(claims) - 1) + 1][0]


def deep_terms(draw: random.Random, tables: Rows) -> None:
    """A chain of meanings, or a tree in which each word means two more, some of them in common."""
    kind = draw.choice(("side", "measure", "place", "period"))
    depth = size(draw, 5, 14, 40, 199, 3_000)
    shape = draw.choice((["t{}"], ["t{}", "u{}"], ["t{}", "t{} + u{}"], ["t{}", "..."]))
    for n in range(depth):
        means = " + ".join(dict.fromkeys(part.format(n + 1, n + 1) for part in shape))
        reading = draw.choice(("", "", "a"))
        terms(tables).append([kind, f"t{n}", reading, means, ""])
        if draw.random() < 0.3:
            terms(tables).append([kind, f"t{n}", "b", f"v{n} + t{n + 1}", ""])
        if draw.random() < 0.3:
            terms(tables).append([kind, f"u{n}", "", f"t{n + 1} + w{n}", ""])
    use(draw, tables, kind, "t0")


def many_readings(draw: random.Random, tables: Rows) -> None:
    """One word, or one claim, that may be read in very many ways."""
    times = size(draw, 2, 30, 700, 5_000)
    if draw.random() < 0.5:
        kind = draw.choice(("side", "measure", "place"))
        for word in ("wide", "wider", "widest")[: draw.randint(1, 3)]:
            rows = terms(tables)
            rows += [[kind, word, f"r{n}", f"{word}{n} + rest", ""] for n in range(times)]
            use(draw, tables, kind, word)
    elif len(claims := tables.get("claims", [])) > 1 and draw.choice(claims[1:]):
        name = draw.choice(claims[1:])[:1]
        rows = tables.setdefault("readings", [list(TABLES["readings"])])
        rows += [[*name, f"r{n}", "low", str(n), ""] for n in range(times)]


def wide_sums(draw: random.Random, tables: Rows) -> None:
    kind, many = draw.choice(("side", "measure", "place")), size(draw, 3, 60, 900)
    parts = [f"part {n}" for n in range(many)]
    for name in ("all", "most", "some"):
        draw.shuffle(parts)
        some = parts[: many * draw.randint(1, 3) // 3]
        terms(tables).append([kind, name, "", " + ".join(some), ""])
        use(draw, tables, kind, name)
    use(draw, tables, kind, parts[0])


def many_days(draw: random.Random, tables: Rows) -> None:
    """A daily series of totals, some of which fall."""
    claims = tables.get("claims") or [[]]
    header = claims[0]
    if not {"claim", "period", "low", "high"} <= set(header) or len(claims) < 2:
        return
    model = dict(zip(header, claims[1], strict=False))
    for n in range(size(draw, 20, 200, 1_500)):
        figure = str(1_000 + n * draw.choice((1, 10)))
        day = f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        row = model | {"claim": f"day-{n}", "period": f"1999-01-01/{day}"}
        row |= {"low": figure, "high": figure}
        claims.append([row.get(column, "") for column in header])


TABLE_BREAKERS = {
    new_cell: 12, column_of_cells: 1, swapped_cells: 1, copied_rows: 3, lost_rows: 2, ragged_row: 1,
    renamed_column: 1, lost_table: 1, circles: 1, deep_terms: 3, many_readings: 3, wide_sums: 3,
    many_days: 2,
}  # fmt: skip


def table(draw: random.Random, tables: Rows) -> list[list[str]]:
    """Return the rows of some table, claims more often than others; never none at all."""
    names = [name for name in tables if tables[name]]
    if not names:
        tables["claims"] = [["claim", "low"]]
        names = ["claims"]
    return tables["claims" if "claims" in names and draw.random() < 0.5 else draw.choice(names)]


def terms(tables: Rows) -> list[list[str]]:
    return tables.setdefault("terms", [list(TABLES["terms"])])


def use(draw: random.Random, tables: Rows, kind: str, word: str) -> None:
    """Let some claims be about a word."""
    claims = tables.get("claims") or [[]]
    for column in (kind, f"per_{kind}"):
        at = claims[0].index(column) if column in claims[0] else None
        for row in claims[1:]:
            if at is not None and at < len(row) and row[at] and draw.random() < 0.7:
                row[at] = word


# ---- what is done to the files

STRAY_BYTES = (b"\0", b'"', b",", b"\r", b"\xff", b"\n\n")
ENCODINGS = ("utf-16", "utf-32", "cp1252", "utf-7", "utf-8-sig")
LINKS = ("/dev/zero", "/dev/stdin", "nowhere", "claims.csv", "/")


def broken_bytes(draw: random.Random, content: bytes) -> bytes:
    """Return the bytes of a file, some of them otherwise."""
    kind = draw.randrange(9)
    if kind < 3:
        spoilt = bytearray(content)
        for _ in range(draw.choice((1, 3, 50))):
            if spoilt:
                spoilt[draw.randrange(len(spoilt))] = draw.randrange(256)
        return bytes(spoilt)
    if kind == 3:
        return content[: draw.randrange(len(content) + 1)]
    if kind == 4:
        at = draw.randrange(len(content) + 1)
        return content[:at] + draw.choice(STRAY_BYTES) + content[at:]
    if kind == 5:
        return content.decode("utf-8", "replace").encode(draw.choice(ENCODINGS), "replace")
    if kind == 6:
        return content.replace(b"\n", draw.choice((b"\r", b"\r\n", b"\n\r", b"\x0b", b"")))
    if kind == 7:
        return content.replace(b",", draw.choice((b";", b"\t", b"|", b",,")))
    wide, archive = b"claim,low\n" + b"a" * 4_000_000, b"PK\x03\x04" + draw.randbytes(500)
    return draw.choice(
        (b"", b"\n" * 200_000, b"," * 1_000_000, b'"', bytes(4096), content * 40, wide, archive)
    )


def write(draw: random.Random, tables: Rows, folder: Path) -> None:
    """Write the tables, some files broken besides."""
    folder.mkdir()
    spoilt = draw.choice([*tables, None]) if draw.random() < 0.2 else None
    for name, rows in tables.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        content = out.getvalue().encode("utf-8", "surrogatepass")
        path = folder / f"{name}.csv"
        if name == spoilt:
            odd = draw.random()
            if odd < 0.05:
                path.mkdir()
                continue
            if odd < 0.1:
                path.symlink_to(draw.choice(LINKS))
                continue
            if odd < 0.12:
                os.mkfifo(path)
                continue
            content = broken_bytes(draw, content)
        path.write_bytes(content)


def broken(seed: int, scratch: Path) -> Case:
    """Make the broken dossier of a seed, and return the command that is run on it."""
    draw, folder = random.Random(seed), scratch / "dossier"
    tables = read(draw.choice(bases()))
    breakers, weights = list(TABLE_BREAKERS), list(TABLE_BREAKERS.values())
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        draw.choices(breakers, weights)[0](draw, tables)
    write(draw, tables, folder)
    target = str(folder / "claims.csv") if draw.random() < 0.1 else str(folder)
    extra = ["--together"] if draw.random() < 0.2 else []
    if draw.random() < 0.1:
        extra += ["--set", f"russia-total={draw.choice(NUMBERS)}", "--as-of", draw.choice(PERIODS)]
    seconds = patience(draw)
    return Case(["check", target, "--seconds", seconds, "--format", draw.choice(FORMATS), *extra])
