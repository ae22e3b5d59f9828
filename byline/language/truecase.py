"""Text printed in capitals as it would stand in mixed case: the same length, letter by letter.

Old wire copy and translations of broadcasts are printed in capitals, headlines
and first lines of reports often. Parser and recogniser know mixed case only.
What is a name is told by word lists (a word that none has is one), by the words
beside it, and by how the document uses the word elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from byline.language.case_lexicon import WORD, lexicon
from byline.records import Span

Case = Literal["small", "name", "letters"]

_SHORTEST_RUN = 4  # words: fewer in capitals may be a heading, a dateline, or names with abbreviations
_LONGEST_ACRONYM = 12
_LONG_FORM = 12  # words of a bracket or before one that may spell an abbreviation out
_DAYS = 31
_SHOUTED = re.compile(r"\b(?:[^\Wa-z]++[\W_]++){3}[^\Wa-z]{2}")  # a cheap look: ordinary text fails at second letters
_OPENS = re.compile(r"[.!?…][\"'”’)\]]*\s|[,:]\s+[\"“]")  # what a new sentence, or a quoted one, follows
_ROMAN = re.compile(r"[ivx]{2,5}")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|d)?")
_CONTRACTED = frozenset({"s", "t", "ll", "re", "ve", "d", "m"})
_CLOCK = frozenset({"a.m.", "p.m.", "e.g.", "i.e."})


@dataclass(slots=True)
class _Word:
    """A word in capitals: its span, its small form, the signs before it, how it is to be written.

    `stem` is the small form without what an apostrophe adds ("reagan" of "REAGAN'S").
    """

    start: int
    end: int
    lower: str
    stem: str
    gap: str
    begins: bool
    case: Case = "small"

    @property
    def follows(self) -> bool:
        """Whether only white space parts it from the word before, in one sentence."""
        return self.gap.isspace() and not self.begins

    def is_in(self, name: str) -> bool:
        """Whether a list of knowledge/capitals.toml has the word."""
        return self.stem in lexicon().sets[name]

    @property
    def is_name(self) -> bool:
        """Whether it is part of a name, though of no country's or people's."""
        return self.case == "name" and self.stem not in lexicon().world


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
    end, begins, label = span[0], True, False
    for match in WORD.finditer(text, *span):
        gap = text[end : match.start()]
        begins = (begins and not run) or _begins(gap, run) or (label and gap[:1] == "]")
        label = (label and "]" not in gap) or (begins and "[" in gap)  # "[PILOT] WE LEFT"
        if match[0] != match[0].upper():
            yield run
            run, begins = [], False
        else:
            run.append(_word(match, gap, begins=begins))
            begins = False
        end = match.end()
    yield run


def _word(match: re.Match[str], gap: str, *, begins: bool) -> _Word:
    lower = match[0].lower()
    stem, mark, tail = lower.replace("’", "'").rpartition("'")
    return _Word(*match.span(), lower, stem if mark and tail in _CONTRACTED else lower, gap, begins)


def _begins(gap: str, run: Sequence[_Word]) -> bool:
    """Whether the signs between two words part sentences; a full stop behind a title or initial does not."""
    if not _OPENS.search(gap):
        return False
    before = run[-1].lower if run else ""
    return not (gap.startswith(".") and (len(before) == 1 or before in lexicon().sets["short_titles"]))


def _is_prose(run: Sequence[_Word]) -> bool:
    """Whether a stretch in capitals is text: long enough, and with a word that makes sentences."""
    long = [w for w in run if len(w.lower) > 1 and w.lower.isalpha()]
    return len(long) >= _SHORTEST_RUN and any(w.is_in("running") for w in long)


def _decide(words: list[_Word]) -> None:
    """Settle each word's case: what the lists say, then what stands beside it."""
    for word in words:
        word.case = _by_itself(word)
    _join_phrases(words)
    _read_brackets(words)
    _find_months(words)
    _find_surnames(words)
    _set_particles(words)
    _raise_titles(words)
    _raise_organisations(words)
    _tell_abbreviations(words)


def _by_itself(word: _Word) -> Case:
    """Return the case that the lists give, or the shape of the word where they are silent."""
    known, stem = lexicon(), word.stem
    if "." in stem:
        return "small" if stem in _CLOCK else "letters"
    if any(c.isdigit() for c in stem):
        return "small" if _ORDINAL.fullmatch(stem) else "letters"
    if word.lower[-2:-1] in {"'", "’"} and word.lower[-1] == "t":
        return "small"
    if len(stem) == 1:
        return "small" if stem in {"a", "y", "e"} else "letters"
    if stem in known.world or stem in known.names:
        return "name"
    if known.is_common(stem) or word.is_in("particles") or word.is_in("units"):
        return "small"
    return "letters" if known.is_abbreviation(stem) else "name"


def _join_phrases(words: Sequence[_Word]) -> None:
    """Write names of several words ("Ivory Coast", "Union of South Africa") as the lists have them."""
    phrases, at = lexicon().phrases, 0
    while at + 1 < len(words):
        word, second = words[at], words[at + 1]
        candidates = phrases.get((word.stem, second.lower)) or phrases.get((word.stem, second.stem)) or []
        phrase = next((p for p in candidates if _stands(p, words, at)), ())
        for part, form in zip(words[at:], phrase, strict=False):
            part.case = "small" if form.islower() else "letters" if form.isupper() and len(form) > 1 else "name"
        at += len(phrase) or 1


def _stands(phrase: tuple[str, ...], words: Sequence[_Word], at: int) -> bool:
    run = words[at : at + len(phrase)]
    same = len(run) == len(phrase) and all(
        form.lower() in {w.lower, w.stem} for w, form in zip(run, phrase, strict=True)
    )
    return same and all(not w.begins and not w.gap.strip(" -\n\r\t.") for w in run[1:])


def _read_brackets(words: Sequence[_Word]) -> None:
    """Read an abbreviation and its long form by each other: "FBP [Front of Blue Pilots]", "Rail Guards Union (RGU)"."""
    for at, word in enumerate(words):
        if not at or not word.gap.endswith(("(", "[")):
            continue
        behind = range(at + 1, min(at + _LONG_FORM, len(words)))
        stop = next((i for i in behind if words[i].gap[:1] in {")", "]"}), None)
        stop = at + 1 if stop is None and at + 1 == len(words) else stop
        if stop is None:
            continue
        if stop == at + 1:
            before = _unlinked(words[max(0, at - _LONG_FORM) : at])
            _spell_out(word, before[-len(word.stem) :])
        else:
            _spell_out(words[at - 1], _unlinked(words[at:stop]))


def _unlinked(words: Sequence[_Word]) -> list[_Word]:
    return [w for w in words if not w.is_in("particles") and not w.is_in("links")]


def _spell_out(short: _Word, long: Sequence[_Word]) -> None:
    """Set an abbreviation in letters and the words of its long form large, if the initials agree."""
    rest = iter("".join(w.lower[0] for w in long))
    agreeing = sum(c in rest for c in short.stem)
    unknown = short.stem not in lexicon().common and short.stem.isalpha() and len(short.stem) <= _LONGEST_ACRONYM
    if unknown and len(long) > 1 and agreeing * 2 > len(short.stem):
        short.case = "letters"
        for word in long:
            word.case = "name" if word.case == "small" else word.case


def _find_months(words: Sequence[_Word]) -> None:
    """Tell "may" and "march" from the months by prepositions and numbers beside them."""
    for at, word in enumerate(words):
        if word.is_in("months"):
            before = words[at - 1] if at and word.follows else None
            after = words[at + 1].lower if at + 1 < len(words) and not words[at + 1].begins else ""
            dated = before is not None and (before.is_in("before_month") or _is_day(before.lower))
            if dated or (after.isdigit() and len(after) in {1, 2, 4}):
                word.case = "name"


def _is_day(word: str) -> bool:
    number = _ORDINAL.fullmatch(word)
    return number is not None and 0 < int(number[1]) <= _DAYS


def _find_surnames(words: Sequence[_Word]) -> None:
    """Write common words as names where a title or first name shows them to be; then in the whole document."""
    found = set()
    for before, word in pairwise(words):
        if word.case == "small" and _is_surname(word, before):
            word.case = "name"
            found.add(word.stem)
    for before, word in pairwise(words):
        if word.stem in found and not word.is_in("never_alone") and before.lower not in {"a", "an", "the"}:
            word.case = "name"


def _is_surname(word: _Word, before: _Word) -> bool:
    known = lexicon()
    either = word.stem in known.either
    if before.is_in("short_titles"):
        return either and word.gap.strip() in {".", ""}
    if not word.follows or word.stem in known.everyday or word.is_in("titles"):
        return False
    if before.stem in known.first_names and before.case == "name":
        return either or not word.stem.endswith(("ed", "ing", "ly", "s"))
    return either and before.is_in("titles")


def _set_particles(words: Sequence[_Word]) -> None:
    """Write particles small inside a name, with a capital where they begin one."""
    for at in range(len(words) - 2, -1, -1):
        word, after = words[at], words[at + 1]
        if not word.is_in("particles") or after.begins:
            continue
        if after.follows and after.case == "letters" and after.stem not in lexicon().abbreviations:
            after.case = "name"  # "La Paz": a short name that no list has
        before = words[at - 1] if at and word.follows else None
        inside = before is not None and (before.is_name or before.is_in("particles"))
        led = (after.follows or after.gap == "-") and after.case == "name"
        arabic = word.lower == "al" and after.gap == "-"
        word.case = "name" if led and not inside and not arabic else "small"


def _raise_titles(words: Sequence[_Word]) -> None:
    """Give titles right before a person's name their capital, from right to left."""
    for word, after in zip(words[-2::-1], words[:0:-1], strict=True):
        if not after.follows or not after.is_name:
            continue
        if word.is_in("before_titles") if after.is_in("titles") and not word.is_in("titles") else word.is_in("titles"):
            word.case = "name"
        if word.is_in("before_places"):
            word.case = "name"


def _raise_organisations(words: Sequence[_Word]) -> None:
    """Give the words of an organisation's name their capitals: "Harbour Workers Union", "National Police"."""
    sets = lexicon().sets
    for at, head in enumerate(words[1:], 1):
        if head.case != "small" or not (head.is_in("heads") or head.is_in("behind_names")):
            continue
        first = at
        while words[first].follows and first and words[first - 1].lower in sets["inside"]:
            first -= 1
        led = first > 0 and words[first].follows and (words[first - 1].is_name or words[first - 1].case == "letters")
        whole = (led and (first < at or head.is_in("behind_names"))) or any(
            w.lower in sets["first"] for w in words[first:at]
        )
        for word in words[first : at + 1] if whole else ():
            word.case = "name" if word.case == "small" else word.case


def _tell_abbreviations(words: Sequence[_Word]) -> None:
    """Settle what only the neighbours tell: "US" and "us", short names and abbreviations, Roman numerals."""
    known = lexicon()
    for at, word in enumerate(words):
        before = words[at - 1] if at and word.follows else None
        after = words[at + 1] if at + 1 < len(words) and not words[at + 1].begins else None
        named = before is not None and before.is_name
        if word.lower == "us":
            by_article = before is not None and before.is_in("country_behind")
            noun = after is not None and after.follows and not after.is_in("pronoun_before")
            by_noun = noun and before is not None and before.is_in("adjective_behind")
            word.case = "letters" if by_article or by_noun or word.begins else "small"
        elif word.case == "letters" and named and word.stem not in known.abbreviations and len(word.stem) > 1:
            word.case = "letters" if _ROMAN.fullmatch(word.stem) or any(c.isdigit() for c in word.stem) else "name"
        elif named and _ROMAN.fullmatch(word.stem):
            word.case = "letters"


def _written(printed: str, word: _Word) -> str:
    """Return the word in its case; the first word of a sentence has a capital."""
    if word.case == "letters":
        return printed[: len(word.stem)] + _small(printed[len(word.stem) :])
    if word.case == "name":
        return _titled(printed)
    return printed[0] + _small(printed[1:]) if word.begins else _small(printed)


def _titled(printed: str) -> str:
    """Return a name with its capital; "O'Brien" and "McBride" have two."""
    lead = 2 if printed[1:2] in {"'", "’"} or (printed[:2] == "MC" and len(printed) > _SHORTEST_RUN) else 0
    if not lead or len(printed) <= lead + 1:
        return printed[0] + _small(printed[1:])
    return printed[0] + _small(printed[1:lead]) + _titled(printed[lead:])


def _small(letters: str) -> str:
    """Return letters small, those whose small form has another length as they are."""
    lower = letters.lower()
    return lower if len(lower) == len(letters) else "".join(c.lower() if len(c.lower()) == 1 else c for c in letters)
