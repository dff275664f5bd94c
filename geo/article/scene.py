"""The scenes that an English text describes as footage: one for each thing that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.article import relation
from geo.article.mention import Name, Said, Scene
from geo.article.words import footage_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LONGEST = 300


def scenes(doc: Doc, names: Sequence[Name], said: Sequence[Said]) -> tuple[Scene, ...]:
    """Return the scenes of the text in order; () when it describes no footage."""
    if not relation.speaks_of_footage(doc):
        return ()
    found = [scene for sent in doc.sents for scene in _of_sentence(sent, names, said)]
    return tuple(found)


def _of_sentence(sent: Span, names: Sequence[Name], said: Sequence[Said]) -> Iterator[Scene]:
    parts = list(dict.fromkeys(_parts(sent)))
    start, end = _trimmed(sent)
    filmed = [
        n for n, (name, one) in enumerate(zip(names, said, strict=True))
        if one.relation.filmed and start <= name.start < end
    ]  # fmt: skip
    for part in parts:
        others = [other for other in parts if other != part]
        mine = [n for n in filmed if not any(_holds(o, names[n], part) for o in others)]
        what = " ".join(sent.doc.text[part.start : part.end].split())[:_LONGEST]
        yield Scene(start, end, what.strip(' ,;:“”"'), tuple(mine))


@dataclass(frozen=True)
class _Part:
    """What a scene shows, where the text says so, and the clause that it is said in."""

    start: int
    end: int
    clause: frozenset[int] = frozenset()
    """Where the clause's words begin, in characters; empty for the whole sentence."""


def _holds(other: _Part, name: Name, part: _Part) -> bool:
    """Whether a name belongs to another scene: to its words, or to its clause alone."""
    if other.start <= name.start < other.end:
        return True
    return name.start in other.clause and name.start not in part.clause


def _trimmed(sent: Span) -> tuple[int, int]:
    text = sent.text
    start = sent.start_char + len(text) - len(text.lstrip())
    return start, sent.start_char + len(text.rstrip())


def _parts(sent: Span) -> Iterator[_Part]:
    """Yield what each scene of the sentence shows."""
    verbs = [token for token in sent if relation.shows(token)]
    found = [_Part(*span, _clause(verb, verbs)) for verb in verbs for span in _shown(verb)]
    if found:
        yield from found
    elif relation.in_scene(sent) and len(clauses := _clauses(sent)) >= _LIST:
        yield from clauses
    elif any(map(_shows_pictures, sent)) or relation.in_scene(sent) or _names_scene(sent):
        yield _Part(*_trimmed(sent))


_LIST = 3
"""Clauses from which a sentence is a list of scenes: "people walk, cadets march, children sing"."""


def _clauses(sent: Span) -> list[_Part]:
    """Return the clauses that a sentence strings together, each from its subject on."""
    starts = sorted({
        token.left_edge.idx for token in sent
        if token.dep_ == "nsubj" and token.head.pos_ == "VERB" and token.head.dep_ != "relcl"
        and token.pos_ in ("NOUN", "PROPN") and not relation.is_footage(token)
    })  # fmt: skip
    text = sent.doc.text
    ends = [*starts, _trimmed(sent)[1]][1:]
    bits = [(start, _AND.sub("", text[start:end])) for start, end in zip(starts, ends, strict=True)]
    return [_Part(start, start + len(bit)) for start, bit in bits]


_AND = re.compile(r"[,;]?\s*(?:\b(?:and|while)\s*)?\.?\s*$")


def _clause(verb: Token, verbs: Sequence[Token]) -> frozenset[int]:
    """Return where the words of a verb's own clause begin."""
    inner = {t.i for other in verbs if other.i > verb.i for t in other.subtree}
    return frozenset(t.idx for t in verb.subtree if t.i not in inner or t.i == verb.i)


def _shown(verb: Token) -> Iterator[tuple[int, int]]:
    """Yield the things that a verb of showing has as its objects."""
    if verb.lemma_ in ("appear", "purport", "seem"):
        return  # "appears to show": the verb after it says what
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        yield _trimmed(verb.sent)
        return
    summary = footage_words().summary
    objects = [c for c in verb.children if c.dep_ in _OBJECTS and c.lemma_.lower() not in summary]
    if not objects:
        return
    if objects[0].i < verb.i:
        yield _trimmed(verb.sent)
    else:
        yield from _listed(verb) or _two_doings(objects[0]) or map(_span, _conjuncts(objects[0]))


_OBJECTS = ("dobj", "ccomp", "xcomp", "attr", "oprd", "pobj")


def _listed(verb: Token) -> list[tuple[int, int]]:
    """Return the parts of a list with commas, "A, B and C"; [] where there is none."""
    behind = verb.doc[verb.i + 1 : verb.sent.end]
    rest = behind.text.rstrip(" .\n")
    pieces = [m.span() for m in re.finditer(r"(?:[^,]|,(?=\d))+", rest)]
    if len(pieces) < 2 or " and " not in rest[pieces[-1][0] :]:  # noqa: PLR2004 - a list
        return []
    start, end = pieces.pop()
    cut = rest.index(" and ", start)
    pieces += [(start, cut), (cut + len(" and "), end)]
    found = [(behind.start_char + a, behind.start_char + b) for a, b in pieces if rest[a:b].strip()]
    return found if all(_begins_thing(verb.doc, a, b) for a, b in found) else []


def _begins_thing(doc: Doc, start: int, end: int) -> bool:
    """Whether a piece of a list names a thing, and is no remark on a place before it."""
    words = doc.char_span(start, end, alignment_mode="contract")
    while words is not None and len(words) and (words[0].is_space or words[0].lower_ == "and"):
        words = words[1:]
    if (
        words is None
        or not len(words)
        or words[0].pos_ not in ("DET", "NOUN", "ADJ", "NUM", "PROPN")
    ):
        return False
    nouns = [t for t in words[:4] if t.pos_ == "NOUN"]
    return bool(nouns) and nouns[0].lemma_ not in footage_words().venues


def _two_doings(head: Token) -> list[tuple[int, int]]:
    """Return both parts of "farmers drying corn and soldiers mending a bridge", or []."""
    first, last = min(t.i for t in head.subtree), max(t.i for t in head.subtree)
    words = head.doc[first : last + 1]
    for token in words:
        if (
            token.lower_ == "and"
            and _is_doing(words.doc[first : token.i])
            and _is_doing(words.doc[token.i + 1 : last + 1])
        ):
            cut = words.doc[token.i + 1 : last + 1].text.rstrip(" .\n")
            start = token.idx + len("and ")
            return [(words.start_char, token.idx - 1), (start, start + len(cut))]
    return []


def _is_doing(words: Span) -> bool:
    """Whether the words begin with somebody who does something: "two men carrying"."""
    tags = [token.tag_ for token in words[:5]]
    noun = next((n for n, tag in enumerate(tags) if tag in ("NN", "NNS")), None)
    if noun is None or any(tag not in ("DT", "JJ", "CD", "PRP$", "VBN") for tag in tags[:noun]):
        return False
    return tags[noun + 1 : noun + 2] == ["VBG"]


def _conjuncts(head: Token) -> list[Token]:
    """Return what is shown, apart where each part says something of its own."""
    chain = [head, *head.conjuncts]
    return chain if len(chain) > 1 and all(map(_stands_alone, chain)) else [head]


def _stands_alone(token: Token) -> bool:
    """Whether a conjunct says something of its own: "workers leaving a plant"."""
    wanted = ("nsubj",) if token.pos_ == "VERB" else ("prep", "acl", "relcl")
    return any(child.dep_ in wanted for child in token.children)


def _span(token: Token) -> tuple[int, int]:
    """Return where a phrase stands without its conjuncts, if they are scenes of their own."""
    apart = len(_conjuncts(token)) > 1
    left = {
        t.i for child in token.children if apart and child.dep_ in ("conj", "cc")
        for t in child.subtree
    }  # fmt: skip
    words = [t for t in token.subtree if t.i not in left]
    if not apart:
        words += [t for child in _behind(token) for t in child.subtree]
    while len(words) > 1 and words[-1].is_punct:
        words.pop()
    return words[0].idx, words[-1].idx + len(words[-1])


def _behind(token: Token) -> list[Token]:
    """Return what follows a phrase in the same clause: "trucks | at the test site"."""
    if token.pos_ == "VERB":
        return []
    return [
        child for child in token.head.children
        if child.i > token.i and child.dep_ in ("prep", "advmod", "advcl", "acl")
        and child.lower_ not in ("while", "as", "according")
        and not any(t.lower_ == "while" for t in child.children)
    ]  # fmt: skip


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
