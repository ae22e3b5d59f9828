"""A text and what is known of it to a Document: the words frozen, the story told from the rest."""

from collections.abc import Sequence
from hashlib import blake2b

from byline.errors import DocumentError
from byline.ingest import metadata
from byline.ingest.dateline import Dateline, find_dateline
from byline.ingest.facts import Facts
from byline.ingest.furniture import Paragraph, classify, folded
from byline.ingest.paragraphs import paragraphs, trimmed
from byline.ingest.published import appearance
from byline.records import Document, Span

LONGEST = 1_000_000  # characters: a book of 170,000 words, and as much as spaCy parses in one go


def from_text(text: str, *, source: str = "-", facts: Facts = Facts()) -> Document:  # noqa: B008 -- Facts is frozen
    """Return a text as a Document; `text` stays exactly as it is, so offsets point into what the user has.

    DocumentError if the text is empty, too long, or holds lone surrogates.
    """
    check(text)
    found = classify(text, paragraphs(text))
    title = metadata.find_title(text, found)
    if not title:
        return document(text, found, source=source, facts=facts)
    words, site = metadata.without_site(text[slice(*title)], (text[slice(*p.words)] for p in found if p.words != title))
    read = Facts(title=" ".join(words.split()), publication=site)
    return document(text, without_title(text, found, title), source=source, facts=facts, read=read)


def check(text: str) -> None:
    """Raise DocumentError unless the text has words, not too many of them, and is well-formed."""
    if not any(c.isalnum() for c in text):
        raise DocumentError("The document is empty. Check that the file holds the article's text.")
    if len(text) > LONGEST:
        raise DocumentError(
            f"The text has {len(text):,} characters, over {LONGEST:,}. Split it into one file an article."
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"The text holds a lone surrogate at {error.start}. Decode it from its bytes anew."
        ) from error


def without_title(text: str, found: Sequence[Paragraph], title: Span) -> list[Paragraph]:
    """Take the title out of the story, wherever the page repeats it."""
    words = folded(text[slice(*title)])
    return [
        p._replace(kind="title") if title == p.words or folded(text[slice(*p.words)]) == words else p for p in found
    ]


def document(
    text: str,
    found: Sequence[Paragraph],
    *,
    source: str,
    facts: Facts,
    read: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    marked: bool = False,
) -> Document:
    """Return the Document of a text whose paragraphs are told apart.

    `facts` are given and win over all; `read`, from markup, wins over what the words tell. `marked`: markup tells the
    headings, and those inside of the story belong to the body.
    """
    body = _inside(found) if marked else [p for p in found if p.is_story]
    datelines = [find_dateline(text, p.words) if p.is_story else None for p in body]
    parts = (part for p, d in zip(body, datelines, strict=True) for part in _parts(text, p.words, d))
    told, (above, below) = [m for p in found for m in p.told], metadata.told_near(found)
    known, near = facts.over(read), [*above, *below]
    appeared = appearance(text, given=facts, read=read, told=(above, below), datelines=datelines)
    return Document(
        id=facts.id or "d" + blake2b(text.encode(), digest_size=8).hexdigest(),  # no table reads it as a number
        source=source,
        text=text,
        title=known.title,
        authors=known.authors or metadata.authors(near),
        publication=facts.publication or metadata.publication(told) or read.publication,
        issue=metadata.issue(near),
        url=known.url,
        language=known.language,
        retrieved=known.retrieved,
        published=appeared.published,
        dates=appeared.dates,
        body=tuple(span for span in parts if span[0] < span[1]),
        headings=tuple(p.span for p in found if p.kind == "heading"),
        captions=tuple(p.span for p in found if p.kind == "caption"),
    )


def _inside(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the story, and the headings that stand between its paragraphs."""
    stories = [i for i, p in enumerate(found) if p.is_story]
    between = range(stories[0], stories[-1] + 1) if stories else ()
    return [found[i] for i in between if found[i].is_story or found[i].kind == "heading"]


def _parts(text: str, story: Span, dateline: Dateline | None) -> tuple[Span, ...]:
    """Return what a paragraph gives to the body: the place of its dateline, if it has one, and its story."""
    if dateline is None:
        return (trimmed(text, *story),)
    return (dateline.place, trimmed(text, dateline.span[1], story[1]))
