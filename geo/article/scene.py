"""The scenes that an English text describes as footage: one for each thing that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geo.article import relation
from geo.article.mention import Name, Said, Scene
from geo.article.words import footage_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_OWN = ("prep", "acl", "relcl", "amod", "advcl", "nmod")
_LONGEST = 300


def scenes(doc: Doc, names: Sequence[Name], said: Sequence[Said]) -> tuple[Scene, ...]:
    """Return the scenes of the text in order; () when it describes no footage."""
    if not relation.speaks_of_footage(doc):
        return ()
    found = [scene for sent in doc.sents for scene in _of_sentence(sent, names, said)]
    return tuple(found)


def _of_sentence(
    sent: Span, names: Sequence[Name], said: Sequence[Said]
) -> Iterator[Scene]:
    parts = list(_parts(sent))
    if not parts:
        return
    sentence = _trimmed(sent)
    filmed = [
        n for n, (name, one) in enumerate(zip(names, said, strict=True))
        if one.relation.filmed and sentence[0] <= name.start < sentence[1]
    ]  # fmt: skip
    spans = [(_first(part), _last(part)) for part in parts]
    for start, end in spans:
        others = [s for s in spans if s != (start, end)]
        mine = tuple(
            n for n in filmed
            if not any(a <= names[n].start < b for a, b in others)
        )  # fmt: skip
        what = " ".join(sent.doc.text[start:end].split())[:_LONGEST]
        yield Scene(*sentence, what.strip(" ,;:“”\""), mine)


def _trimmed(sent: Span) -> tuple[int, int]:
    text = sent.text
    start = sent.start_char + len(text) - len(text.lstrip())
    return start, sent.start_char + len(text.rstrip())


def _parts(sent: Span) -> Iterator[Token | Span]:
    """Yield what each scene of the sentence shows: a phrase, or the sentence itself."""
    shown = False
    for token in sent:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if relation.shows(token):
            found = list(_shown(token))
            shown = shown or bool(found)
            yield from found
        elif _shows_pictures(token):
            shown = True
            yield sent
    if not shown and (relation.in_scene(sent) or _names_scene(sent)):
        yield sent


def _shown(verb: Token) -> Iterator[Token | Span]:
    """Yield the things that a verb of showing has as its objects."""
    words = footage_words()
    if verb.lemma_ in ("appear", "purport", "seem"):
        return  # "appears to show": the verb after it says what
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        yield verb.sent
        return
    objects = [c for c in verb.children if c.dep_ in ("dobj", "ccomp", "xcomp", "attr", "oprd", "pobj")]
    objects = [c for c in objects if c.lemma_.lower() not in words.summary and c.i > verb.i - 60]
    if not objects and verb.dep_ == "ROOT" and any(c.dep_ in ("ccomp", "parataxis") for c in verb.children):
        objects = [verb]
    if not objects:
        return
    if objects[0].i < verb.i or (objects[0].dep_ in ("xcomp",) and objects[0].lemma_ in words.show):
        if objects[0].i < verb.i:
            yield verb.sent
        return
    yield from _split(objects[0], verb)


def _split(head: Token, verb: Token) -> Iterator[Token]:
    """Yield the conjuncts of what is shown that are scenes of their own."""
    chain = [head, *head.conjuncts]
    lists = verb.lemma_ == "include" or len(chain) > 2  # noqa: PLR2004 - "A, B and C"
    own = [t for t in chain if lists or _stands_alone(t)]
    if len(own) == len(chain) and len(chain) > 1:
        yield from chain
    else:
        yield head


def _stands_alone(token: Token) -> bool:
    """Whether a conjunct says something of its own: "workers leaving a plant"."""
    if token.pos_ == "VERB":
        return any(child.dep_ == "nsubj" for child in token.children)
    return any(child.dep_ in ("prep", "acl", "relcl") for child in token.children)


def _first(part: Token | Span) -> int:
    return part.start_char if hasattr(part, "start_char") else min(
        t.idx for t in _own_subtree(part)
    )


def _last(part: Token | Span) -> int:
    if hasattr(part, "end_char"):
        return int(part.end_char)
    return max(t.idx + len(t) for t in _own_subtree(part) if not t.is_punct)


def _own_subtree(token: Token) -> list[Token]:
    """Return the words of a phrase without its conjuncts', which are scenes of their own."""
    taken: set[int] = set()
    for conjunct in token.children:
        if conjunct.dep_ in ("conj", "cc"):
            taken |= {t.i for t in conjunct.subtree}
    return [t for t in token.subtree if t.i not in taken] or [token]


def _shows_pictures(verb: Token) -> bool:
    """Whether somebody shows footage "of" something: "showed pictures of a parade"."""
    if verb.lemma_ not in ("show", "air", "broadcast", "release", "publish", "post", "share"):
        return False
    return any(
        child.dep_ == "dobj"
        and relation.is_footage(child)
        and any(c.dep_ == "prep" and c.lower_ == "of" for c in child.children)
        for child in verb.children
    )


def _names_scene(sent: Span) -> bool:
    """Whether the sentence's subject is a scene: "One scene is of a school"."""
    root = sent.root
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if subject is None or root.lemma_ != "be":
        return False
    return subject.lemma_.lower() in footage_words().scenes and any(
        c.dep_ in ("attr", "prep") for c in root.children
    )
