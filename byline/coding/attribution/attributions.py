"""Who says so: every attribution of a document, and which of them a word stands under.

Terms are those of PARC and PolNeAR: a source, a cue that ties the content to
it, and the content. The lexicon is `knowledge/attribution.toml`.
"""

from typing import NamedTuple

from byline.coding.attribution.cues import draft_of
from byline.coding.attribution.dialogue import datelines, find_turns
from byline.coding.attribution.drafts import Draft
from byline.coding.attribution.speakers import Documents
from byline.coding.attribution.speech import Ties
from byline.language.parsed import Parsed, Token
from byline.records import Attribution, Mention, Quoted, Span

_OUTER = frozenset(".,;:-–—")
_PAIRS = {"”": "“", "’": "‘", '"': '"', "'": "'", ")": "(", "]": "["}


class Said(NamedTuple):
    """An attribution with its tokens.

    ``speaker`` is the head word of whose words they are: the source itself, the
    antecedent of "who", or the author of the document that is the source.
    ``told`` are the words that the speaker vouches for; an event in the rest of
    the content (wanted, refused, judged) is the text's own.
    """

    attribution: Attribution
    speaker: Token | None
    cue: Token | None
    content: tuple[Token, ...]
    told: tuple[Token, ...]

    @property
    def is_hearsay(self) -> bool:
        """Whether an adverb says that somebody says so, and nothing says who: "allegedly"."""
        return self.attribution.source is None and self.cue is not None and self.cue.pos == "ADV"


class Attributions:
    """The attributions of a document in text order."""

    def __init__(self, said: list[Said]) -> None:
        self.said = said
        self._over: dict[int, list[Said]] = {}
        # of two with the same content, the one that the other passed on is the inner
        for one in sorted(said, key=lambda s: (len(s.content), s.attribution.via is None)):
            for i in {token.i for token in one.told}:
                self._over.setdefault(i, []).append(one)

    @property
    def records(self) -> list[Attribution]:
        return [s.attribution for s in self.said]

    def over(self, token: Token) -> list[Said]:
        """Return the attributions whose source vouches for this word, innermost first; empty: the text's own voice.

        Hearsay without a source is whoever's words it stands in: "allegedly hit him, according to the suit".
        """
        said = self._over.get(token.i, [])
        sourced = [s for s in said if not s.is_hearsay]
        return sourced or said


def find_attributions(parsed: Parsed) -> Attributions:
    """Return who says what in a document; ids "s1", "s2" ... in text order.

    The source's ``actor`` is left open. A direct content stands without its
    quotation marks; other contents are whole clauses, a leading "that" included.
    """
    drafts = [d for t in parsed.tokens if (d := draft_of(t)) is not None]
    turns = find_turns(parsed)
    ties = Ties(parsed, [*drafts, *turns])
    documents = Documents(parsed.tokens)
    opening = datelines(parsed) | {t.i for turn in turns for t in [*turn.source, *turn.cue]}
    for draft in (found := ties.tie()):
        draft.content = [t for t in draft.content if t.i not in opening]
        draft.speaker, received = documents.author(draft.speaker)
        draft.via = draft.via or received
    return Attributions(_records(parsed, sorted((d for d in found if d.content), key=_place), ties))


def _place(draft: Draft) -> tuple[int, int]:
    return min(t.i for t in [*draft.cue, *draft.content]), -len(draft.content)


def _records(parsed: Parsed, drafts: list[Draft], ties: Ties) -> list[Said]:
    placed = [(draft, spans) for draft in drafts if (spans := _spans(parsed, draft, ties))]
    around = _nest([draft for draft, _ in placed])
    said = []
    for number, (draft, spans) in enumerate(placed):
        above = around[number]
        record = Attribution(
            id=f"s{number + 1}",
            source=_mention(parsed, draft.source, _named(draft)),
            cue=_mention(parsed, draft.cue, draft.head),
            content=spans,
            quoted=_quoted(draft, ties),
            via=_mention(parsed, draft.via, draft.via[-1]) if draft.via else None,
            inside=f"s{above + 1}" if above is not None else None,
            stance=draft.stance,
            rule=draft.rule,
        )
        said.append(Said(record, draft.speaker, draft.head, tuple(draft.content), tuple(draft.told)))
    return said


def _named(draft: Draft) -> Token | None:
    """Return the head word of the source's own words."""
    inside = {t.i for t in draft.source}
    if draft.speaker is not None and draft.speaker.i in inside:
        return draft.speaker
    return next((t for t in draft.source if t.is_root or t.head.i not in inside), None)


def _nest(drafts: list[Draft]) -> list[int | None]:
    """Return for each draft the smallest larger one whose content holds its cue."""
    over: dict[int, list[int]] = {}
    sizes = [len(d.content) for d in drafts]
    for number in sorted(range(len(drafts)), key=lambda n: (sizes[n], n)):
        for token in drafts[number].content:
            over.setdefault(token.i, []).append(number)
    found: list[int | None] = []
    for number, draft in enumerate(drafts):
        anchor = draft.head.i if draft.head is not None else draft.content[0].i
        found.append(next((n for n in over.get(anchor, []) if sizes[n] > sizes[number] and n != number), None))
    return found


def _quoted(draft: Draft, ties: Ties) -> Quoted:
    if draft.direct:
        return "direct"
    cue = draft.head or draft.content[0]
    return "mixed" if any(ties.quotes.beside(t, cue) is not None for t in draft.content) else "indirect"


def _runs(tokens: list[Token]) -> list[list[Token]]:
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _spans(parsed: Parsed, draft: Draft, ties: Ties) -> tuple[Span, ...]:
    """Return the spans of a content; words of something else part two of them, and so does the end of a sentence."""
    if draft.direct and not draft.names:
        return tuple((run[0].start, run[-1].end) for run in _runs(draft.content))
    spans: list[Span] = []
    last: Token | None = None
    for run in _runs(draft.content):
        for part in _sentences(run, ties):
            words = _trim(part)
            if not words:
                continue
            between = parsed.tokens[last.i + 1 : words[0].i] if last is not None else []
            if (
                last is not None
                and last.sentence == words[0].sentence
                and not any(t.text[0].isalnum() for t in between)
            ):
                spans[-1] = (spans[-1][0], _closed(parsed, spans[-1][0], words[-1]))
            else:
                end = _closed(parsed, words[0].start, words[-1])
                spans.append((_opened(parsed, words[0], end), end))
            last = words[-1]
    return tuple(spans)


def _sentences(run: list[Token], ties: Ties) -> list[list[Token]]:
    """Cut a run at the ends of sentences that no quotation bridges."""
    parts = [run[:1]]
    for token in run[1:]:
        last = parts[-1][-1]
        if token.sentence != last.sentence and not set(ties.quotes.around(token)) & set(ties.quotes.around(last)):
            parts.append([token])
        else:
            parts[-1].append(token)
    return parts


def _trim(run: list[Token]) -> list[Token]:
    first, stop = 0, len(run)
    while stop > first and run[stop - 1].text in _OUTER:
        stop -= 1
    while first < stop and run[first].text in _OUTER:
        first += 1
    return run[first:stop]


def _closed(parsed: Parsed, start: int, last: Token) -> int:
    """Return the end of a span, with the closing mark or bracket that an opening one in it asks for."""
    if last.i + 1 == len(parsed.tokens):
        return last.end
    closing = parsed.tokens[last.i + 1]
    opening = _PAIRS.get(closing.text)
    words = parsed.text[start : last.end]
    if opening is None or closing.start != last.end:
        return last.end
    if opening == closing.text:
        return closing.end if words.count(opening) % 2 else last.end
    return closing.end if words.count(opening) > words.count(closing.text) else last.end


def _opened(parsed: Parsed, first: Token, end: int) -> int:
    """Return the start of a span, with the opening mark before it that a closing one in it asks for."""
    if not first.i:
        return first.start
    before = parsed.tokens[first.i - 1]
    closing = next((c for c, o in _PAIRS.items() if o == before.text and o != c), None)
    words = parsed.text[first.start : end]
    return before.start if closing and words.count(closing) > words.count(before.text) else first.start


def _mention(parsed: Parsed, words: list[Token], head: Token | None) -> Mention | None:
    if not words:
        return None
    words = sorted(words, key=lambda t: t.i)
    run = next((r for r in _runs(words) if head in r), words)
    span = (run[0].start, _closed(parsed, run[0].start, run[-1]))
    return Mention(span=span, text=parsed.words(span), head=(head or run[-1]).span)
