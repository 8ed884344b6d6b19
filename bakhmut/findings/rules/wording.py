"""Flags on wording: what is counted, and whether it is the same thing throughout.

Each function takes the evidence and yields findings. The practice behind them: casualty
recorders define what they count, say so, and keep to it (Every Casualty, *Standards for Casualty
Recording*, 2016; OHCHR, *Guidance on Casualty Recording*, 2019).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from bakhmut.base.sentences import listed, quoted, with_article
from bakhmut.dossier.changed.edits import Edit
from bakhmut.findings.evidence import Evidence, Finding, Statement

MOST_READINGS = 3

LESS = r"(?:fewer|less|lower|smaller|lighter)\b"
TIMES_MORE = re.compile(
    r"\b(?:times|fold|-fold)\s+(?:\w+\s+)?"
    rf"(?:(?:more|greater|higher|larger|bigger|heavier|worse)\b|{LESS})"
    r"|\btimes\s+\w+er\s+than\b",
    re.IGNORECASE,
)


def metric_drift(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each voice whose restatements count different things.

    Looks at statements linked by `repeats`: their words for what is counted, taken with all
    that the words may mean. Words that can only mean the same do not differ, nor do *casualties*
    and *killed and wounded*: both are sums, and the one can be the other.
    Why: *killed*, *lost* and *casualties* can stand several-fold apart; a reader of one
    statement learns something else than a reader of the next.
    Practice: recorders define their categories and apply them alike throughout (*Standards for
    Casualty Recording*, 2016, on consistency; OHCHR, *Guidance on Casualty Recording*, 2019).
    """
    for group in evidence.groups:
        worded = [statement for statement in group if statement.measure]
        distinct = {(s.kind, s.measures, s.per_measures): s for s in worded}.values()
        if all(_alike(a, b) for a, b in combinations(distinct, 2)):
            continue
        firsts = {(s.measure, s.per_measure): s for s in reversed(worded)}
        told = listed(f"{_counted(s)} in {s.said}" for s in reversed(firsts.values()))
        yield Finding(
            "metric-drift",
            tuple(s.claim for s in worded),
            f"{len(worded)} statements of one voice, {_voice(worded[0])}, count different "
            f"things: {told}.",
            tuple(_throughout(worded, pair) for pair in [*reversed(firsts)][:MOST_READINGS]),
        )


def _alike(one: Statement, other: Statement) -> bool:
    """Return whether two statements may well count the same."""
    if one.kind != other.kind:
        return True
    halves = [(one.measures, other.measures), (one.per_measures, other.per_measures)]
    return all(a == b or (a & b and all("+" in word for word in a | b)) for a, b in halves)


def _throughout(group: list[Statement], pair: tuple[str, str]) -> Edit:
    measure, per_measure = pair
    words = quoted(measure) + (f" per {quoted(per_measure)}" if per_measure != measure else "")
    return Edit(
        f"with {words} throughout",
        {
            s.claim: {"measure": measure, "per_measure": per_measure}
            if s.kind == "ratio"
            else {"measure": measure}
            for s in group
        },
    )


def _counted(statement: Statement) -> str:
    """Return what a statement counts, in its own words: "lost" per "killed"."""
    if statement.per_measure in ("", statement.measure):
        return quoted(statement.measure)
    return f"{quoted(statement.measure)} per {quoted(statement.per_measure)}"


def _voice(statement: Statement) -> str:
    return with_article(statement.origin or "the text")


def mixed_measures(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each voice whose ratio of two sides counts unlike things.

    Looks at `measure` and `per_measure` of a ratio between two sides. Wounded per killed of one
    side is a ratio of measures by intent and passes.
    Why: five *lost* for every one *killed* compares unlike things as though they were like.
    Practice: BBC guidance on reporting statistics and the casualty-recording standards ask that
    figures set against each other share one definition.
    """
    for group in evidence.groups:
        mixed: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for statement in group:
            if _is_mixed(evidence, statement):
                mixed[statement.measure, statement.per_measure].append(statement)
        for words, statements in mixed.items():
            first = statements[0]
            yield Finding(
                "mixed-measures",
                tuple(s.claim for s in statements),
                f"{listed(s.said for s in statements)}: {quoted(first.measure)} of "
                f"{first.side} is set against {quoted(first.per_measure)} of {first.per_side}, "
                "so the two halves of the ratio do not count the same thing.",
                tuple(_one_word(statements, word) for word in words),
            )


def _is_mixed(evidence: Evidence, s: Statement) -> bool:
    stated = s.kind == "ratio" and s.measure and s.per_measure
    return bool(stated and evidence.opposed(s.side, s.per_side) and s.measures != s.per_measures)


def _one_word(statements: list[Statement], word: str) -> Edit:
    cells = {"measure": word, "per_measure": word}
    return Edit(f"with {quoted(word)} on both sides", {s.claim: cells for s in statements})


def times_more(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each ratio worded as *n times more* (or fewer, higher, larger).

    Looks at the quote of a ratio. *Five times as many* passes.
    Why: taken to the letter, *five times more* adds five times the number to it and makes six;
    in use it mostly means five. *Times fewer* has no agreed meaning at all.
    Practice: usage guides discuss both (Merriam-Webster's *Dictionary of English Usage*, at
    "times"); *times as many* has one meaning and is the safe wording.
    """
    for statement in evidence:
        found = TIMES_MORE.search(statement.quote)
        if not found or statement.kind != "ratio":
            continue
        words = f"{statement.said}: {quoted(found.group())}"
        if re.search(LESS, found.group(), re.I):
            because = f"{words} has no agreed meaning; “one in so many” has."
            yield Finding("times-more", (statement.claim,), because, severity="note")
            continue
        yield Finding(
            "times-more",
            (statement.claim,),
            f"{words} can be taken as that many times the number, or as that many times added to "
            "it.",
            _one_more(statement),
        )


def _one_more(statement: Statement) -> tuple[Edit, ...]:
    """Return the two ways to take *n times more*: n, and n + 1."""
    text = statement.printed[0] or statement.printed[1]
    if not text.isdecimal() or statement.printed[0] != statement.printed[1]:
        return ()
    return tuple(
        Edit(
            f"with {number} times as many",
            {statement.claim: {"low": str(number), "high": str(number)}},
        )
        for number in (int(text), int(text) + 1)
    )


def undefined_measure(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each voice and word that does not say what is counted.

    Looks at a figure's measure: blank, or a word that by the terms may mean one thing alone or
    a sum of several (*lost*: killed, or killed and wounded). A word that is a sum in every
    reading (*casualties*) is named only where a status turns on which.
    Why: between the dead and all casualties lies a factor of three to ten.
    Practice: recorders publish what each category includes (*Standards for Casualty Recording*,
    2016; OHCHR, 2019). NATO's glossary counts as casualty also the captured, the missing and the
    sick; the press often means the dead.
    """
    users: dict[tuple[str, frozenset[str]], dict[str, Statement]] = defaultdict(dict)
    words: dict[tuple[str, frozenset[str]], dict[str, None]] = defaultdict(dict)
    for statement in evidence:
        for word, means in _words(statement):
            if statement.has_number and (not word or len(means) > 1):
                users[statement.origin, means][statement.claim] = statement
                words[statement.origin, means][word] = None
    for key, statements in users.items():
        yield _undefined([*statements.values()], [*words[key]], sorted(key[1], key=_short_first))


def _words(statement: Statement) -> list[tuple[str, frozenset[str]]]:
    """Return the words for what is counted, with their meanings."""
    words = [(statement.measure, statement.measures)]
    if statement.kind == "ratio":
        words.append((statement.per_measure, statement.per_measures))
    return words


def _undefined(statements: list[Statement], words: list[str], means: list[str]) -> Finding:
    quotes = listed(s.said for s in statements)
    claims = tuple(s.claim for s in statements)
    if not all(words):
        sentence = f"{quotes} does not say what is counted: dead, wounded, or both."
        return Finding("undefined-measure", claims, sentence)
    voice = _voice(statements[0])
    sentence = (
        f"What {listed(quoted(w) for w in words)} means in {quotes} ({voice}) is not said: "
        f"{', or '.join(means)}."
    )
    # A meaning that counts a part twice cannot be written as a cell, and is not tried.
    once = [meaning for meaning in means if not _counts_twice(meaning)]
    edits = tuple(_read_as(statements, words, meaning) for meaning in once[:MOST_READINGS])
    one_or_many = len({"+" in meaning for meaning in means}) > 1
    keep = Finding._field_defaults["keep"] if one_or_many else ("serious",)
    return Finding("undefined-measure", claims, sentence, edits, keep)


def _short_first(meaning: str) -> tuple[int, str]:
    return len(meaning), meaning


def _counts_twice(meaning: str) -> bool:
    parts = meaning.split(" + ")
    return len(set(parts)) < len(parts)


def _read_as(statements: list[Statement], words: list[str], meaning: str) -> Edit:
    cells: dict[str, dict[str, str]] = {}
    for s in statements:
        own = {"measure": s.measure, "per_measure": s.per_measure}
        cells[s.claim] = {column: meaning for column, word in own.items() if word in words}
    return Edit(f"with {meaning} for it", cells)
