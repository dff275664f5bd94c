"""A text is cut into paragraphs and pieces, and put together again it is the text."""

from articles import mention, read
from hypothesis import given
from hypothesis import strategies as st

from geo.article import Scene, draft
from geo.document import Document
from geo.entry import Relation
from geo.passage import paragraphs

TEXT = "The headline\n\nA market in Hyesan. Snow in Musan.\n\nSeoul said nothing."


def test_the_title_is_no_paragraph_and_the_others_are_numbered_from_one():
    parts = paragraphs(TEXT, "The headline", (), {})
    said = [(one.number, "".join(piece.text for piece in one.pieces)) for one in parts]
    assert said == [
        (0, "The headline"), (1, "A market in Hyesan. Snow in Musan."), (2, "Seoul said nothing."),
    ]  # fmt: skip


def test_without_blank_lines_each_line_is_a_paragraph():
    assert [one.number for one in paragraphs("one\ntwo\n\n", "", (), {})] == [1, 2]


def test_a_piece_knows_its_mention_and_the_cards_whose_sentence_it_is_part_of():
    hyesan, musan = mention(TEXT, "Hyesan"), mention(TEXT, "Musan", Relation.ONE_OF)
    first = (TEXT.index("A market"), TEXT.index(" Snow"))
    both = (TEXT.index("A market"), TEXT.index("\n\nSeoul"))
    parts = paragraphs(TEXT, "The headline", (hyesan, musan), {1: [first], 2: [both]})
    pieces = {piece.text: piece for piece in parts[1].pieces}
    assert (pieces["Hyesan"].mention, pieces["Hyesan"].cards) == (hyesan, (1, 2))
    assert (pieces["Musan"].mention, pieces["Musan"].cards) == (musan, (2,))
    assert pieces["A market in "].mention is None
    assert all(not piece.cards for piece in parts[2].pieces)


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple)


@given(
    st.text(alphabet="ab. \n", max_size=60),
    st.lists(spans, max_size=4),
    st.lists(spans, max_size=3),
)
def test_no_letter_is_lost_or_doubled(text, rests, names):
    found = [mention(text, text[a:b]) for a, b in names if text[a:b].strip()]
    pieces = [
        p
        for one in paragraphs(text, "", found, dict(enumerate([[r] for r in rests])))
        for p in one.pieces
    ]
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())


@given(st.lists(st.sampled_from(["A market.", "Snow", "\n", "\n\n", "\n \n", " "]), max_size=12))
def test_paragraphs_are_numbered_as_entries_cite_them(parts):
    text = "".join(parts)
    at = text.find("market")
    if at < 0:
        return
    scene = Scene(at, at + 6, "a market")
    (one,) = draft(read(text, scenes=(scene,)), Document(text)).entries
    cited = one.entry.reports[0].paragraph
    lit = [p.number for p in paragraphs(text, "", (), {1: [(at, at + 6)]}) if _lit(p)]
    assert [str(number) for number in lit] == [cited]


def _lit(paragraph):
    return any(piece.cards for piece in paragraph.pieces)
