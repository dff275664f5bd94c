"""Names of places in Korean text and how they belong to footage: kiwi's words and plain rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from geo.article.mention import Name, Said, Scene
from geo.article.words import korean_words
from geo.article.world import World
from geo.entry import Relation
from geo.gazetteer import Found

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

_NOUNS = ("NNP", "NNG", "NNB", "XSN", "SL", "SN", "SH")
_CITY = 100_000


class Word(NamedTuple):
    """A piece of a word: its form, its kind as kiwi tags it, and where it stands."""

    form: str
    tag: str
    start: int
    end: int
    sentence: int


@cache
def analyser() -> Kiwi:
    """Return the analyser of Korean words; loading it takes about two seconds, once."""
    from kiwipiepy import Kiwi

    return Kiwi()


def words(text: str) -> list[Word]:
    """Return the pieces of all words, with offsets in characters of the text."""
    return [
        Word(token.form, token.tag, token.start, token.start + token.len, token.sent_position)
        for token in analyser().tokenize(text)
    ]


def names(text: str, pieces: Sequence[Word], world: World) -> list[Name]:
    """Return every name of a place without its particles; the larger place may stand before."""
    found: list[Name] = []
    i = 0
    while i < len(pieces):
        last = _longest(text, pieces, i, world)
        if last:
            start, end = pieces[i].start, pieces[last - 1].end
            found.append(Name(start, end, text[start:end]))
        i = last or i + 1
    return [_within_the_one_before(text, found, n) for n in range(len(found))]


def _within_the_one_before(text: str, found: list[Name], n: int) -> Name:
    """Return the name with the larger place before it: "함경북도 회령시"."""
    one = found[n]
    if n and text[found[n - 1].end : one.start] == " ":
        return Name(one.start, one.end, one.text, within=found[n - 1].text)
    return one


def _longest(text: str, pieces: Sequence[Word], i: int, world: World) -> int:
    """Return the end of the longest name that begins here, 0 when none does."""
    if pieces[i].tag not in ("NNP", "NNG"):
        return 0
    last = i + 1
    while last < len(pieces) and _joined(pieces[last - 1], pieces[last]):
        last += 1
    ending = pieces[last - 1]
    made = ending.tag == "XSN" and ending.form in korean_words().made_in
    if last > i + 1 and (made or ending.form in korean_words().institutions):
        return 0
    if ending.tag == "XSN":
        last = max(i + 1, last - 1)
    for end in range(last, i, -1):
        word = text[pieces[i].start : pieces[end - 1].end]
        if len(word) > 1 and _is_place(world.search(word), pieces, i, end):
            return end
    return 0


def _joined(one: Word, other: Word) -> bool:
    return one.end == other.start and other.tag in _NOUNS


def _is_place(found: list[Found], pieces: Sequence[Word], i: int, end: int) -> bool:
    """Whether the tables know the word as a place, and it is no common word here."""
    proper = any(piece.tag == "NNP" for piece in pieces[i:end])
    stands_in = end < len(pieces) and pieces[end].form in korean_words().at
    whole = end == len(pieces) or not _joined(pieces[end - 1], pieces[end])
    for one in found:
        known = one.place.feature in ("country", "province") or one.place.population >= _CITY
        known = known or one.place.source == "Glimpse"
        korean = one.place.country in ("KP", "KR")
        common = korean and whole and stands_in and known
        if common or (proper and (known or (korean and stands_in))):
            return True
    return False


def said(names: Sequence[Name], pieces: Sequence[Word]) -> list[Said]:
    """Return the relation of each name: the first telling word behind it in its sentence."""
    if not any(piece.form in korean_words().footage for piece in pieces):
        return [Said() for _ in names]
    found: list[Said] = []
    for n, name in enumerate(names):
        one = _said(name, names, pieces)
        again = one.relation is Relation.FILMED_AT and n and found[-1].relation.filmed
        if again and _listed(names[n - 1], name, pieces):
            either = found[-1].relation is Relation.ONE_OF
            one = found[-1] if either else Said(Relation.ALSO_AT, whole=one.whole)
        found.append(one)
    return found


def _between(start: int, end: int, pieces: Sequence[Word]) -> list[Word]:
    return [piece for piece in pieces if start <= piece.start < end]


def _listed(one: Name, other: Name, pieces: Sequence[Word]) -> bool:
    between = _between(one.end, other.start, pieces)
    joining = korean_words().also | korean_words().either
    return bool(between) and all(p.form in joining or p.tag == "SP" for p in between)


def _said(name: Name, names: Sequence[Name], pieces: Sequence[Word]) -> Said:
    sentence = _sentence(name, pieces)
    behind = [p for p in pieces if p.start >= name.end and p.sentence == sentence]
    if not behind or not _leads_on(behind, names):
        return Said()
    telling = _first_telling(behind)
    words = korean_words()
    if telling in words.release:
        return Said(Relation.RELEASED_AT)
    if telling not in words.filming:
        return Said()
    if _until_telling(behind, words.others):
        return Said(Relation.ONE_OF, complete=False, whole=True)
    either = _until_telling(behind, words.either)
    relation = Relation.ONE_OF if either else Relation.FILMED_AT
    return Said(relation, whole=telling in words.plainly_filming)


def _leads_on(behind: list[Word], names: Sequence[Name]) -> bool:
    """Whether the name itself is said to be where something happens, not what follows it."""
    words, first = korean_words(), behind[0]
    if first.form == "의" and any(p.form in words.people for p in behind[1:6]):
        return False
    if first.form in words.at | words.also | words.either | words.others or first.tag == "SP":
        return True
    if any(first.start == other.start for other in names):
        return False  # the larger place before a smaller one
    part = first.tag in ("NNG", "NNP")  # "평양 시내를 찍은": a part of it
    return part and any(p.form in words.at or p.tag == "JKO" for p in behind[1:4])


def _first_telling(behind: list[Word]) -> str:
    words = korean_words()
    telling = words.filming | words.release | words.speech
    for piece, after in zip_longest(behind, behind[1:]):
        about = after is not None and after.form in words.about_filming
        if piece.form in telling and piece.tag[0] in "NVX" and not about:
            return str(piece.form)
    return ""


def _until_telling(behind: list[Word], wanted: frozenset[str]) -> bool:
    telling = korean_words().filming | korean_words().release | korean_words().speech
    for piece in behind:
        if piece.form in wanted:
            return True
        if piece.form in telling:
            return False
    return False


def _sentence(name: Name, pieces: Sequence[Word]) -> int:
    return next((p.sentence for p in pieces if p.end > name.start), 0)


def scenes(
    text: str, names: Sequence[Name], said: Sequence[Said], pieces: Sequence[Word]
) -> tuple[Scene, ...]:
    """Return a scene for each sentence that says what footage shows."""
    return tuple(_scenes(text, names, said, pieces))


def _scenes(
    text: str, names: Sequence[Name], said: Sequence[Said], pieces: Sequence[Word]
) -> Iterator[Scene]:
    shown = korean_words().filming - korean_words().plainly_filming
    for number in sorted({piece.sentence for piece in pieces}):
        mine = [piece for piece in pieces if piece.sentence == number]
        forms = {piece.form for piece in mine}
        if not (forms & korean_words().footage and forms & shown):
            continue
        start, end = mine[0].start, mine[-1].end
        filmed = tuple(
            n for n, one in enumerate(names)
            if start <= one.start < end and said[n].relation.filmed
        )  # fmt: skip
        yield Scene(start, end, text[start:end].strip(), filmed)
