"""Lemmas and parts of speech as coding wants them: of a word and its Penn Treebank tag, looked up once a word form."""

from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from byline import knowledge
from byline.language.parsed import Token
from byline.records import Span

STRAIGHT = str.maketrans("’‘", "''")  # models read the owner in "Iraq's" only with a straight apostrophe
_MOST = 20_000
_POS: dict[str, str] = knowledge.load("tags.toml")["pos"]
_BASE = frozenset({"VB", "VBP", "NN", "JJ", "RB"})  # tags of forms that are their own lemma
_SPOKEN = {("gon", "VBG"): "go", ("na", "TO"): "to", ("wan", "VBP"): "want", ("wanna", "VBP"): "want"}  # "gonna" is two
_SHORT = {"am": "be", "are": "be", "'m": "be", "'re": "be", "'ve": "have"}


class Lemmas:
    """Makes tokens of words, tags and labels; lemmas come from the tables of a pipeline's rule-based lemmatizer."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self._lemmatizer = lemmatizer
        self._nouns = frozenset(lemmatizer.lookups.get_table("lemma_index").get("noun", ()))
        self._known: dict[tuple[str, str], str] = {}

    def token(self, i: int, text: str, span: Span, tag: str, dep: str) -> Token:
        """Return a token that is its own head, with its lemma and part of speech."""
        pos = _POS.get(tag, "PUNCT" if not text[0].isalnum() else "X")
        lemma = self._known.get((text, tag))
        if lemma is None:
            lemma = self._lemma(text, tag, pos)
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[text, tag] = lemma
        if pos == "VERB" and (dep in {"aux", "auxpass"} or lemma == "be"):
            pos = "AUX"
        elif pos == "ADP" and dep == "mark":
            pos = "SCONJ"
        return Token(i, text, span, lemma=lemma, tag=tag, pos=pos, dep=dep)

    def _lemma(self, text: str, tag: str, pos: str) -> str:
        """Look a lemma up as the pipeline would; a proper noun is a noun if its singular is in the dictionary."""
        lower = text.lower()
        if (lower, tag) in _SPOKEN:
            return _SPOKEN[lower, tag]
        if pos not in {"NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV"}:
            return lower
        if tag in _BASE:
            return _SHORT.get(lower.translate(STRAIGHT), lower)
        part = "NOUN" if pos == "PROPN" else pos
        forms = self._lemmatizer.rule_lemmatize(Doc(self._lemmatizer.vocab, words=[lower], pos=[part])[0])
        # Of "hop" and "hope" for "hoped" the dictionary gives the first; a short stem would have doubled its consonant.
        lemma = str(forms[1] if forms[1:] == [f"{forms[0]}e"] else forms[0]).lower()
        is_name = pos == "PROPN" and tag == "NNP" and (lemma not in self._nouns or text.isupper())
        return lower if is_name else lemma
