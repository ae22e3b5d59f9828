"""Byline as a component of a spaCy pipeline: `nlp.add_pipe("byline")`, then `doc._.events` and `doc._.claims`.

It takes the parse that the pipeline has made. What it finds is kept in `doc.user_data`, as one line of JSON, so that it
goes wherever a Doc goes: to bytes, to a DocBin, to another process.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.lang.en import English
from spacy.language import Language
from spacy.pipeline import Lemmatizer, Pipe
from spacy.tokens import Doc, Span

from byline.coding.coder import Knowledge, code
from byline.coding.ontology import DEFAULT, read_ontology
from byline.errors import DocumentError, PipelineError, mistake
from byline.ingest import Facts, from_text, interval_of
from byline.language.adopting import adopted
from byline.language.lemmas import Lemmas
from byline.lookup import Index
from byline.records import Attribution, CodedDocument, Mention, Status
from byline.records import Event as EventRecord
from byline.records import Span as Offsets
from byline.run.plugging import finders, gazetteer, with_findings

KEY = "byline"  # in `doc.user_data` and, for the triggers of events, in `doc.spans`
_NEEDED: Mapping[str, Callable[[Doc], bool]] = {  # who usually makes an annotation, and whether a Doc has it
    "tagger": lambda doc: doc.has_annotation("TAG", require_complete=True),  # the attribute ruler makes some
    "parser": lambda doc: doc.has_annotation("DEP"),
    "ner": lambda doc: doc.has_annotation("ENT_IOB"),
}
_LACKS = (
    "The pipeline lacks: {}. Byline needs tags, a tree, names and the tables of a lemmatizer: add what is missing "
    "before {!r}, or take a pipeline that has all, as spacy.load('en_core_web_sm')."
)
_LABELS = frozenset({"dobj", "pobj", "prep"})  # of spaCy's English parsers


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """Who says what, as spans of the Doc; `record` has all of it."""

    doc: Doc
    record: Attribution

    def __repr__(self) -> str:
        return f"<{self.source or 'an unnamed source'}: {self.stance} {list(self.content)}>"

    @property
    def source(self) -> Span | None:
        return _span(self.doc, self.record.source)

    @property
    def cue(self) -> Span | None:
        return _span(self.doc, self.record.cue)

    @property
    def content(self) -> tuple[Span, ...]:
        """What is said: a passage, or several if it is interrupted."""
        return tuple(_at(self.doc, span) for span in self.record.content)

    @property
    def stance(self) -> str:
        return self.record.stance


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """An event as spans of the Doc; `record` has all of it, `voices` are those who tell it, the innermost first."""

    doc: Doc
    record: EventRecord
    claims: tuple[Claim, ...]
    voices: tuple[str, ...]
    places: tuple[Span, ...]

    def __repr__(self) -> str:
        return f"<{self.type} {self.status}: {self.trigger}>"

    @property
    def type(self) -> str:
        return self.record.type

    @property
    def status(self) -> Status:
        return self.record.status

    @property
    def happened(self) -> bool:
        return self.record.happened

    @property
    def trigger(self) -> Span:
        """The words that tell of it, labelled with its type."""
        return _at(self.doc, self.record.trigger.span, self.type)

    @property
    def actors(self) -> tuple[Span, ...]:
        return tuple(_at(self.doc, mention.span) for mention in self.record.actors)

    @property
    def recipients(self) -> tuple[Span, ...]:
        return tuple(_at(self.doc, mention.span) for mention in self.record.recipients)

    @property
    def evidence(self) -> Span:
        """Its sentence."""
        return _at(self.doc, self.record.evidence)


@Language.factory(
    "byline",
    assigns=["doc._.events", "doc._.claims", "doc._.coded", "doc.spans"],
    requires=["token.tag", "token.dep", "token.is_sent_start", "doc.ents"],
    default_config={"ontology": DEFAULT},
)
class Byline(Pipe):
    """Codes each Doc. `ontology` is a name or a path, as for `byline code --ontology`."""

    def __init__(self, nlp: Language, name: str, ontology: str) -> None:
        """Raise PipelineError if the pipeline is not English, OntologyError if the ontology is none."""
        if nlp.lang != "en":
            raise PipelineError(f"Byline reads English, and this pipeline is of {nlp.lang!r}. Take an English one.")
        self.nlp, self.name, self._ontology = nlp, name, ontology
        self._knowledge = Knowledge(read_ontology(ontology), gazetteer())
        self._finders = finders()
        self._lemmas: Lemmas | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc coded; DocumentError if it cannot be, PipelineError if a component before this one is missing.

        When it appeared, and where, is taken from `doc._.published` and `doc._.publication`; else from a context that
        is a dictionary with such keys, as `nlp.pipe(..., as_tuples=True)` hands it on.
        """
        self._take_context(doc)
        if any(c.isalnum() for c in doc.text):
            coded = self._coded(doc)
            doc.user_data[KEY] = coded.to_json().decode()
            doc.spans[KEY] = [event.trigger for event in doc._.events]
        return doc

    def _take_context(self, doc: Doc) -> None:
        context = getattr(doc, "_context", None)
        for name in ("published", "publication"):
            if isinstance(context, dict) and doc._.get(name) is None:
                doc._.set(name, context.get(name))

    def _coded(self, doc: Doc) -> CodedDocument:
        if missing := [part for part, is_there in _NEEDED.items() if not is_there(doc)]:
            raise PipelineError(_LACKS.format(", ".join(missing), self.name))
        published = interval_of(str(doc._.published)) if doc._.published else None
        document = from_text(doc.text, facts=Facts(published=published, publication=doc._.publication))
        parsed = adopted(doc, document, self._with_lemmas())
        try:
            return with_findings(parsed, code(parsed, self._knowledge), self._finders)
        except (MemoryError, DocumentError):
            raise
        except Exception as error:
            raise DocumentError(mistake(error, "text"), kind="internal") from error

    def __reduce__(self) -> tuple[Callable[..., "Byline"], tuple[str, str, Lemmas]]:
        """Return what makes the component again in another process: `nlp.pipe(n_process=2)` sends it there."""
        return self._restored, (self.name, self._ontology, self._with_lemmas())

    @classmethod
    def _restored(cls, name: str, ontology: str, lemmas: Lemmas) -> "Byline":
        component = cls(English(), name, ontology)
        component._lemmas = lemmas
        return component

    def _with_lemmas(self) -> Lemmas:
        if self._lemmas is None:
            self._lemmas = Lemmas(self._lemmatizer())
        return self._lemmas

    def _lemmatizer(self) -> Lemmatizer:
        """Return the pipeline's lemmatizer; PipelineError if it has none, or a parser with labels of another kind."""
        if "parser" in self.nlp.pipe_names and not _LABELS.issubset(self.nlp.pipe_labels["parser"]):
            raise PipelineError(
                "The pipeline's parser has other labels than spaCy's English pipelines have (dobj, pobj, prep ...). "
                "Take one of these, as spacy.load('en_core_web_sm')."
            )
        found = next((p for _, p in self.nlp.components if isinstance(p, Lemmatizer) and p.mode == "rule"), None)
        if found is None:
            raise PipelineError(_LACKS.format("lemmatizer (rule-based)", self.name))
        return found


@lru_cache(maxsize=64)
def _read(line: str) -> CodedDocument:
    return CodedDocument.from_json(line)


def _coded(doc: Doc) -> CodedDocument | None:
    """Return the Doc's record; None if it has not been through the component, or is a part of one that has."""
    line = doc.user_data.get(KEY)
    coded = _read(line) if line else None
    return coded if coded is not None and coded.text == doc.text else None


def _events(doc: Doc) -> tuple[Event, ...]:
    return tuple(_all_events(doc))


def _all_events(doc: Doc) -> Iterator[Event]:
    coded = _coded(doc)
    if coded is None:
        return
    index = Index(coded)
    for event in coded.events:
        claims = tuple(Claim(doc, index.attributions[i]) for i in event.attributions)
        places = tuple(_at(doc, coded.toponyms[i].span) for i in event.toponyms)
        yield Event(doc, event, claims, tuple(index.voices(event)), places)


def _claims(doc: Doc) -> tuple[Claim, ...]:
    coded = _coded(doc)
    return tuple(Claim(doc, said) for said in coded.attributions) if coded else ()


def _span(doc: Doc, mention: Mention | None) -> Span | None:
    return _at(doc, mention.span) if mention else None


def _at(doc: Doc, offsets: Offsets, label: str = "") -> Span:
    """Return the tokens that hold some characters."""
    span = doc.char_span(*offsets, label=label, alignment_mode="expand")
    assert span is not None
    return span


def _extend() -> None:
    """Give each Doc what the component reads and finds; ValueError if another package has taken a name."""
    getters: dict[str, Callable[[Doc], object]] = {"events": _events, "claims": _claims, "coded": _coded}
    for name, getter in getters.items():
        Doc.set_extension(name, getter=getter)
    for name in ("published", "publication"):
        Doc.set_extension(name, default=None)


_extend()
