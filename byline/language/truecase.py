"""Text printed in capitals as it would stand in mixed case: the same length, letter by letter.

Old wire copy and translations of broadcasts are printed in capitals, headlines
and first lines of reports often. Parser and recogniser know mixed case only.
What is a name is told by word lists (a word that none has is one), by the words
beside it, and by how the document uses the word elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from byline import knowledge
from byline.records import Span

Case = Literal["small", "name", "letters"]

_SHORTEST_RUN = 4  # words: fewer in capitals may be a heading, a dateline, or names with abbreviations
_LONGEST_ABBREVIATION = 3  # letters of an unknown word that is rather an abbreviation than a name
_LONGEST_ACRONYM = 12
_LONG = 8  # letters of a word whose ending shows that it is common
_DAYS = 31
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_SHOUTED = re.compile(r"\b(?:[^\Wa-z]++[\W_]++){3}[^\Wa-z]{2}")  # a cheap look: ordinary text fails at second letters
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s")
_VOWELS = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœ")
_CONTRACTED = frozenset({"s", "t", "ll", "re", "ve", "d", "m"})


@dataclass(slots=True)
class _Word:
    """A word in capitals: its span, its small form, the signs before it, how it is to be written."""

    start: int
    end: int
    lower: str
    gap: str
    begins: bool
    case: Case = "small"

    @property
    def follows(self) -> bool:
        """Whether only white space parts it from the word before."""
        return self.gap.isspace()


class _Lexicon(NamedTuple):
    everyday: frozenset[str]
    common: frozenset[str]
    either: frozenset[str]
    abbreviations: frozenset[str]
    first_names: frozenset[str]
    world: frozenset[str]
    phrases: dict[str, list[tuple[str, ...]]]
    sets: dict[str, frozenset[str]]


def truecase(text: str, body: Iterable[Span]) -> str:
    """Return the text with what its body has in capitals in its likely case; the text itself if nothing is.

    Every character keeps its place: a letter whose small form is longer stays as it is.
    """
    spans = list(body)
    if not any(_SHOUTED.search(text, *span) for span in spans):
        return text
    runs = [run for span in spans for run in _runs(text, span) if run]
    prose = [run for run in runs if _is_prose(run)]
    if 2 * sum(run[-1].end - run[0].start for run in prose) > sum(end - start for start, end in spans):
        prose = runs  # in a text wholly in capitals, short lines too
    words = [word for run in prose for word in run]
    if not words:
        return text
    _decide(words)
    pieces, at = [], 0
    for word in words:
        pieces += [text[at : word.start], _written(text[word.start : word.end], word)]
        at = word.end
    return "".join([*pieces, text[at:]])


def _runs(text: str, span: Span) -> Iterator[list[_Word]]:
    """Yield the words of each stretch of a paragraph that is printed in capitals."""
    run: list[_Word] = []
    end, begins = span[0], True
    for match in _WORD.finditer(text, *span):
        gap = text[end : match.start()]
        begins = (begins and not run) or _ends_sentence(gap, run)
        if match[0] != match[0].upper():
            yield run
            run, begins = [], False
        else:
            run.append(_Word(*match.span(), match[0].lower(), gap, begins))
            begins = False
        end = match.end()
    yield run


def _ends_sentence(gap: str, run: Sequence[_Word]) -> bool:
    if not _SENTENCE_END.search(gap):
        return False
    before = run[-1].lower if run else ""
    abbreviated = gap.startswith(".") and (len(before) == 1 or before in _lexicon().sets["short_titles"])
    return not abbreviated


def _is_prose(run: Sequence[_Word]) -> bool:
    """Whether a stretch in capitals is text: long enough, and with a word that is no name."""
    long = [w for w in run if len(w.lower) > 1 and w.lower.isalpha()]
    return len(long) >= _SHORTEST_RUN and any(w.lower in _lexicon().everyday for w in long)


def _decide(words: list[_Word]) -> None:
    """Settle each word's case: what the lists say, then what stands beside it."""
    for word in words:
        word.case = _by_itself(word)
    _join_phrases(words)
    _read_brackets(words)
    _find_months(words)
    surnames = _find_surnames(words)
    for before, word in pairwise(words):
        if word.lower in surnames and before.lower not in {"a", "an", "the"}:
            word.case = "name"
    _set_particles(words)
    _raise_titles(words)
    _raise_organisations(words)


def _by_itself(word: _Word) -> Case:
    """Return the case that the lists give, or the shape of the word where they are silent."""
    lexicon, lower = _lexicon(), word.lower
    stem, _, tail = lower.replace("’", "'").partition("'")
    if not lower.isalpha():
        if "." in lower:
            return "small" if lower in {"a.m.", "p.m.", "e.g.", "i.e."} else "letters"
        if any(c.isdigit() for c in lower):
            return "small" if lower[0].isdigit() and lower[-1].isalpha() else "letters"
        if tail not in _CONTRACTED:
            return "name"
        if tail == "t":
            return "small"
    if len(stem) == 1:
        return "small" if stem in {"a", "y", "e"} else "letters"
    if stem in lexicon.world or stem in lexicon.sets["names"]:
        return "name"
    if stem in lexicon.everyday or stem in lexicon.common or stem in lexicon.sets["particles"]:
        return "small"
    if stem in lexicon.abbreviations or not _VOWELS & {*stem, "a" if "y" in stem else ""}:
        return "letters"
    return "small" if _is_formed(stem) else "name"


def _is_formed(word: str) -> bool:
    """Whether a word that no list has is common by the way it is formed."""
    lexicon = _lexicon()
    if len(word) >= _LONG and word.endswith(tuple(lexicon.sets["endings"])):
        return True
    return any(word.startswith(p) and word[len(p) :] in lexicon.common for p in lexicon.sets["prefixes"])


def _join_phrases(words: Sequence[_Word]) -> None:
    """Write names of several words ("Ivory Coast", "Union of South Africa") as the lists of countries and bodies do."""
    at = 0
    while at < len(words):
        candidates = _lexicon().phrases.get(words[at].lower, ())
        phrase = next((p for p in candidates if _stands(p, words, at)), ())
        for word, form in zip(words[at:], phrase, strict=False):
            word.case = "small" if form.islower() else "letters" if form.isupper() and len(form) > 1 else "name"
        at += len(phrase) or 1


def _stands(phrase: tuple[str, ...], words: Sequence[_Word], at: int) -> bool:
    run = words[at : at + len(phrase)]
    same = len(run) == len(phrase) and all(w.lower == form.lower() for w, form in zip(run, phrase, strict=True))
    return same and all(not w.begins and w.gap.strip(" -\n\r\t.") == "" for w in run[1:])


def _read_brackets(words: Sequence[_Word]) -> None:
    """Read an abbreviation and its long form by each other: "FBP [Front of Blue Pilots]", "Rail Guards Union (RGU)"."""
    for at, word in enumerate(words):
        if not word.gap.endswith(("(", "[")) or at == 0:
            continue
        stop = next((i for i in range(at + 1, min(at + 12, len(words))) if words[i].gap[:1] in {")", "]"}), None)
        if stop is None:
            continue
        inside = words[at:stop]
        short, long = (word, words[max(0, at - 12) : at]) if len(inside) == 1 else (words[at - 1], inside)
        named = [w for w in long if w.lower not in _lexicon().sets["particles"] | _lexicon().sets["links"]]
        if short.lower in _lexicon().everyday or not short.lower.isalpha() or len(short.lower) > _LONGEST_ACRONYM:
            continue
        if len(inside) == 1:
            named = named[-len(short.lower) :]
        if len(named) > 1 and _abbreviates(short.lower, named):
            short.case = "letters"
            for name in named:
                name.case = "name" if name.case == "small" else name.case


def _abbreviates(short: str, words: Sequence[_Word]) -> bool:
    """Whether the initials of the words are letters of the short form, and begin it."""
    initials = "".join(w.lower[0] for w in words)
    if short == initials:
        return True
    rest = iter(initials)
    return len(words) * 2 >= len(short) and sum(c in rest for c in short) * 2 > len(short)


def _find_months(words: Sequence[_Word]) -> None:
    sets = _lexicon().sets
    for at, word in enumerate(words):
        if word.lower not in sets["months"]:
            continue
        before = words[at - 1].lower if at and word.follows else ""
        after = words[at + 1].lower if at + 1 < len(words) and not words[at + 1].begins else ""
        if before in sets["before_month"] or _is_day(before) or (after.isdigit() and len(after) in {1, 2, 4}):
            word.case = "name"


def _is_day(word: str) -> bool:
    number = word[:-2] if word.endswith(("st", "nd", "rd", "th")) else word
    return number.isdigit() and len(number) <= 2 and 0 < int(number) <= _DAYS  # noqa: PLR2004 -- digits of a day


def _find_surnames(words: Sequence[_Word]) -> frozenset[str]:
    """Return the words, common ones by the lists, that a title or first name shows to be names in this document."""
    lexicon, found = _lexicon(), set()
    titles, short = lexicon.sets["titles"], lexicon.sets["short_titles"]
    for at, word in enumerate(words[1:], 1):
        before, common = words[at - 1], word.lower in lexicon.either
        abbreviated = before.lower in short and word.gap.strip() in {".", ""}
        if not common or not (word.follows or abbreviated) or word.begins:
            continue
        led = before.lower in lexicon.first_names and before.case == "name"
        titled = before.lower in titles and word.lower not in lexicon.everyday | titles
        if abbreviated or ((led or titled) and word.lower not in lexicon.everyday):
            word.case = "name"
            found.add(word.lower)
    return frozenset(found - lexicon.sets["never_alone"])


def _set_particles(words: Sequence[_Word]) -> None:
    """Write particles small inside a name, with a capital where they begin one."""
    particles = _lexicon().sets["particles"]
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        following = words[at + 1] if at + 1 < len(words) else None
        if word.lower not in particles or following is None or following.begins:
            continue
        joined = following.follows or following.gap == "-"
        before = words[at - 1] if at and word.follows else None
        inside = before is not None and (before.case == "name" or before.lower in particles) and not _is_world(before)
        arabic = word.lower == "al" and following.gap == "-"
        word.case = "name" if joined and following.case == "name" and not (inside or arabic) else "small"


def _is_world(word: _Word) -> bool:
    return word.lower in _lexicon().world


def _raise_titles(words: Sequence[_Word]) -> None:
    """Give titles right before a person's name their capital, from right to left."""
    sets = _lexicon().sets
    for word, after in zip(words[-2::-1], words[:0:-1], strict=True):
        if word.lower in sets["short_titles"] and after.gap.strip() in {".", ""} and after.case != "small":
            word.case = "name"
        if not after.follows or after.begins or after.case != "name" or _is_world(after):
            continue
        title_follows = after.lower in sets["titles"]
        if word.lower in sets["titles" if not title_follows else "before_titles"] or (
            title_follows and word.lower in sets["titles"]
        ):
            word.case = "name"


def _raise_organisations(words: Sequence[_Word]) -> None:
    """Give the words of an organisation's name their capitals: "Harbour Workers Union", "National Police"."""
    sets = _lexicon().sets
    for at, head in enumerate(words):
        if head.lower not in sets["heads"] or not at:
            continue
        first = at
        while first and words[first].follows and not words[first].begins and words[first - 1].lower in sets["inside"]:
            first -= 1
        led = first and words[first].follows and not words[first].begins and words[first - 1].case != "small"
        named = led and not _is_world(words[first - 1])
        if (named and first < at) or any(w.lower in sets["first"] for w in words[first:at]):
            for word in words[first : at + 1]:
                word.case = "name" if word.case == "small" else word.case


def _written(printed: str, word: _Word) -> str:
    """Return the word in its case; the first word of a sentence has a capital."""
    if word.case == "letters":
        stem, mark, tail = printed.partition("'") if "'" in printed else printed.partition("’")
        return stem + mark + (_small(tail) if tail.lower() in _CONTRACTED else tail)
    if word.case == "name":
        return _titled(printed)
    return printed[0] + _small(printed[1:]) if word.begins else _small(printed)


def _titled(printed: str) -> str:
    """Return a name with its capital; "O'Brien" has two."""
    first, mark, rest = printed[0], printed[1:2], printed[2:]
    if mark in {"'", "’"} and len(rest) > 1:
        return first + mark + _titled(rest)
    return first + _small(printed[1:])


def _small(letters: str) -> str:
    """Return letters small, those whose small form has another length as they are."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in letters)


@cache
def _lexicon() -> _Lexicon:
    lists = {name: frozenset(words.split()) for name, words in knowledge.load("words.toml").items()}
    first = knowledge.load("first_names.toml")
    sets = {name: frozenset(words) for name, words in knowledge.load("capitals.toml").items()}
    single, phrases = _names_of_the_world()
    return _Lexicon(
        **lists,
        first_names=frozenset([*first["male"], *first["female"]]),
        world=frozenset(single),
        phrases=phrases,
        sets=sets,
    )


def _names_of_the_world() -> tuple[set[str], dict[str, list[tuple[str, ...]]]]:
    """Return the names and peoples of countries that are one word, and all longer names, the longest first."""
    countries = knowledge.load("countries.toml")["countries"].values()
    regions = knowledge.load("places/regions.toml")["regions"]
    bodies = [key.split(" | ") for table in knowledge.load("organisations.toml").values() for key in table]
    names = [n for c in countries for n in (*c["names"], *c["demonyms"], *c.get("parts", ()))]
    names += [n for c in countries for n in (c.get("capital", ""), *c.get("seats", ()))]
    names += [n for r in regions for n in r["names"]] + [n for body in bodies for n in body]
    single: set[str] = set()
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for form in (tuple(m[0] for m in _WORD.finditer(name)) for name in names):
        if len(form) > 1:
            phrases.setdefault(form[0].lower(), []).append(form)
        elif form and form[0].istitle() and form[0].isalpha():
            single.add(form[0].lower())
    return single, {first: sorted(forms, key=len, reverse=True) for first, forms in phrases.items()}
