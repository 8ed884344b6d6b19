"""Who says a figure, and through whom; whom "he", "it" and "they" stand for where they say so."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said import antecedents
from bakhmut.drafting.said.relays import cited
from bakhmut.drafting.said.speakers import CAPITAL, PRONOUNS, Voice
from bakhmut.drafting.said.tallies import OF_ONE
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.words import is_speaker, key, listed, window

_OFFICIAL = Needing(
    r"\b(?<![’']s\s)official\s+(?:(?:death\s+)?(?:toll|figure|count|estimate|number|total|tally)\s+(?:of\s+)?)?$",
    re.I,
)
# Verbs that may say something else, by which a source is only inferred.
_FAINT = listed("verbs of settling on a number") | {"has", "had", "whose number", "gapped"}
# "not the 40 dead that the ministry gave"
_GIVEN = re.compile(
    rf"(?:\s+[a-z]+){{0,2}}?(?:\s+that)?\s+(?:(?:the|an?)\s+)?(?P<who>(?:(?:[a-z]+|{CAPITAL})\s+)?(?!(?:has|had|have)\s)[a-z]+(?:\s+(?:in|of|from)\s+{CAPITAL})?|"
    rf"{CAPITAL}(?:\s+{CAPITAL}){{0,2}})\s+"
    r"(?:itself\s+)?(?:ha[sd]\s+|have\s+)?(?:g[ai]ven?|gives|report(?:ed|s)|claim(?:ed|s)|announced|admit(?:ted|s)|"
    r"acknowledge[sd]|count(?:ed|s)|published|print(?:ed|s)?|wrote|writes?|speaks?|spoke|listed|say(?:s)|said|believe[sd]|insist(?:s|ed))\b"
)
_THE = re.compile(r"\b(?:the|its|their|his|her)\s+$")
FAR_FROM_ITS_VOICE = 80  # letters; what lies further off may be somebody else's


def source_of(scene: Scene, mention: Mention) -> list[Cell]:
    """Return the cells of who says a figure, and through whom; none where the text itself does."""
    voice = voice_of(mention.start, mention.end, scene.text, scene.voices)
    off = scene.sentence.start
    if _OFFICIAL.before(scene.text, mention.start, 40) and not (voice and voice.trailing):
        return []  # "against an official toll of 780": not the one who speaks says so
    the = _THE.search(window(scene.text, mention.start))
    given = _GIVEN.match(scene.text, mention.end) if the else None
    if given and key(given["who"]) not in PRONOUNS and is_speaker(given["who"]):
        at = off + given.start("who")
        return [Cell("source", given["who"], at, off + given.end("who"), "who gave it", "inferred")]
    if voice is None:
        return _unsaid(scene, mention)
    name, start, end = voice.name, off + voice.start, off + voice.end
    apart = max(mention.start - voice.last, voice.first - mention.end)
    faint = voice.rule.removeprefix("speaker ").strip() in _FAINT
    sure = "read" if apart < FAR_FROM_ITS_VOICE and not faint else "inferred"
    if key(name) in PRONOUNS:
        who = _stands_for(scene, voice)
        if who is None:
            return _unsaid(scene, mention) if key(name) in ("we", "i", "it", "you") else []
        (name, start, end), sure = who, "carried"
    cells = [Cell("source", name, start, end, voice.rule, sure)]
    if quoted := cited(scene.text, voice):
        name, at = quoted
        cells[-1] = Cell("source", name, off + at, off + at + len(name), "citing", sure)
        cells.append(Cell("via", voice.name, start, end, "citing"))
    elif voice.via:
        at = scene.text.find(voice.via, voice.end)
        at = scene.text.find(voice.via) if at < 0 else at  # "State media quoted the governor"
        told = Cell("via", voice.via, off + at, off + at + len(voice.via), "told")
        turn = scene.memory.turn if voice.via in ("me", "us") else None
        cells.append(replace(turn, field="via", rule="told") if turn else told)
    return cells


_WHERE = re.compile(r"(?:In|At|On|From|Near|After|Before|During)\s")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_CLOSES = re.compile(r"[”\"]")


def _stands_for(scene: Scene, voice: Voice) -> tuple[str, int, int] | None:
    """Return whom the pronoun of a voice stands for: in its sentence, else in those before."""
    off, pronoun = scene.sentence.start, key(voice.name)
    if pronoun in ("we", "i", "you"):
        return None
    said = _QUOTED.sub(lambda match: " " * len(match[0]), scene.text[: voice.start])
    if scene.memory.quotes % 2 and (end := _CLOSES.search(said)):
        said = " " * end.end() + said[end.end() :]  # whoever is named in what is quoted
    if pronoun in ("he", "she") and (here := antecedents.agent(said, voice.start)):
        return scene.text[slice(*here)], off + here[0], off + here[1]
    near = [
        one
        for one in scene.voices
        if one.last <= voice.start
        and key(one.name) not in PRONOUNS
        and antecedents.may_be(pronoun, one.name)
    ]
    if near:
        return near[-1].name, off + near[-1].start, off + near[-1].end
    last = scene.memory.before[-1:]
    near = bool(last) and scene.before != "" and bool(last[0].voices)
    # "The service launched 9,412 times and saved 269 lives, it says": whoever did so says so
    # "The army is no better: it boasts of ten killed"
    same = voice.trailing or said[: voice.start].rstrip().endswith((":", ";"))
    own = same and (not near or said[: voice.start].rstrip().endswith(":"))
    mine = _own_subject(pronoun, said[: voice.first]) if own else None
    if pronoun == "it" and mine is None:
        mine = antecedents.capital(said)
        mine = None if mine and _WHERE.match(said, mine[0]) else mine
    return scene.at(mine) if mine else scene.memory.who(pronoun, scene.sentence)


def _own_subject(pronoun: str, text: str) -> tuple[int, int] | None:
    """Return who begins the sentence that a pronoun behind it says."""
    if pronoun == "they":
        return antecedents.many(text)
    return antecedents.body(text) if pronoun == "it" else antecedents.doer(text)


def _unsaid(scene: Scene, mention: Mention) -> list[Cell]:
    """Return who speaks where the sentence does not say so: a turn, a quotation that runs on."""
    if quoted := scene.memory.quoted(scene.sentence, mention.start):
        return [Cell("source", *quoted, "quotation goes on", "carried")]
    return [scene.memory.turn] if scene.memory.turn else []


_DIGIT = re.compile(r"\d")
_CLOSE = 25  # letters
_OPENS_QUOTE = re.compile(r"[:,]\s*[“\"‘']")
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)|disput(?:es|ed)|dismiss(?:es|ed))\b")


def voice_of(start: int, end: int, sentence: str, found: list[Voice]) -> Voice | None:
    """Return the attribution of a number at `start:end` of a sentence."""
    for one in found:
        if start < one.first and one.last < end:
            return one  # "for every guard killed, one prisoner reckons, they lose three"
        if one.rule == OF_ONE and 0 <= one.first - end < 40 and not _DIGIT.search(
            sentence, end, one.first
        ):  # fmt: skip
            return one
    found = [one for one in found if one.rule != OF_ONE]
    left = [one for one in found if one.last <= start]
    right = [one for one in found if one.first >= end and one.trailing]
    # "460 were killed; the army denies it": whoever denies it does not say so
    right = [one for one in right if not _DENIES.search(one.rule)]
    after = right[0] if right else None
    before = left[-1] if left else None
    if after and before and before.rule == "label" and after.rule == "according to":
        return after  # "Hospitals: 70 % of nurses out, according to the union"
    if after and before and key(before.name) in ("we", "i"):
        return after  # "We counted 11,000 people," the mayor said
    ours = before and key(before.name) in ("we", "i") and len(left) > 1
    if before and ours and _OPENS_QUOTE.search(sentence, left[-2].last, before.first):
        return left[-2]  # Hassan tells us: "We counted 12 bodies"
    close = after and after.rule == "according to" and after.first - end < _CLOSE
    if after and before and close and start - before.last > 2 * _CLOSE:
        return after  # "it shows the crush of 2015, in which 769 died according to Riyadh"
    if after and before:
        gap, behind = sentence[before.last : start], sentence[end : after.first]
        broken = re.search(r";|\bwhile\b|\bbut\b|,\s+and\b|\bwhereas\b|,\s+though\b", gap)
        if before.trailing or broken or after.rule == "by":
            return after if not re.search(r";", behind) else before
        return before
    return after or before
