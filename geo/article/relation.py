"""How a place belongs to the footage: what the sentence's grammar makes of each name.

From a name the way leads up the dependency tree to the first word that decides: a verb of
filming, showing, publishing or telling, or a noun for footage. Where none decides, the place
is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.article.mention import Name, Said
from geo.article.words import footage_words
from geo.entry import Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_CLAUSES = ("acl", "relcl", "advcl")
_GENERIC = ("few", "many", "most", "no", "any", "such", "rare", "little")
_STANDS_FOR = ("it", "they", "them", "this", "that", "which", "these", "those", "another", "one",
               "others", "some", "each", "section", "other", "both", "first", "second")  # fmt: skip
_DEEPEST = 40


def speaks_of_footage(doc: Doc) -> bool:
    """Whether the text speaks of footage at all; without it every place is only mentioned."""
    filmed = footage_words().film
    return any(
        is_footage(token) or (token.lemma_ in filmed and _tells_filming(token, token.lemma_))
        for token in doc
        if token.pos_ in ("NOUN", "PROPN", "VERB")
    )


def is_footage(token: Token) -> bool:
    """Whether the word is a noun for footage."""
    return token.lemma_.lower() in footage_words().footage and token.pos_ in ("NOUN", "PROPN")


def said(doc: Doc, names: Sequence[Name]) -> list[Said]:
    """Return the relation of each name of the text, in their order."""
    if not speaks_of_footage(doc):
        return [Said() for _ in names]
    roots = [_root(doc, name) for name in names]
    taken = {root.i for root in roots if root is not None}
    return [Said() if root is None else _Way(root, taken).end() for root in roots]


def _root(doc: Doc, name: Name) -> Token | None:
    span = doc.char_span(name.start, name.end, alignment_mode="expand")
    return None if span is None else span.root


@dataclass
class _Way:
    """The way from a name up the tree, and what it has met."""

    root: Token
    places: set[int]
    """The tokens of all the text's names."""
    joined: bool = False
    """Whether another place stands before it in one list: "in A and B"."""
    either: bool = False
    example: bool = False
    whole: bool = False
    clause: bool = False
    """Whether it stands in a clause of its own: "by a man who lives in X"."""

    def end(self) -> Said:
        """Return what the first deciding word makes of the name."""
        if _is_based(self.root):
            return Said()
        came, token = self.root, self.root
        for _ in range(_DEEPEST):
            relation = self._at(token, came)
            if relation is not None:
                return self._said(relation)
            if token.head is token:
                break
            came, token = token, token.head
        return self._said(Relation.FILMED_AT if in_scene(token.sent) else Relation.MENTIONED)

    def _said(self, relation: Relation) -> Said:
        if relation is not Relation.FILMED_AT:
            return Said(relation)
        if self.example:
            return Said(Relation.ONE_OF, complete=False, whole=self.whole)
        if self.either:
            return Said(Relation.ONE_OF, whole=self.whole)
        relation = Relation.ALSO_AT if self.joined else Relation.FILMED_AT
        return Said(relation, whole=self.whole)

    def _at(self, token: Token, came: Token) -> Relation | None:
        """Return what this word decides, or None to go on."""
        self._note_list(token)
        if self._only_spoken_of(token, came):
            return Relation.MENTIONED
        if _is_release(token) or (is_footage(token) and _is_release(token.head.head)):
            return Relation.RELEASED_AT if came.dep_ == "prep" else None
        if (is_footage(token) or _is_shot(token)) and came.dep_ == "prep":
            self.whole = True
            generic = any(child.lower_ in _GENERIC for child in token.children)
            return Relation.MENTIONED if generic else Relation.FILMED_AT
        if token.pos_ in ("VERB", "AUX") and token.dep_ != "prep" and token is not self.root:
            return self._event(token, came)
        return None

    def _only_spoken_of(self, token: Token, came: Token) -> bool:
        """Whether the name acts, owns, is what something is about, or lies beside another."""
        if token is not self.root and self._is_beside(token):
            return True
        if token.dep_ == "poss" or (token is self.root and token.dep_ in _SUBJECTS):
            return True
        if token.lower_ == "according":
            return True
        about = token.dep_ == "prep" and token.lower_ in footage_words().not_by
        return about and (came is self.root or token.lower_ not in ("for", "as", "with"))

    def _event(self, verb: Token, came: Token) -> Relation | None:
        self.whole = _tells_filming(verb, verb.lemma_.lower())
        relation = event(verb, came)
        apart = self.clause and relation is Relation.RELEASED_AT
        self.clause |= verb.dep_ == "relcl"
        return Relation.MENTIONED if apart else relation

    def _note_list(self, token: Token) -> None:
        self.example |= _gives_examples(token)
        if token.pos_ in ("VERB", "AUX"):
            return
        if token.pos_ in ("NOUN", "PROPN"):
            self.either |= any(c.dep_ == "cc" and c.lower_ == "or" for c in token.children)
        if token.dep_ == "conj":
            self.either |= any(c.dep_ == "cc" and c.lower_ == "or" for c in token.head.children)
            self.joined |= any(
                t.i in self.places and t.i < self.root.i for t in _before(token.head, token)
            )

    def _is_beside(self, token: Token) -> bool:
        """Whether the way comes out of a remark on another place: "Hyesan, a city near Y"."""
        if token.dep_ != "appos" and not (token.dep_ in _CLAUSES and token.head.i in self.places):
            return False
        return token.head.i in self.places and token.head is not self.root


def _before(head: Token, token: Token) -> list[Token]:
    return [t for t in head.subtree if t.i < token.i]


def _is_based(root: Token) -> bool:
    """Whether a group is only at home there: "the Beijing-based agency"."""
    rest = root.doc[root.i + 1 : root.i + 3]
    return len(rest) > 1 and rest[0].text == "-" and rest[1].lower_ in ("based", "born", "area")


def _is_shot(token: Token) -> bool:
    """Whether "video shot" is read as a noun of two words."""
    return token.lower_ in ("shot", "filmed") and any(map(is_footage, token.children))


def _is_release(token: Token) -> bool:
    """Whether the word is a noun for publishing footage: "the release of the video"."""
    nouns = ("release", "publication", "broadcast", "screening", "premiere", "showing")
    return token.lemma_.lower() in nouns and any(map(is_footage, token.subtree))


def _gives_examples(token: Token) -> bool:
    """Whether "including" or "such as" leads from several venues to what follows."""
    words = footage_words()
    if token.lower_ not in words.such_as and token.lemma_ not in words.such_as:
        return False
    if token.dep_ != "prep" and token.pos_ != "ADP":
        return False
    before = [t for t in token.head.subtree if t.i < token.i]
    return any(t.lemma_.lower() in words.venues and t.tag_ == "NNS" for t in before)


def event(verb: Token, came: Token) -> Relation | None:
    """Return what a verb makes of a place that hangs on it through `came`; None for nothing."""
    words, lemma = footage_words(), verb.lemma_.lower()
    if _tells_release(verb, lemma):
        return Relation.MENTIONED if came.lower_ == "to" else Relation.RELEASED_AT
    if _tells_filming(verb, lemma):
        return Relation.MENTIONED if _by_a_group(verb, came) else Relation.FILMED_AT
    if shows(verb) and came.dep_ not in _SUBJECTS:
        return Relation.FILMED_AT
    stands = came.lower_ == "from" if lemma == "come" else lemma == "be"
    if stands and came.dep_ in ("attr", "prep") and _of_footage(_subject(verb)):
        return Relation.FILMED_AT
    return Relation.MENTIONED if lemma in words.speech | words.away | words.analysis else None


def _by_a_group(verb: Token, came: Token) -> bool:
    """Whether the place is only where a firm or an analyst is: "filmed by a firm in X"."""
    if came.dep_ != "agent":
        return False
    who = [child.lemma_.lower() for child in came.children if child.dep_ == "pobj"]
    far = verb.lemma_.lower() in ("geolocate", "geo-locate", "obtain")
    return far or any(one in footage_words().groups for one in who)


def _tells_release(verb: Token, lemma: str) -> bool:
    public = any(child.lower_ in ("public", "available") for child in verb.children)
    over = any(child.dep_ == "prt" and child.lower_ in ("over", "out") for child in verb.children)
    verbs = lemma in footage_words().release or (lemma == "make" and public)
    verbs = verbs or (lemma in ("hand", "pass", "put", "give") and over) or _first_shown(verb)
    return verbs and any(
        _of_footage(one) or (one is not None and one.lemma_ in ("report", "study"))
        for one in about(verb)
    )


def _first_shown(verb: Token) -> bool:
    """Whether a person shows the footage to others: "showed it for the first time in X"."""
    shown = next((c for c in verb.children if c.dep_ == "dobj"), None)
    return verb.lemma_ in ("show", "present") and _of_footage(shown) and not shows(verb)


def _tells_filming(verb: Token, lemma: str) -> bool:
    words = footage_words()
    if lemma not in words.film:
        return False
    if lemma in ("film", "videotape", "photograph", "geolocate", "geo-locate"):
        return True
    things = [one for one in about(verb) if _of_footage(one)]
    if lemma == "make":  # a film that is made is a production
        things = [one for one in things if one is not None and one.lemma_ != "film"]
    return bool(things)


def about(verb: Token) -> Iterator[Token | None]:
    """Yield what the verb is about: its subject and object, and the noun that it describes."""
    yield _subject(verb)
    yield from (child for child in verb.children if child.dep_ in ("dobj", "attr"))
    if verb.dep_ in _CLAUSES:
        yield verb.head
    if verb.dep_ == "conj":
        yield from about(verb.head)


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return child
    if verb.dep_ in ("xcomp", "conj") and verb.head is not verb and verb.head.pos_ == "VERB":
        return _subject(verb.head)
    return verb.head if verb.dep_ in _CLAUSES and verb.head.pos_ in ("NOUN", "PROPN") else None


def _of_footage(token: Token | None) -> bool:
    """Whether a word is footage, a part of it, or stands for footage named before."""
    if token is None:
        return False
    words = footage_words()
    if is_footage(token) or (token.lemma_.lower() in words.part and token.pos_ == "NOUN"):
        return True
    if token.dep_ == "csubj":  # "Secretly recorded footage shows" is sometimes read so
        return any(is_footage(child) for child in token.children)
    if token.lower_ in ("that", "which", "who") and token.head.dep_ == "relcl":
        return _of_footage(token.head.head)
    if token.lower_ in _STANDS_FOR:
        return _footage_before(token)
    inner = [t for t in token.children if t.dep_ in ("compound", "pobj")]
    inner += [t for of in token.children if of.lower_ == "of" for t in of.children]
    return any(map(is_footage, inner))


def _footage_before(token: Token) -> bool:
    """Whether this sentence or the three before name footage ahead of the word."""
    start = token.sent.start
    for _ in range(3):
        start = token.doc[start - 1].sent.start if start else 0
    words = footage_words()
    return any(
        is_footage(t) or (t.lemma_.lower() in words.part and t.pos_ == "NOUN")
        for t in token.doc[start : token.i]
    )


def shows(verb: Token) -> bool:
    """Whether the verb says what is to be seen in footage."""
    words, lemma = footage_words(), verb.lemma_.lower()
    if lemma not in words.show:
        return False
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return lemma in words.seen and _seen_in_footage(verb)
    return _of_footage(_subject(verb))


def _seen_in_footage(verb: Token) -> bool:
    inside = any(
        child.dep_ == "pobj" and _of_footage(child)
        for prep in verb.subtree
        if prep.dep_ == "prep" and prep.lower_ in ("in", "on")
        for child in prep.children
    )
    now = any(c.dep_ == "auxpass" and c.lower_ in ("is", "are", "be") for c in verb.children)
    doing = any(c.tag_ == "VBG" and c.dep_ in ("xcomp", "advcl", "ccomp") for c in verb.children)
    told = now and doing and verb.lemma_ == "see" and _footage_before(verb)
    return inside or told or in_scene(verb.sent)


def in_scene(sentence: Span) -> bool:
    """Whether the sentence says what is to be seen: "In another clip, …", "…, the video shows"."""
    if _ENDS_WITH_FOOTAGE.search(sentence.text):
        return True
    words = footage_words()
    root = sentence.root
    if root.lemma_ in words.speech | words.release | words.clearly_film | words.analysis:
        return False
    for prep in (t for t in sentence if t.dep_ == "prep" and t.lower_ in ("in", "on")):
        opens = prep.i - sentence.start <= 1
        if (opens or prep.head in (root, *_chained(root))) and _leads_to_footage(prep):
            return True
    return False


_ENDS_WITH_FOOTAGE = re.compile(
    r",[”\"]? (?:the|this|one|another) (?:\w+ )?(?:video|footage|clip|film|recording|documentary"
    r"|pictures|images|photos) (?:also )?shows?[.”\"]*\s*$"
)


def _chained(root: Token) -> list[Token]:
    return [child for child in root.children if child.dep_ in ("xcomp", "ccomp", "acl", "dobj")]


def _leads_to_footage(prep: Token) -> bool:
    words = footage_words()
    for inner in (child for child in prep.children if child.dep_ == "pobj"):
        nouns = [inner, *(t for t in inner.subtree if t.dep_ == "pobj" and inner.lower_ == "one")]
        generic = any(t.lower_ in _GENERIC for t in inner.children)
        if inner.lower_ in ("it", "them", "one") and prep.i == prep.sent.start:
            return _footage_before(prep)
        if not generic and any(is_footage(t) or t.lemma_.lower() in words.scenes for t in nouns):
            return True
    return False
