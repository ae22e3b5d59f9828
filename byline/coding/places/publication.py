"""Where a publication is at home, as far as its name or web host says: weak evidence for the places that it names."""

from collections.abc import Iterator

from byline import knowledge
from byline.coding.places.gazetteer import Candidate, Gazetteer
from byline.coding.places.spelling import plain
from byline.records import Document

_WORDS = knowledge.load("places/publication.toml")
_PAPERS: list[str] = sorted(_WORDS["papers"], key=len, reverse=True)
_HOSTS, _NOBODYS, _TOLD = (frozenset(_WORDS[k]) for k in ("hosts", "nobodys", "told"))
_COUNTRIES = knowledge.load("countries.toml")["countries"]
_BY_DOMAIN = {c["alpha2"].lower(): code for code, c in _COUNTRIES.items()}
_BY_DOMAIN |= {"uk": "GBR", "edu": "USA", "gov": "USA", "mil": "USA"}
_LONGEST = 60
_MOST_LABELS = 6
_SHORTEST = 4


def home_of(document: Document, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the places that the publication may be named after: "springfieldherald.example", "The Leeds Courier".

    Empty where its name names none.
    """
    for name in _names(document):
        for words in _without_paper_words(name):
            found = gazetteer.find(words.title())
            same = tuple(c for c in found if plain(c.place.name).replace(" ", "") == words.replace(" ", ""))
            if same and words not in _PAPERS:
                return same
    return ()


def country_of(document: Document) -> dict[str, int]:
    """Return the country (alpha-3) of the publication's web domain with its weight, in mentions of the country.

    A domain that belongs to no country ("com") speaks a little for the country where most of its papers are.
    """
    domains = [d for host in _hosts(document) if (d := host.rsplit(".", 1)[-1]) not in _NOBODYS]
    code = next((_BY_DOMAIN[d] for d in domains if d in _BY_DOMAIN), None)
    if code is not None:
        return {code: 2}
    return {"USA": 1} if domains else {}


def is_told(document: Document, before: str, word: str) -> bool:
    """Whether a capitalised word begins the outlet's name, and the word before it says that the outlet was told."""
    name = (document.publication or "").removeprefix("The ")
    return before.lower() in _TOLD and name.startswith(f"{word} ")


def _hosts(document: Document) -> Iterator[str]:
    for address in (document.publication, document.url):
        host = (address or "").split("//")[-1].split("/")[0].lower()
        if "." in host and " " not in host:
            yield host


def _names(document: Document) -> Iterator[str]:
    """Yield the publication's name in small letters, or the labels of its host, last first."""
    if document.publication and "." not in document.publication.strip("."):
        yield plain(document.publication)
    for host in _hosts(document):
        for label in reversed(host.split(".")[-_MOST_LABELS:-1]):
            if label not in _HOSTS:
                yield plain(label)


def _without_paper_words(name: str) -> Iterator[str]:
    """Yield what may be a place in a publication's name, the whole first, shorter by a newspaper's word each time."""
    words = name[:_LONGEST].strip()
    while len(words) >= _SHORTEST:
        yield words
        shorter = _cut(words)
        if shorter == words:
            return
        words = shorter


def _cut(words: str) -> str:
    for paper in _PAPERS:
        if words.endswith(paper):
            return words.removesuffix(paper).strip()
        if words.startswith(paper):
            return words.removeprefix(paper).strip()
    return words
