"""Names of places in Korean text and how they belong to footage: kiwi's words and plain rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geo.article.mention import Name, Said, Scene
from geo.article.world import World
from geo.entry import Relation
from geo.gazetteer import Found

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

_FILMING = frozenset("촬영 찍 찍히 녹화 포착 담 담기 보이 비치 등장 나오 찍은".split())
_PLAINLY_FILMING = frozenset("촬영 찍 찍히 녹화 포착".split())
_RELEASE = frozenset("공개 배포 게시 방영 방송 상영 유포 올리 올라오 전달 폭로".split())
_SPEECH = frozenset("말 말하 밝히 전하 주장 설명 발표 보도 강조 인터뷰".split())
_FOOTAGE = frozenset("영상 동영상 화면 비디오 사진 장면 필름 다큐멘터리 녹화물".split())
_INSTITUTION = frozenset("대 대학 대학교 신문 일보 은행 병원 방송 방송국 연구소 항공 전자".split())
_PEOPLE = frozenset(
    "단체 기관 연구소 교수 대학 정부 언론 방송 매체 당국 전문가 소식통 기자 대변인 회사 기업 신문".split()
)
"""Whose home a place with 의 is: "서울의 한 단체"."""
_IN = frozenset("에서 에 의 로 으로 부터 까지 서".split())
_AND = frozenset("과 와 하고 및 랑 이랑".split())
_OR = frozenset("나 이나 또는 혹은".split())
_AND_OTHERS = frozenset(("등", "등지", "비롯"))
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
    if last > i + 1 and pieces[last - 1].form in _INSTITUTION:
        return 0
    if pieces[last - 1].tag == "XSN" or pieces[last - 1].form in ("산", "발"):
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
    stands_in = end < len(pieces) and pieces[end].form in _IN
    whole = end == len(pieces) or not _joined(pieces[end - 1], pieces[end])
    for one in found:
        large = one.place.feature in ("country", "province")
        known = large or one.place.population >= _CITY or one.place.source == "Glimpse"
        korean = one.place.country in ("KP", "KR")
        if (proper and (known or (korean and stands_in))) or (
            not proper and korean and whole and stands_in and known
        ):
            return True
    return False


def said(names: Sequence[Name], pieces: Sequence[Word]) -> list[Said]:
    """Return the relation of each name: the first telling word behind it in its sentence."""
    if not any(piece.form in _FOOTAGE for piece in pieces):
        return [Said() for _ in names]
    found: list[Said] = []
    for n, name in enumerate(names):
        one = _said(name, names, pieces)
        again = one.relation is Relation.FILMED_AT and n and found[-1].relation.filmed
        if again and _listed(names[n - 1], name, pieces):
            one = Said(Relation.ALSO_AT, whole=one.whole)
        found.append(one)
    return found


def _between(start: int, end: int, pieces: Sequence[Word]) -> list[Word]:
    return [piece for piece in pieces if start <= piece.start < end]


def _listed(one: Name, other: Name, pieces: Sequence[Word]) -> bool:
    between = _between(one.end, other.start, pieces)
    return bool(between) and all(p.form in _AND or p.tag == "SP" for p in between)


def _said(name: Name, names: Sequence[Name], pieces: Sequence[Word]) -> Said:
    behind = [p for p in pieces if p.start >= name.end and p.sentence == _sentence(name, pieces)]
    others = {other.start: other.end for other in names}
    if not behind:
        return Said()
    if behind[0].form not in _IN | _AND | _OR | _AND_OTHERS and behind[0].tag != "SP":
        nearest = min((s for s in others if s >= name.end), default=-1)
        if nearest == behind[0].start:
            return Said()  # the larger place before a smaller one
        if behind[0].tag not in ("NNG", "NNP"):
            return Said()
        if not any(p.form in _IN for p in behind[1:4]):
            return Said()
    if behind[0].form == "의" and any(p.form in _PEOPLE for p in behind[1:6]):
        return Said()
    either = _until_telling(behind, _OR)
    open_list = _until_telling(behind, _AND_OTHERS)
    for piece in behind:
        if piece.form in _RELEASE and piece.tag[0] in "NVX":
            return Said(Relation.RELEASED_AT)
        if piece.form in _FILMING and piece.tag[0] in "NVX":
            if open_list:
                return Said(Relation.ONE_OF, complete=False, whole=True)
            relation = Relation.ONE_OF if either else Relation.FILMED_AT
            return Said(relation, whole=piece.form in _PLAINLY_FILMING)
        if piece.form in _SPEECH and piece.tag[0] in "NVX":
            return Said()
    return Said()


def _until_telling(behind: list[Word], wanted: frozenset[str]) -> bool:
    telling = _FILMING | _RELEASE | _SPEECH
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
    shown = _FILMING - _PLAINLY_FILMING
    for number in sorted({piece.sentence for piece in pieces}):
        mine = [piece for piece in pieces if piece.sentence == number]
        forms = {piece.form for piece in mine}
        if not (forms & _FOOTAGE and forms & shown):
            continue
        start, end = mine[0].start, mine[-1].end
        filmed = tuple(
            n for n, one in enumerate(names)
            if start <= one.start < end and said[n].relation.filmed
        )  # fmt: skip
        yield Scene(start, end, text[start:end].strip(), filmed)
