"""Who stands before "lost", "suffered", "fielded" in front of a number: whose loss it is."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.numbers.masked import MONTHS, Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import PERSONS, kind_of
from bakhmut.drafting.said.antecedents import may_be
from bakhmut.drafting.said.speakers import PRONOUNS, subject
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.scope.carried import ARMS_OF_A_FORCE, HEDGING, Figure
from bakhmut.drafting.scope.hits import Found
from bakhmut.drafting.scope.nations import parties
from bakhmut.drafting.scope.sides import Named, subject_of
from bakhmut.drafting.whose.forces import UNITS
from bakhmut.drafting.whose.owners import is_verb
from bakhmut.drafting.words import NEAR, any_of, key, last, measures, persons

LOSES = Needing(
    r"\b(?:lost|lose|loses|losing|suffer(?:ed|s|ing)?|sustain(?:ed|s|ing)?|incurred|fielded|"
    r"(?:is|are|was|were)\s+credited\s+with\s+(?:the\s+loss\s+of|losing)|stripped\s+of|mustered|left\s+behind|abandoned|commanded|led(?!\s+(?:off|away|back))|deployed|numbered|took\s+(?:\S+\s+){1,4}?(?:casualties|losses))\b",
    re.I,
)


_PAYS = re.compile(r"\b(?:pays?|paid|spends?|spent|gives?|gave)\s+$")  # "pay five lives for every"
# "Russia has taken 20,000 to 30,000 casualties"
_NEXT_CLAUSE = re.compile(r"\b(?:after|when|before|because|where|of\s+which)\s")
_TAKES = Needing(
    r"\b(?:took|takes|taking|(?:has|have|had)\s+taken)\s+(?:(?!in\b|on\b|out\b|away\b)[a-z]+\s+){0,3}$"
)
_THINKS = re.compile(
    r"(?:we|i|they)\s+(?:think|believe|know|estimate|reckon)\s+(?:that\s+)?(?:the\s+)?", re.I
)
_IN_LIST = re.compile(r"(?:[^.;:]{0,50})(?:,|\band\b|\bor\b)[^.;:]{0,30}", re.I)
_AUX = re.compile(
    r"(?:\b(?:is|are|was|were|been|still|now|already|reportedly)\s+)+(?=\w+ing\b)|"
    r"\b(?:is|are|was|were)\s+(?:thought|believed|said|estimated|reckoned|known|reported)\s+to\s+(?:have\s+)?"
)


_ENEMY = re.compile(
    r"\b(?:the|The)\s+(enemy|adversary|opponents?|attackers|defenders|other\s+side)\s+"
    r"(?:(?:has|have|had|also|then|reportedly)\s+)*$"
)


_APPOSED = re.compile(r",\s(?:one|the|an?|its|their)\s[^,;.\d]{3,60},\s*$")
_OF_THEIRS = re.compile(
    r"\s+of\s+(?:its|their|his)\s+(?:own\s+)?(?:strength|numbers?|men|force|members|people|horses)\b"
)
_ANY = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Oo]ur)\s+((?:[\w’-]+\s+){0,1}[a-z]+)\s+(?:(?:has|have|had|also)\s+)*$"
)
_BODIES = any_of("bodies that speak")
_UNIT = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Oo]ur)\s+((?:[\w’-]+\s+){{0,2}}(?:{UNITS}|{_BODIES}))\s+"
    r"(?:(?:has|have|had|also|then)\s+)*$"
)
_HAD = Needing(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir)\s+((?:[\w’-]+\s+){{0,3}}(?i:{UNITS}))(?:\s+as\s+a\s+whole|\s+alone)?\s+"
    rf"(?:had|has|have)\s+{HEDGING}$"
)
_COST_THEM = Needing(rf"\bcost\s+(them|it)\s+(?:the\s+lives\s+of\s+)?{HEDGING}$")
_LEFT = Needing(rf"\b(?:left|leaving)\s+(?:behind\s+)?{HEDGING}$")
_THEIR_DEAD = re.compile(
    r"\s+(?:of\s+(?:its|their)\s+)?(?:dead|bodies|corpses|wounded|prisoners)\b"
)
_THEY = re.compile(r"\b([Tt]hey|[Ii]t)\s+$")
_AT_HEAD = 12  # letters


def _it(scene: Scene, pronoun: str) -> Cell | None:
    """Return whom the sentence before begins with: "The Finns held on. They suffered"."""
    if pronoun not in ("it", "they"):
        return None
    one = scene.memory.before[-1] if scene.before else None
    if one and (units := [named for named in one.named if named.rule == "unit"]):
        return one.cell("side", replace(units[-1], rule=pronoun), units[-1].name, "carried")
    topic = scene.memory.topic(scene.sentence)
    if topic is None or topic.start - scene.memory.before[-1].sentence.start > _AT_HEAD:
        return None
    return replace(topic, rule=pronoun, sure="carried")


def _verb(text: str, at: int) -> int:
    """Return where a verb begins with its auxiliaries: "Arland is losing"."""
    aux = last(_AUX, text, (max(0, at - 40), len(text)))
    return aux.start() if aux and aux.end() == at else at


def _left_behind(scene: Scene, figure: Figure) -> Cell | None:
    """Return who left their own: "The enemy left 200 dead in front of the wire"."""
    at, text = figure.mention, scene.text
    left = _LEFT.search(text, max(0, at.start - 60), at.start)
    if left is None or not _THEIR_DEAD.match(text, at.end):
        return None
    who = [one for one in parties(text) if one.end + 1 == left.start()]
    if they := _THEY.search(text, 0, left.start()):  # "Thrown back, they left 47 bodies"
        return _it(scene, they[1].lower())
    foe = _ENEMY.search(text, 0, left.start())
    who += [Named(foe[1], *foe.span(1), "subject", "inferred")] if foe else []
    return scene.cell("side", who[0], who[0].name, "inferred") if who else None


# "In a statement its command said it had lost 19": no one who lost
_NO_LOSER = re.compile(r"\d|^(?:in|at|on|by|for|from|after|before|during|since|with)\s", re.I)
# Between a number and whom it counts; not "400, Ukraine" and not "400 and Ukraine".
_COUNTED = re.compile(r"\s+(?:(?!(?:and|but|or|while|as|when|for|to)\b)[a-z]+\s+)?")


def loser_of(scene: Scene, figure: Figure) -> Cell | None:
    """Return who stands before "lost", "suffered", "fielded" in front of a number."""
    mention, measure = figure.mention, figure.measure
    start = max((end for end in scene.ends if end <= mention.start), default=0)
    match = last(LOSES, scene.text, (0, mention.start))
    if mention.above and scene.text.startswith(" lives", mention.above[0]):
        match = match or _PAYS.search(scene.text, 0, mention.start)
    if measure and measure.measure in ("casualties", "losses"):
        match = match or _TAKES.search(scene.text, max(0, mention.start - 60), mention.start)
    if left := _left_behind(scene, figure):
        return left
    if cost := _COST_THEM.before(scene.text, mention.start):  # "It has cost them 5,000 casualties"
        return _it(scene, "they" if cost[1] == "them" else "it")
    if had := _HAD.search(scene.text, 0, mention.start):  # "The Division as a whole had 2,700"
        return scene.cell("side", Named(had[1], *had.span(1), "subject", "inferred"), had[1])
    if match is None or (
        match.end() < start and not _IN_LIST.fullmatch(scene.text[start : mention.start])
    ):
        return None
    own = None if figure.carried else measure
    own = own if own and is_verb(own, mention, scene.text, scene.numbers) else None
    if own and match.end() < own.start and not LOSES.match(scene.text, own.start):
        return None  # "she lost both brothers; the strike killed 11": whom it killed lost nobody
    if _NEXT_CLAUSE.search(scene.text, match.end(), mention.start):
        return None  # "deployed troops after the landslide buried 40 homes"
    word = Found("", *match.span(), "", "")
    # "killed 300 militants and lost 45 soldiers": whom a number counts is no subject
    free = [
        one
        for one in scene.named
        if not any(_COUNTED.fullmatch(scene.text, at, one.start) for at in scene.ends)
    ]
    # "The Choneros, one of the two gangs, lost nine": what somebody is
    if aside := _APPOSED.search(scene.text, 0, match.start()):
        free = [one for one in free if one.start < aside.start()]
    # "Ukraine and its allies say Russia has lost": who says so lost nobody
    free = [one for one in free if not scene.speaks_at(one.start)]
    if foe := _ENEMY.search(scene.text, 0, match.start()):
        return scene.cell("side", Named(foe[1], *foe.span(1), "subject"), foe[1], "inferred")
    if named := subject_of(word, scene.text, free):
        return scene.cell("side", named, named.name, named.sure)
    span = subject(scene.text, _verb(scene.text, match.start()))
    if span is None and _OF_THEIRS.match(scene.text, mention.end):
        who = _ANY.search(scene.text, 0, match.start())  # "the askari had lost a third of their"
        span = who.span(1) if who else None
    spoke = span and scene.speaks_at(span[0])
    if (span is None or spoke) and (unit := _UNIT.search(scene.text, 0, match.start())):
        span = unit.span(1)  # "the rearguard lost 212"
    others = None if span else _ANY.search(scene.text, 0, match.start())  # "The mujahideen lost"
    span = others.span(1) if others and kind_of(others[1]) == "soldiers" else span
    if span:
        thought = _THINKS.match(scene.text, span[0])  # "We think the rebels have lost"
        span = (thought.end(), span[1]) if thought and thought.end() < span[1] else span
        one = Named(scene.text[slice(*span)], *span, "subject", "inferred")
        number = any(at >= span[0] and at < span[1] for at in scene.numbers)
        number = number or scene.speaks_at(span[0])  # who speaks lost nobody
        if start and span[0] >= start and key(one.name) in ("it", "they"):
            return None  # "The Brescia had 5,800; ten days later it mustered 1,900": as before
        if key(one.name) == "it" and (unit := scene.memory.unit(scene.sentence)):
            return unit
        if topic := _it(scene, key(one.name)):
            return topic
        if (
            key(one.name).split()[0] not in PRONOUNS
            and key(one.name) not in measures()
            and not number
            and not _NO_LOSER.search(one.name)
        ):
            return scene.cell("side", one, one.name, one.sure)
    # "The army says it has lost 2,000": it is the one who speaks.
    spoken = [one for one in scene.voices if one.last <= match.start()]
    again = spoken and _AND_THAT_IT.search(scene.text, spoken[-1].last, match.start())
    said = again or (
        spoken
        and re.fullmatch(
            r"\s+(?:that\s+)?(it|they|we)\s+(?:(?:\w+\s+){0,2}|[^.;]{0,80}\band\s+)",
            scene.text[spoken[-1].last : match.start()],
        )
    )
    if spoken and _TO_HAVE.fullmatch(scene.text, spoken[-1].last, match.start()):
        who = scene.at((spoken[-1].start, spoken[-1].end))
        return None if key(who[0]) in PRONOUNS else Cell("side", *who, "claims to have", "inferred")
    if said and may_be(said[1], spoken[-1].name):  # and no "Dr Pell guesses that they lost as many"
        who = scene.at((spoken[-1].start, spoken[-1].end))
        who = scene.memory.who(key(who[0]), scene.sentence) or who  # "It said it had lost two"
        return None if key(who[0]) in PRONOUNS else Cell("side", *who, "it: the speaker", "carried")
    return None


# "The army claims to have lost 12", "to have killed 30 and to have lost four"
_TO_HAVE = re.compile(
    r"\s+(?:(?:to\s+have\s+[^.;]{0,80}?\b(?:and|but)\s+)?to\s+have|to\s+having)\s+(?:\w+ly\s+)?"
)
# "The M23 said 62 soldiers had surrendered and that it had itself lost only two"
_AND_THAT_IT = re.compile(
    r"\b(?:and|but)\s+that\s+(it|they)\s+(?:ha[sd]\s+|have\s+)?(?:itself\s+|themselves\s+|only\s+)?$"
)
_SUFFER = re.compile(
    r"\b((?:[A-Za-z][a-z-]+\s+)?[a-z]+s)(?:,[^,.;]{0,70},)?\s+(?:(?:also|have|has|had|were|"
    r"are|still|both|reportedly|then)\s+)*(?:suffer\w*|sustain\w*|took|take|taken|taking|"
    r"incur\w*)\s",
    re.I,
)


def sufferer(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return who suffered losses: "tank crews also took severe losses"."""
    match = last(_SUFFER, sentence, (0, mention.start + 1))
    if match is None:
        return None
    inside = [one for one in named if match.start(1) <= one.start and one.end <= match.end(1)]
    if inside:
        return Named(inside[0].name, inside[0].start, inside[0].end, "subject", "inferred")
    if persons().get(key(match[1]).split()[-1]) in ("group", "soldiers") or key(match[1]).split()[
        -1
    ] in ("crews", "units"):
        name = re.sub(r"^(?:the|our|their|his|its)\s+", "", match[1], flags=re.I)
        return Named(name, match.end(1) - len(name), match.end(1), "subject", "inferred")
    return None


# "Ukraine had over 100,000 dead or wounded"
_HAD_DEAD = Needing(rf"\b(?:had|has|have)(?:\s+(?:had|already|now|also|by\s+then))?\s+{HEDGING}$")


# "The Wagner mercenary group has had over 30,000 casualties"
_BODY = re.compile(
    r"(?:\s+(?:mercenary|private|paramilitary|military|armed|army|group|company|forces?|troops|side))*\s*"
)


def who_had(mention: Mention, text: str, named: list[Named]) -> Named | None:
    """Return the side that stands right before "had" and a number of its dead."""
    had = _HAD_DEAD.search(text, max(0, mention.start - 90), mention.start)
    if had is None:
        return None
    at = had.start()
    before = [one for one in named if one.end <= at and _BODY.fullmatch(text, one.end, at)]
    return replace(before[-1], rule="subject", sure="inferred") if before else None


_LOSSES = r"(?:losses|casualties|dead|death\s+toll)\b"
# "put the fascists' losses at 10,000", "Kiev's irrecoverable losses had exceeded"
_WHOSE_LOSSES = re.compile(
    rf"\b((?:[A-ZÀ-Þ][\w-]*\s+){{0,2}}[A-ZÀ-Þ][\w-]*|(?<=the\s)[a-z]+)(?:['’]s|(?<=s)['’])\s+(?:[a-z-]+\s+){{0,2}}?{_LOSSES}[^;.\d]*$"
)
# "Bomber Command as a whole dispatched 795 aircraft", "De Ruyter had 84 ships"
_HOLDER = re.compile(
    r"\b((?:[A-ZÀ-Þ][\w’-]*\s+){0,2}[A-ZÀ-Þ][\w’-]+)(?:\s+as\s+a\s+whole)?\s+"
    rf"(?:had|has|have|dispatched|put\s+up|mustered|fielded|sent|led|commanded|mobili[sz]ed|enlisted|recruited|conscripted|drafted|called\s+up|raised)\s+{HEDGING}$"
)
# "Tarn's company had no one killed and eleven wounded"
_HAD_HURT = re.compile(
    rf"((?:[A-ZÀ-Þ][\w-]*['’]s|[Tt]he|[Ii]ts|[Hh]is|[Oo]ur)\s+(?:[\w-]+\s+){{0,2}}?"
    rf"(?:{UNITS}|units|troops|forces|men|crews))(?:\s+(?:that|which|who)\s[^,;.]{{3,40}}?)?\s+"
    r"(?:(?:had|has|have)\b(?!\s+(?:[a-z]+ed|been|gone|taken|lost)\b)|(?:suffered|took|sustained)\b)[^;.]*$"
)
# "Two wars had cost the regiment 48 lives", "the history gives the Austrians 70,000 casualties"
_COST = re.compile(
    rf"\bcost\s+((?:the|its|his|our)\s+(?:[\w-]+\s+){{0,2}}?(?:{UNITS}))\s+{HEDGING}$"
)
_GIVES = re.compile(
    r"\b(?:gives?|gave)\s+(?:the\s+)?((?:[A-ZÀ-Þ][\w-]*\s+(?:and\s+)?){0,2}[A-ZÀ-Þ][\w-]*)\s+"
    rf"{HEDGING}$"
)
# "Glasgow, struck five times, escaped with four wounded"
_ESCAPED = re.compile(
    r"(?:^\W*|[.;]\s+)((?:The\s+)?(?:[A-ZÀ-Þ][\w-]*\s+){0,2}[A-ZÀ-Þ][\w-]*)(?:,[^,;.]{3,40},)?\s+"
    rf"(?:escaped|got\s+away|came\s+off|came\s+home|returned)\s+with\s+{HEDGING}$"
)
_OUTNUMBERED = re.compile(r"\b([Tt]he\s+(?:[\w’-]+\s+){1,3})outnumber(?:ed|s)\b[^;.]*$")
_OF_WHO = re.compile(
    r"\s+of\s+(?:them|these|those|whom)\s+of\s+([a-z]+)\b"
)  # "17 of them of women"
_STRONG = ("strength",)
HURT = ("killed", "wounded", "missing", "captured", "casualties", "losses", "killed + wounded")


_TAKEN = re.compile(r"\s+(?:prisoners|captives|hostages)\b(?!\s+(?:killed|dead|wounded))")


def named_here(scene: Scene, figure: Figure) -> Cell | None:
    """Return whose loss or force it is by the form of the sentence, though no table has a name."""
    text, at = scene.text, figure.mention.start
    measure = figure.measure.measure if figure.measure else ""
    if of := _OF_WHO.match(text, figure.mention.end):
        return scene.cell("side", Named(of[1], *of.span(1), "of whom", "inferred"), of[1])
    tried = [_WHOSE_LOSSES] if measure in HURT else []
    arms = figure.measure is not None and figure.measure.rule == ARMS_OF_A_FORCE
    tried += [_HOLDER] if measure in (*_STRONG, "recruited") or arms else []
    tried += [_HAD_HURT, _ESCAPED] if measure in (*HURT, *_STRONG) else []
    tried += [_OUTNUMBERED] if figure.mention.rule in ("to one", "ratio") else []
    for pattern in (*tried, _COST, _GIVES):
        if match := pattern.search(text, max(0, at - 120), at):
            if pattern is _HAD_HURT and _TAKEN.match(text, figure.mention.end):
                continue  # "the army took 300 prisoners"
            name = match[1].strip()
            start = match.start(1)
            who = re.sub(rf"^(?:the|The|{MONTHS})\s+", "", name)
            if key(who).split()[0] in PRONOUNS or _NO_LOSER.search(who) or scene.speaks_at(start):
                continue
            start += len(name) - len(who)
            one = Named(who, start, start + len(who), "subject", "inferred")
            return scene.cell("side", one, who, "inferred")
    return None


# "we lost seventeen", "We set out as fourteen": who speaks counts their own.
_WE = re.compile(
    rf"\b(?P<we>[Ww]e)(?:['’](?:ve|d))?\s+(?:(?:have|had|also|only|just|then|now|still|must)\s+)*"
    rf"(?:lost|lose|(?:are|were)\s+losing|suffered|were|are|numbered|mustered|"
    rf"(?:set\s+out|came\s+(?:home|back|out)|started|went\s+in)\s+(?:as|with))\s+{HEDGING}$"
)
_OF_US = re.compile(r"\s+(?:\w+\s+)?of\s+(?P<we>us)\b")
_OURS_AFTER = re.compile(r"\s+(?:of|from)\s+(?P<we>(?:our|my)\s+(?:own\s+)?(?P<noun>[a-z-]+))\b")
_OURS_BEFORE = re.compile(
    rf"\b(?:[Oo]f|[Ff]rom)\s+(?P<we>(?:our|my)\s+(?:own\s+)?(?P<noun>[a-z-]+))(?:\s+alone)?,?\s+{HEDGING}$"
)
_OWN_LOSSES = ("lost", "losses", "casualties", "strength", "missing", "wounded", "killed")


def our_own(scene: Scene, figure: Figure) -> Named | None:
    """Return "we", "our family" of who counts their own, where no other word says whose it is."""
    mention, text = figure.mention, scene.text
    near = (max(0, mention.start - NEAR), mention.start)
    if found := _OF_US.match(text, mention.end):
        return Named(found["we"], *found.span("we"), "we", "inferred")
    measure = figure.measure.measure if figure.measure else ""
    part = mention.kind == "share"  # "we were losing one in ten": of whom is another question
    if (found := _WE.search(text, *near)) and measure in _OWN_LOSSES and not part:
        return Named(found["we"].lower(), *found.span("we"), "we", "inferred")
    if (found := _OURS_AFTER.match(text, mention.end)) and kind_of(found["noun"]) in PERSONS:
        return Named(found["we"], *found.span("we"), "we", "inferred")
    if (found := _OURS_BEFORE.search(text, *near)) and kind_of(found["noun"]) in PERSONS:
        return Named(found["we"], *found.span("we"), "we", "inferred")
    return None
