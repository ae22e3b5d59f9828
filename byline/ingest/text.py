"""A text and what is known of it to a Document: the words frozen, the story told from the rest."""

from hashlib import blake2b

from byline.errors import DocumentError
from byline.ingest import metadata
from byline.ingest.dateline import find_dateline
from byline.ingest.facts import Facts
from byline.ingest.furniture import Paragraph, classify, folded
from byline.ingest.paragraphs import paragraphs, trimmed
from byline.records import Document, Span

LONGEST = 1_000_000  # characters: a book of 170,000 words; a parse takes about 1 GB a million


def from_text(text: str, *, source: str = "-", facts: Facts = Facts()) -> Document:  # noqa: B008 -- Facts is frozen
    """Return a text as a Document; `text` stays exactly as it is, so offsets point into what the user has.

    DocumentError if the text is empty, too long, or holds lone surrogates.
    """
    data = _checked(text)
    found = classify(text, paragraphs(text))
    title = metadata.find_title(text, found)
    found = _without_title(text, found, title)
    stories = [p.story for p in found if p.story]
    datelines = [find_dateline(text, span) for span in stories]
    body = (trimmed(text, d.span[1] if d else s[0], s[1]) for s, d in zip(stories, datelines, strict=True))
    told = [m for p in found for m in p.told]
    words, site = _title_words(text, found, title)
    return Document(
        id=facts.id or blake2b(data, digest_size=8).hexdigest(),
        source=source,
        text=text,
        title=facts.title or words,
        authors=facts.authors or metadata.authors(found),
        publication=facts.publication or metadata.publication(told) or site,
        issue=metadata.issue(told),
        url=facts.url,
        language=facts.language,
        retrieved=facts.retrieved,
        published=metadata.published(facts, told, next((d for d in datelines if d and d.published), None)),
        body=tuple(span for span in body if span[0] < span[1]),
    )


def _checked(text: str) -> bytes:
    if not text.strip():
        raise DocumentError("The document is empty. Check that the file holds the article's text.")
    if len(text) > LONGEST:
        raise DocumentError(
            f"The text has {len(text):,} characters; one document may have {LONGEST:,}. Split it into one file an article."
        )
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(f"The text holds half a character (a lone surrogate) at {error.start}. Decode it anew.") from error


def _title_words(text: str, found: list[Paragraph], title: Span | None) -> tuple[str | None, str | None]:
    if not title:
        return None, None
    others = (text[slice(*p.span)] for p in found if p.span != title)
    words, site = metadata.without_site(text[slice(*title)], others)
    return " ".join(words.split()), site


def _without_title(text: str, found: list[Paragraph], title: Span | None) -> list[Paragraph]:
    """Take the title out of the story, wherever the page repeats it."""
    if not title:
        return found
    words = folded(text[slice(*title)])
    return [
        p._replace(kind="title", story=None) if title in (p.span, p.story) or folded(text[slice(*p.span)]) == words else p
        for p in found
    ]
