"""Finds ships that ran aground: "the ferry ran aground"."""

from collections.abc import Iterator

from byline.plugins import CodedDocument, Event, Mention, Parsed, Token


def find(parsed: Parsed, coded: CodedDocument) -> Iterator[Event]:
    verbs = [t for t in parsed.tokens if t.lemma == "run" and any(c.lower == "aground" for c in t.children)]
    for number, verb in enumerate(verbs, len(coded.events) + 1):
        aground = next(c for c in verb.children if c.lower == "aground")
        span = (verb.start, aground.end)
        ships = tuple(_mention(parsed, ship) for ship in verb.all("nsubj"))
        yield Event(
            id=f"e{number}",
            type="GROUNDING",
            trigger=Mention(span=span, text=parsed.words(span), head=verb.span),
            status="actual",
            actors=ships,
            recipients=(),
            toponyms=(),
            time=None,
            counts=(),
            attributions=(),
            evidence=parsed.sentence_of(verb).span,
            confidence=0.9,
            rules=("harbours: run aground",),
        )


def _mention(parsed: Parsed, head: Token) -> Mention:
    words = head.subtree()
    span = (words[0].start, words[-1].end)
    return Mention(span=span, text=parsed.words(span), head=head.span)
