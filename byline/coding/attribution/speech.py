"""Which quotation is whose: quotations tied to cues, to a colon, or to the running speaker."""

from bisect import bisect_left

from byline.coding.attribution.dialogue import DASHES, NAME, TURN, speaking_head
from byline.coding.attribution.drafts import VERBS, Draft
from byline.coding.attribution.quotations import Quotation, find_quotations, is_speech
from byline.coding.attribution.speakers import phrase, subject_of
from byline.language.parsed import Parsed, Token

_STOPS = frozenset({",", "?", "!", ".", "-", "–", "—", ";"})
_LOOK = 30  # sentences looked through for the running speaker
_REACH = 3  # paragraphs over which a speaker goes on without being named again
_AFTER = 12  # tokens behind a quotation in which its cue stands


class Quotes:
    """The quotations of a document and the tokens in each."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.all = find_quotations(parsed)
        starts = [t.start for t in parsed.tokens]
        self.tokens: list[list[Token]] = []
        self._around: dict[int, list[int]] = {}
        for number, quotation in enumerate(self.all):
            inside = parsed.tokens[bisect_left(starts, quotation.inner[0]) : bisect_left(starts, quotation.inner[1])]
            self.tokens.append(inside)
            for token in inside:
                self._around.setdefault(token.i, []).append(number)

    def around(self, token: Token) -> list[int]:
        """Return the numbers of the quotations around a token, outermost first."""
        return self._around.get(token.i, [])

    def beside(self, token: Token, cue: Token) -> int | None:
        """Return the outermost quotation that holds the token and not the cue."""
        outside = self.around(cue)
        return next((q for q in self.around(token) if q not in outside), None)


class Ties:
    """Ties quotations to drafts, in text order."""

    def __init__(self, parsed: Parsed, drafts: list[Draft]) -> None:
        self.parsed, self.drafts, self.quotes = parsed, drafts, Quotes(parsed)
        self.owner: dict[int, Draft] = {}
        self._by_sentence: dict[int, list[Draft]] = {}
        for draft in drafts:
            if draft.head is not None:
                self._by_sentence.setdefault(draft.head.sentence, []).append(draft)

    def tie(self) -> list[Draft]:
        """Return the drafts with their quotations, and new ones for quotations without a cue."""
        for draft in self.drafts:
            self._stay_inside(draft)
            self._mend_source(draft)
            self._take_whole_quotations(draft)
        for number, quotation in enumerate(self.quotes.all):
            if number not in self.owner and self.quotes.tokens[number]:
                self._tie_one(number, quotation)
        return [d for d in self.drafts if d.content]

    def _stay_inside(self, draft: Draft) -> None:
        """Take what no quotation holds from a cue that is quoted itself: “Do they *think*?” asked the guard."""
        if draft.head is None or not self.quotes.around(draft.head):
            return
        draft.content = [t for t in draft.content if self.quotes.around(t)]
        draft.told = [t for t in draft.told if self.quotes.around(t)]

    def _mend_source(self, draft: Draft) -> None:
        """Take the object for the source where the parse made quoted words the subject: “Stop!” shouted the guard."""
        if draft.head is None or not draft.source or self.quotes.beside(draft.source[0], draft.head) is None:
            return
        thing = draft.head.child("dobj")
        draft.source = phrase(thing) if thing is not None and thing.i > draft.head.i else []
        draft.speaker = thing if draft.source else None

    def _take_whole_quotations(self, draft: Draft) -> None:
        """Widen a content that the parse cut inside a quotation; settle whether it is direct."""
        cue = draft.head
        if cue is None or not draft.content:
            return
        if draft.rule == TURN:  # it is whole as it stands, also where a mark before the speaker's name opens it
            self.owner.update((n, draft) for t in draft.content for n in self.quotes.around(t))
            return
        held = {t.i: self.quotes.beside(t, cue) for t in draft.content}
        numbers = sorted({n for n in held.values() if n is not None})
        if not numbers:
            return
        if draft.names:
            self._only_quoted_complement(draft, numbers)
            return
        loose = [t for t in draft.content if t.text[0].isalnum() and held[t.i] is None]
        if not draft.source and draft.quotable and self._are_source(loose, draft):
            draft.source, loose = _own_run(loose), []
            draft.speaker = speaking_head(draft.source) or draft.source[-1]
        draft.direct = draft.quotable and not loose
        known = {t.i: t for n in numbers for t in self.quotes.tokens[n]}
        if not draft.direct:
            known.update({t.i: t for t in draft.content})
        draft.content = sorted(known.values(), key=lambda t: t.i)
        if draft.told or draft.direct:
            draft.told = draft.content
        for number in numbers:
            if draft.direct or is_speech(self.quotes.tokens[number]):
                self.owner.setdefault(number, draft)

    def _are_source(self, loose: list[Token], draft: Draft) -> bool:
        """Say whether unquoted words between a quotation and its cue are the source that the parse missed."""
        return bool(loose) and loose[-1].i + 1 == draft.cue[0].i and loose[0].i > draft.content[0].i

    def _only_quoted_complement(self, draft: Draft, numbers: list[int]) -> None:
        """Keep of "declared the raid a “turning point” for his plan" what is quoted, and the article before it."""
        words = self.quotes.tokens[numbers[0]]
        before = self.parsed.tokens[words[0].i - 2] if words[0].i > 1 else words[0]
        article = [before] if before.tag == "DT" and before in draft.content else []
        draft.content = draft.told = [*article, *words]
        draft.direct = True
        self.owner.setdefault(numbers[0], draft)

    def _tie_one(self, number: int, quotation: Quotation) -> None:
        draft = self._cue_before(number) or self._cue_after(number)
        following = self.owner.get(number + 1) if quotation.runs_on else None
        if following is not None and following.rule != TURN:
            following.add(self.quotes.tokens[number])
            draft = following
        elif draft is not None:
            self._give(draft, number)
        else:
            draft = (
                self._misread_cue(number)
                or self._colon(number)
                or self._dash(number)
                or self._going_on(number, quotation)
            )
        if draft is not None:
            self.owner[number] = draft

    def _give(self, draft: Draft, number: int) -> None:
        """Give a quotation to a draft; with the words of the sentence before it where it is part of that sentence."""
        words = self.quotes.tokens[number]
        if draft.direct:
            draft.add(words)
            return
        before = [
            t for t in self.parsed.sentences[words[0].sentence].tokens if t.i < words[0].i and t.text[0].isalnum()
        ]
        lead = before if draft.head is not None and draft.head.i > words[0].i and not is_speech(words) else []
        draft.content = draft.told = [*lead, *words]
        draft.direct = not lead

    def _token(self, i: int) -> Token | None:
        return self.parsed.tokens[i] if 0 <= i < len(self.parsed.tokens) else None

    def _edges(self, number: int) -> tuple[Token | None, Token | None]:
        """Return the tokens before the opening and behind the closing mark."""
        first, last = self.quotes.tokens[number][0], self.quotes.tokens[number][-1]
        before, after = self._token(first.i - 1), self._token(last.i + 1)
        span = self.quotes.all[number].span
        while before is not None and before.start >= span[0]:
            before = self._token(before.i - 1)
        while after is not None and after.start < span[1]:
            after = self._token(after.i + 1)
        same = self._paragraph(first)
        return (
            before if before is not None and (before.text == ":" or self._paragraph(before) == same) else None,
            after if after is not None and self._paragraph(after) == same else None,
        )

    def _paragraph(self, token: Token) -> int:
        return self.parsed.sentences[token.sentence].paragraph

    def _free(self, draft: Draft, number: int) -> bool:
        """Say whether a draft can take this quotation: it has no content yet, or an object only."""
        inside = self.quotes.around(self.quotes.tokens[number][0])
        level = self.quotes.around(draft.head) if draft.head is not None else []
        return draft.quotable and inside[: inside.index(number)] == level

    def _cue_before(self, number: int) -> Draft | None:
        before, _ = self._edges(number)
        if before is None:
            return None
        colon = before.text == ":"
        for draft in reversed(self._by_sentence.get(before.sentence, [])):
            if draft.head is None or draft.head.i > before.i or not self._free(draft, number):
                continue
            near = colon or before.text in {",", "that"} or before.i - draft.head.i <= 1
            if near and (not draft.content or draft.direct or (colon and draft.rule.endswith(": object"))):
                return draft
            break
        return None

    def _cue_after(self, number: int) -> Draft | None:
        _, after = self._edges(number)
        if after is None:
            return None
        for draft in self._by_sentence.get(after.sentence, []):
            if draft.head is None or draft.head.i < after.i or not self._free(draft, number):
                continue
            if draft.content and not draft.direct:
                continue
            first = min((t.i for t in [*draft.cue, *draft.source]), default=-1)
            if after.i <= first <= after.i + 1:
                return draft
        return None

    def _misread_cue(self, number: int) -> Draft | None:
        """Return a draft for a cue behind the quotation that the tagger took for a noun: “...,” the letter states."""
        _, after = self._edges(number)
        if after is None or self.quotes.tokens[number][-1].text == ".":
            return None
        clause = []
        for token in self.parsed.tokens[after.i : after.i + _AFTER]:
            if token.sentence != after.sentence or token.text in _STOPS:
                break
            clause.append(token)
        *name, cue = clause or [after]
        if not name or cue.tag != "NNS" or "quote" not in VERBS.get(cue.lemma, {}):
            return None
        return self._new(name, name[-1], [cue], number, f"verb {cue.lemma}: quote")

    def _colon(self, number: int) -> Draft | None:
        """Return a draft for a quotation behind a name and a colon."""
        before, _ = self._edges(number)
        if before is None or before.text != ":" or self._is_cue(before):
            return None
        words = list(self.parsed.sentences[before.sentence].tokens)
        name = [t for t in words if t.i < before.i]
        head = speaking_head(name, names=True)
        return self._new(name, head, [before], number, "colon") if head is not None else None

    def _is_cue(self, token: Token) -> bool:
        return any(d.head is token for d in self._by_sentence.get(token.sentence, []))

    def _dash(self, number: int) -> Draft | None:
        """Return a draft for a quotation signed behind a dash: “...” — Mira Sand."""
        last = self.quotes.tokens[number][-1]
        words = self.parsed.tokens[last.i + 1 : last.i + 1 + _AFTER]
        dash = next((t for t in words[:3] if t.text[-1] in DASHES and t.end > self.quotes.all[number].span[1]), None)
        if dash is None:
            return None
        name = [t for t in words if t.i > dash.i and self._paragraph(t) == self._paragraph(dash)]
        if not name or len(name) > NAME or name[-1].text in {".", "!", "?"}:
            return None
        head = speaking_head(name, names=True)
        return self._new(name, head, [dash], number, "dash") if head is not None else None

    def _going_on(self, number: int, quotation: Quotation) -> Draft | None:
        """Return the draft that a quotation without a cue belongs to, or a new one for the running speaker."""
        if quotation.depth:
            return None
        words = self.quotes.tokens[number]
        earlier = self.owner.get(self._previous(number), None) if number else None
        if quotation.goes_on and earlier is not None:
            return self._append(earlier, words)
        if not is_speech(words) or not self._begins_sentence(number):
            return None
        running = self._running(words[0])
        if running is not None and running.cue and self._paragraph(running.cue[0]) == self._paragraph(words[0]):
            return self._append(running, words)
        if running is not None:
            draft = self._new(running.source, running.speaker, [], number, "running speaker")
            draft.via = running.via
            return draft
        return self._new([], None, [], number, "quotation alone")

    def _previous(self, number: int) -> int:
        return next((n for n in range(number - 1, -1, -1) if not self.quotes.all[n].depth), -1)

    def _begins_sentence(self, number: int) -> bool:
        before, _ = self._edges(number)
        return (
            before is None
            or before.text in {".", "!", "?", ":", "…"}
            or before.sentence != self.quotes.tokens[number][0].sentence
        )

    def _append(self, draft: Draft, words: list[Token]) -> Draft:
        draft.add(words)
        return draft

    def _running(self, word: Token) -> Draft | None:
        """Return the latest draft before a word whose source may be the one who goes on speaking."""
        here = self._paragraph(word)
        for sentence in range(word.sentence, max(-1, word.sentence - _LOOK), -1):
            if here - self.parsed.sentences[sentence].paragraph > _REACH:
                break
            same = self.parsed.sentences[sentence].paragraph == here
            for draft in reversed(self._by_sentence.get(sentence, [])):
                before = draft.head is not None and draft.head.i < word.i
                if before and draft.quotable and draft.content and draft.source and (draft.direct or same):
                    return draft
            if same and sentence < word.sentence:
                new = self._subject_before(self.parsed.sentences[sentence].root)
                if new is not None:
                    return new
        return None

    def _subject_before(self, root: Token) -> Draft | None:
        """Return a stand-in for the person whom the sentence before is about: Keld was angry. “It is over.”."""
        subject = subject_of(root) if root.is_verb else None
        if (
            subject is None
            or not (subject.entity == "PERSON" or subject.pos == "PROPN" or subject.lower in {"he", "she"})
            or self.quotes.around(subject)
        ):
            return None
        return Draft([], phrase(subject), subject, [], [], "running speaker")

    def _new(self, source: list[Token], speaker: Token | None, cue: list[Token], number: int, rule: str) -> Draft:
        words = list(self.quotes.tokens[number])
        draft = Draft(
            cue, source, speaker, words, words, rule, quotable=True, head=cue[0] if cue else None, direct=True
        )
        self.drafts.append(draft)
        if cue:
            self._by_sentence.setdefault(cue[0].sentence, []).append(draft)
        return draft


def _own_run(tokens: list[Token]) -> list[Token]:
    """Return the last tokens that stand side by side."""
    start = len(tokens) - 1
    while start and tokens[start - 1].i + 1 == tokens[start].i:
        start -= 1
    return tokens[start:]
