"""How well figures are drafted from texts, against annotated ones, beside two peers; time, memory.

    python -m benchmarks draft [GOLD]     GOLD: a folder with gold.jsonl, score.py beside or above

Without an argument the folder named by DRAFT_GOLD, else ../shared/gold, is looked for.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from bakhmut.drafting.drafts import draft_text

ROOT = Path(__file__).parent.parent
DEFAULT = ROOT.parent / "shared" / "gold"
Rows = list[dict[str, object]]


def gold_folder(given: str | None = None) -> Path | None:
    """Return the folder with the annotated texts, or None where there is none."""
    top = Path(given or os.environ.get("DRAFT_GOLD") or DEFAULT)
    return next((one for one in (top, top / "open") if (one / "gold.jsonl").is_file()), None)


def scorer(folder: Path):
    """Return the scorer that lies with the annotated texts, as a module."""
    file = next(one / "score.py" for one in (folder, folder.parent) if (one / "score.py").is_file())
    spec = importlib.util.spec_from_file_location("score", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(folder: Path) -> dict[str, str]:
    """Return {id: text} of the annotated texts that are in the folder."""
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    files = {one["id"]: folder / one["file"] for one in map(json.loads, filter(None, lines))}
    return {name: file.read_text(encoding="utf-8") for name, file in files.items()}


def drafted(text: str) -> Rows:
    """Return the rows of a draft as the scorer takes them."""
    draft = draft_text(text)
    spans = {
        (row.claim, row.field): row
        for row in draft.evidence.itertuples()
        if row.field in ("quote", "number", "kind")
    }
    return [
        {
            **row,
            "start": spans[row["claim"], "quote"].start,
            "end": spans[row["claim"], "quote"].end,
            "number_start": spans[row["claim"], "number"].start,
            "number_end": spans[row["claim"], "number"].end,
            "kind": spans[row["claim"], "kind"].value,
        }
        for row in draft.claims.to_dict("records")
    ]


def _row(start: int, end: int, text: str, value: str) -> dict[str, object]:
    return {"quote": text[start:end], "start": start, "end": end, "low": value, "high": value}


def naive(text: str) -> Rows:
    """Return every number in digits, with the word behind it as the measure."""
    found = re.finditer(r"\d[\d,]*(?:\.\d+)?(?:\s*(?:%|per cent|million))?(?:\s+(\w+))?", text)
    return [
        {**_row(m.start(), m.end(), text, re.sub(r"\s+[a-z]+$", "", m[0])), "measure": m[1] or ""}
        for m in found
    ]


def quantities() -> Callable[[str], Rows] | None:
    """Return quantulum3 as a drafter, or None where it is not installed."""
    try:
        from quantulum3 import parser
    except ImportError:
        return None

    def find(text: str) -> Rows:
        return [
            {**_row(*one.span, text, f"{one.value:g}"), "measure": one.premise.name}
            for one in parser.parse(text)
        ]

    return find


def cost(find: Callable[[str], Rows], text: str) -> tuple[float, float]:
    """Return processor seconds and peak MB of one text."""
    start = process_time()
    find(text)
    seconds = process_time() - start
    tracemalloc.start()
    find(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 1e6


def main(given: str | None = None) -> None:
    """Print the scorer's table for the draft and its peers, and what a text costs."""
    folder = gold_folder(given)
    print("\nFigures drafted from annotated texts")
    if folder is None:
        print(f"  skipped: no gold.jsonl in {given or os.environ.get('DRAFT_GOLD') or DEFAULT}")
        return
    score, found = scorer(folder), texts(folder)
    gold = score.read_gold(folder)
    peers = {"bakhmut": drafted, "quantulum3": quantities(), "naive expression": naive}
    for name, find in peers.items():
        print(f"\n{name}")
        if find is None:
            print("  not installed")
            continue
        find("Warm up: 12 people were killed.")
        score.show(score.score(gold, {one: find(text) for one, text in found.items()}))
        costs = [cost(find, text) for text in found.values()]
        seconds, memory = ([one[n] for one in costs] for n in (0, 1))
        print(f"a text: median {1000 * median(seconds):.0f} ms, most {1000 * max(seconds):.0f} ms "
              f"(aim: 300), "
              f"at most {max(memory):.1f} MB")  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:2])
