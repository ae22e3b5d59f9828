"""What a question is about: a sentence of a document, with what stands around it and the events found in it."""

from typing import Literal, NamedTuple

from byline import knowledge
from byline.records import CodedDocument, Event, Span

Task = Literal["check", "add"]
_LIMITS = knowledge.load("second_opinion.toml")["limits"]


class Subject(NamedTuple):
    """A sentence, and the events that stand in it, each with its uid.

    `sent` is the document as it may leave the machine: with what is withheld covered, all else, and offsets, the same.
    """

    task: Task
    document: CodedDocument
    sent: CodedDocument
    sentence: Span
    events: tuple[tuple[str, Event], ...]

    @property
    def shown(self) -> Span:
        """The sentence with what stands around it in its paragraph, as far as it is sent: whole words."""
        text, (start, end) = self.sent.text, self.sentence
        first, last = next((p for p in self.sent.body if p[0] <= start and end <= p[1]), self.sentence)
        before, after = max(first, start - _LIMITS["before"]), min(last, end + _LIMITS["after"])
        if before > first:
            before = start - len(text[before:start].partition(" ")[2])
        if after < last:
            after = end + len(text[end:after].rpartition(" ")[0])
        return before, after


def is_worth_asking(text: str, sentence: Span) -> bool:
    """Whether a sentence has words enough to tell of something."""
    return len(text[slice(*sentence)].split()) >= int(_LIMITS["shortest"])
