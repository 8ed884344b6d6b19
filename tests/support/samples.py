"""What tests of the report work on: small notebooks, a small dossier, and a hostile one."""

from pathlib import Path

from bakhmut.dossier.claims import build_dossier

# Two counts of one thing by one voice: at least 200 and at most 100 cannot both hold.
CLAIMS = [
    {
        "claim": "first",
        "quote": "at least 200 were killed",
        "source": "a ministry",
        "side": "North",
        "measure": "killed",
        "hedge": "at least",
        "low": "200",
        "url": "https://example.org/story",
        "note": "=1+1",
    },
    {
        "claim": "second",
        "quote": "up to 100 were killed",
        "source": "a ministry",
        "repeats": "first",
        "side": "North",
        "measure": "killed",
        "hedge": "up to",
        "high": "100",
    },
]
ASSUMPTION = {
    "assumption": "more-wounded",
    "tier": "what-if",
    "side": "North",
    "measure": "wounded",
    "per_side": "North",
    "per_measure": "killed",
    "low": "3",
    "because": "for the test",
}


def small(claims=CLAIMS, **tables):
    return build_dossier({"claims": claims, "assumptions": [ASSUMPTION], **tables}, name="small")


HOSTILE = (
    "<script>hit()</script><img src=x onerror=hit()></title></style></textarea>-->\"'`&amp;&lt;"
    "{{ 7 * 7 }}{% raw %}${7*7}\u202e\u2066\u2028\U0001f4a5 javascript:hit()"
)


def hostile(length: int = 10_000):
    """A dossier with markup, script, quotes, marks of direction and a long word in its texts."""
    text = HOSTILE + "x" * length
    claims = [
        {
            **row,
            "locator": text,
            "quote": f"{row['quote']} {text}",
            "source": text,
            "via": f"{text} > {text}",
            "note": text,
            "place": f"Place {HOSTILE}" if row["claim"] == "first" else "",
            "url": f"https://example.org/?{'x' * length}",
        }
        for row in CLAIMS
    ]
    return small(
        claims,
        sources=[{"source": text, "side": "North", "kind": "press", "named": "no", "note": text}],
        readings=[
            {"claim": "first", "reading": text, "field": "low", "value": "200", "because": text},
            {"claim": "first", "reading": "other", "field": "low", "value": "90", "because": text},
        ],
        positions=[
            {"claim": claim, "quote": text, "locator": text, "source": text, "via": text}
            | {"topic": text, "stance": f"{stance} {text}", "note": text}
            for claim, stance in (("stay", "for"), ("go", "against"))
        ],
        assumptions=[ASSUMPTION | {"tier": "plausible", "because": text, "url": "https://x.org"}],
    )


def write_notebooks(folder: Path, **named: list[str]) -> Path:
    """Return a folder of small notebooks, by name their cells; what begins with # is Markdown."""
    import nbformat  # the core's tests are run without it
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    folder.mkdir(parents=True, exist_ok=True)
    for name, sources in named.items():
        cells = [
            new_markdown_cell(source)
            if source.startswith("#")
            else new_code_cell(source, metadata={"tags": _tags(source)})
            for source in sources
        ]
        for at, cell in enumerate(cells):
            cell.id = f"cell-{at}"
        nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")
    return folder


def _tags(source: str) -> list[str]:
    return ["parameters"] if source.startswith("DOSSIER") else []
