"""Check the certificates that `bakhmut check --certificate FILE` writes, without bakhmut.

    python check_certificate.py FILE

Each sum takes rows so many times and adds them up. A row says that cells, each counted so often,
are at least or at most a number; cells are counts of people and never negative. Where what is
added up leaves no cell more than 0 times, but would have to be more than 0, the rows cannot all
hold: that is all there is to check, in fractions. Which row says what its claim says is for a
reader: each row names the claim, or the assumption, that it is from.
"""

import json
import sys
from collections.abc import Iterator
from fractions import Fraction


def fault(rows: list[dict]) -> str:
    """Return what is wrong with a sum, "" where its rows cannot all hold."""
    left, total = {}, Fraction(0)
    for row in rows:
        times = Fraction(row["times"])
        if times <= 0:
            return "a row is taken 0 times or fewer"
        if row["is"] not in (">=", "<="):
            return "a row is neither >= nor <="
        if not row["from"] and Fraction(row["number"]) != 0:
            return "what holds by meaning alone says a number"
        signed = times if row["is"] == ">=" else -times
        for cell, weight in row["cells"].items():
            left[cell] = left.get(cell, 0) + signed * Fraction(weight)
        total += signed * Fraction(row["number"])
    if any(weight > 0 for weight in left.values()):
        return "cells are left over that could be any number"
    return "" if total > 0 else "what is left is possible"


def faults(certificates: dict) -> Iterator[str]:
    """Yield what is wrong with the certificates of a file."""
    if certificates.get("format") != "bakhmut-certificates-1":
        yield "not a file of certificates, or of another version"
        return
    for text in certificates["texts"]:
        for conflict in text["conflicts"]:
            where = f"{text['name']}, {conflict['conflict']}"
            names = set(conflict["claims"]) | set(conflict["assumptions"])
            used = {row["from"] for one in conflict["sums"] for row in one["rows"]} - {""}
            if used != names:
                yield f"{where}: its sums use {sorted(used)}, it names {sorted(names)}"
            for n, one in enumerate(conflict["sums"], 1):
                if wrong := fault(one["rows"]):
                    yield f"{where}, sum {n}: {wrong}"


def main(path: str) -> int:
    """Print what is wrong with a file of certificates; return the exit code."""
    with open(path, encoding="utf-8") as file:
        certificates = json.load(file)
    found = list(faults(certificates))
    sums = sum(len(c["sums"]) for t in certificates.get("texts", []) for c in t["conflicts"])
    print("\n".join(found) or f"all {sums:,} sums refute what they say they refute")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
