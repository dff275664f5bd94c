"""A briefing as PowerPoint: text as text, native tables and charts, nothing cut off."""

import datetime as dt
import os
import re
import shutil
import subprocess
from zipfile import ZipFile

import pytest
from briefings import briefing, deck, shipped
from conftest import HOSTILE
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt
from pypdf import PdfReader
from slide_decks import HANGUL, changed, hard, maps, shown

from geo.briefing import template
from geo.briefing.arrange import slides
from geo.briefing.paper import write_pdf
from geo.briefing.prose import Block, Run
from geo.briefing.ruler import Ruler, height, readable, split
from geo.briefing.screen import Row
from geo.briefing.sheet import Grid, Map, Photo, Words
from geo.briefing.slides import write_pptx
from geo.steps import Beside

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHOWN = ".//p:nvPicPr/p:cNvPr | .//p:nvGraphicFramePr/p:cNvPr"
LINES = "A line of a text that goes on\\\nand breaks here. " * 3


PICTURE = PP_PLACEHOLDER.PICTURE


@pytest.fixture
def hard_deck(filled, gazetteer):
    return hard(filled, gazetteer)


@pytest.fixture
def made(tmp_path):
    """Return a function that writes a deck and opens what was written."""

    def write(one):
        path = tmp_path / "briefing.pptx"
        write_pptx(path, one, maps)
        return Presentation(path), path

    return write


def texts(slide):
    """Return every text on a slide."""
    return "\n".join(one.text or "" for one in slide._element.iter(f"{A}t"))


def pictures(slide):
    """Return the picture placeholders of a slide."""
    return [s for s in slide.placeholders if s.placeholder_format.type == PICTURE]


def test_each_screen_has_a_slide_with_a_title_placeholder(filled, gazetteer, made):
    one = deck(shipped(), filled, gazetteer)
    slides_of = list(made(one)[0].slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides_of]
    assert [screen.headline for screen in one.screens] == [
        title for title in titles if not title.endswith("(continued)")
    ]
    assert slides_of[0].slide_layout.name == "Cover"
    assert titles[-1] == "Sources and methods"


def test_slides_are_sixteen_by_nine_and_all_their_layouts_are_used_with_care(
    filled, gazetteer, made
):
    made_of = made(deck(shipped(), filled, gazetteer))[0]
    assert made_of.slide_width * 9 == made_of.slide_height * 16
    assert [one.name for one in made_of.slide_layouts] == ["Cover", "Text", "Map and text"]
    for slide in made_of.slides:
        for shape in slide.placeholders:
            assert shape.has_text_frame is False or shape.text_frame.text, "an empty placeholder"


def test_text_is_in_runs_with_their_style_their_language_and_their_link(filled, gazetteer, made):
    text = "plain **bold** and *italic* and [link](https://example.org/?a=1&b=2)\n\n- 평양에서"
    slide = made(deck(briefing({"headline": "One", "text": text}), filled, gazetteer))[0].slides[1]
    body = next(s for s in slide.placeholders if s.placeholder_format.idx == template.BODY)
    runs = {r.text: r for p in body.text_frame.paragraphs for r in p.runs}
    assert runs["bold"].font.bold
    assert not runs["plain "].font.bold
    assert runs["italic"].font.italic
    assert runs["link"].hyperlink.address == "https://example.org/?a=1&b=2"
    assert runs["plain "]._r.rPr.get("lang") == "en-GB"
    assert runs["평양에서"]._r.rPr.get("lang") == "ko-KR"
    assert body.text_frame.paragraphs[1]._p.pPr.find(f"{A}buChar") is not None


def test_only_web_addresses_become_links(filled, gazetteer, made, hard_deck):
    for slide in made(hard_deck)[0].slides:
        for relation in slide.part.rels.values():
            if relation.is_external:
                assert re.match("https?://", relation.target_ref)
    text = "[a](javascript:alert(1)) [b](file:x) [c](data:text/html,x)"
    path = made(deck(briefing({"text": text}), filled, gazetteer))[1]
    with ZipFile(path) as archive:
        related = [name for name in archive.namelist() if name.endswith(".rels")]
        assert not [name for name in related if b"script" in archive.read(name)]


def test_the_map_is_a_picture_twice_as_fine_with_its_places_in_words(filled, gazetteer, made):
    slide = made(deck(shipped(), filled, gazetteer))[0].slides[1]
    (picture,) = pictures(slide)
    assert picture.image.size[0] >= 2 * picture.width / Pt(1)
    alt = picture._element.nvPicPr.cNvPr.get("descr")
    assert "Pyongyang 평양 (somewhere in this city): 7 certain, 0 possible" in alt
    assert "Chongjin 청진 (somewhere in this city): 0 certain, 2 possible" in alt
    assert (picture.crop_left, picture.crop_top) == (0, 0)


def test_every_picture_table_and_chart_has_words_that_stand_for_it(made, hard_deck):
    for slide in made(hard_deck)[0].slides:
        for properties in slide._element.xpath(SHOWN):
            assert properties.get("descr")


def test_each_step_says_its_filters_and_its_counts(filled, gazetteer, made):
    one = deck(shipped(), filled, gazetteer)
    found = {slide.shapes.title.text_frame.text: texts(slide) for slide in made(one)[0].slides}
    for screen in one.screens:
        if screen.question:
            said = found[screen.headline]
            assert screen.question.sentence in said
            assert all(count in said for count in screen.question.counts)


def test_notes_are_notes(filled, gazetteer, made):
    one = deck(shipped(), filled, gazetteer)
    noted = [s.notes_slide.notes_text_frame.text for s in made(one)[0].slides if s.has_notes_slide]
    assert noted == [screen.notes for screen in one.screens if screen.notes]
    kept = made(one.without_notes())[0]
    assert not any(slide.has_notes_slide for slide in kept.slides)


def test_regions_and_entries_are_tables_and_the_timeline_is_a_chart(filled, gazetteer, made):
    slides_of = list(made(deck(shipped(), filled, gazetteer))[0].slides)
    tables = [s.table for slide in slides_of for s in slide.shapes if s.has_table]
    cells = [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert cells[0] == ["Region", "Certain", "Possible"]
    assert cells[1] == ["Pyongyang", "7", "0"]
    assert len(tables[1].rows) == 1 + 7
    (chart,) = [s.chart for slide in slides_of for s in slide.shapes if s.has_chart]
    assert [(one.name, list(one.values)) for one in chart.plots[0].series] == [
        ("Date unknown", [9])
    ]


def test_wide_dates_are_hatched_and_those_of_no_date_stand_apart(made, hard_deck):
    (chart,) = [
        s.chart for slide in made(hard_deck)[0].slides for s in slide.shapes
        if s.has_chart and len(list(s.chart.plots[0].categories)) > 5
    ]  # fmt: skip
    exact, partial, unknown = chart.plots[0].series
    assert sum(filter(None, exact.values)) == 7 * sum(range(1, 13))
    assert sum(filter(None, partial.values)) == pytest.approx(7 * 9, abs=0.1)
    assert [value for value in unknown.values if value] == [40]
    assert all(one.format.fill.pattern for one in (partial, unknown))
    *_, before, last = chart.plots[0].categories
    assert (before.strip(), last) == ("", "Date unknown")


def test_a_hundred_rows_run_on_and_none_is_lost(made, hard_deck):
    tables = [
        s.table for slide in made(hard_deck)[0].slides for s in slide.shapes
        if s.has_table and "A hundred rows" in slide.shapes.title.text_frame.text
    ]  # fmt: skip
    said = [row.cells[0].text for table in tables for row in list(table.rows)[1:]]
    assert len(said) == 100
    assert said[99].startswith("Entry number 99")
    assert all(table.cell(0, 0).text == "Entry" for table in tables)


def test_the_last_slide_names_the_mark_of_the_data_and_all_say_its_time(filled, gazetteer, made):
    one = deck(shipped(), filled, gazetteer)
    slides_of = list(made(one)[0].slides)
    assert one.sha256 in texts(slides_of[-1])
    for number, slide in enumerate(slides_of, 1):
        foot = {s.placeholder_format.type: s.text_frame.text for s in slide.placeholders
                if s.has_text_frame}  # fmt: skip
        assert "As of 1 Jan 2026, 12:00 UTC · Published entries only" in foot[PP_PLACEHOLDER.FOOTER]
        said = "".join(t.text for t in slide._element.iter(f"{A}t"))
        assert f"{number} of {len(slides_of)}" in said
        assert slide._element.findall(f".//{A}fld")


def test_what_the_file_is_stands_in_its_properties_and_no_person_or_machine(
    filled, gazetteer, made
):
    about = deck(briefing({}, title="A title", author="Some author"), filled, gazetteer)
    opened, path = made(about)
    properties = opened.core_properties
    assert (properties.title, properties.author) == ("A title", "Some author")
    assert properties.created.replace(tzinfo=None) == dt.datetime(2026, 1, 1, 12)  # noqa: DTZ001
    assert not properties.last_modified_by
    with ZipFile(path) as archive:
        assert not {n for n in archive.namelist() if re.search("thumbnail|printer|app.xml", n)}
        every = b"".join(archive.read(name) for name in archive.namelist()).lower()
        assert {item.date_time for item in archive.infolist()} == {(2026, 1, 1, 12, 0, 0)}
    for word in (os.environ.get("USER") or "", str(path.parent), "steve canny"):
        assert not word or len(word) < 5 or word.lower().encode() not in every


def test_the_same_data_make_the_same_file(made, hard_deck):
    first = made(hard_deck)[1].read_bytes()
    assert made(hard_deck)[1].read_bytes() == first


def test_hostile_text_comes_out_letter_for_letter(filled, gazetteer, made):
    for text in (*HOSTILE, "<a:r>&amp;", "]]>"):
        one = briefing({"headline": text, "notes": text}, title=f"T {text}", author=text)
        opened = made(deck(one, filled, gazetteer))[0]
        assert opened.slides[1].shapes.title.text_frame.text == text
        assert opened.slides[1].notes_slide.notes_text_frame.text == text
        assert opened.slides[0].shapes.title.text_frame.text == f"T {text}"


def test_signs_that_no_xml_may_hold_do_not_spoil_the_file(filled, gazetteer, made):
    odd = "a\x00b\x1bc\ud800d\ufffee"
    one = deck(briefing({"id": "s", "headline": "x"}), filled, gazetteer)
    row = Row(odd, odd, odd, odd, odd, odd, odd, f"https://example.org/{odd}")
    one = changed(
        one, "s", headline=odd, notes=odd, blocks=(Block("p", (Run(odd, link=row.link),)),),
        beside=Beside.TABLE, rows=(row,), exhibit=shown(caption=odd, credit=odd),
    )  # fmt: skip
    opened, path = made(one)
    assert opened.slides[1].shapes.title.text_frame.text == readable(odd)
    assert opened.slides[1].notes_slide.notes_text_frame.text == readable(odd)
    write_pdf(path.with_suffix(".pdf"), one, maps, form="report")
    assert "a�b�c" in PdfReader(path.with_suffix(".pdf")).pages[1].extract_text()


def test_signs_that_xml_forbids_are_shown_or_left_out():
    assert readable("a\x00b\x1bc\ud800d\ufffee") == "a�b�c�d�e"
    assert readable("ab\u202ecd\u200b") == "abcd"
    assert readable("o\u0306 \u1112\u1161\u11ab") == "ŏ 한"
    assert readable("a\tb\nc") == "a\tb\nc"
    for text in ("\x0b\x0c\x85", "\udfff\uffff"):
        etree.fromstring(f"<a>{readable(text)}</a>".encode())


@pytest.mark.parametrize("frame", [template.FRAME])
def test_nothing_leaves_its_slide_and_no_part_meets_another(hard_deck, frame):
    for sheet in slides(hard_deck, frame):
        for part in sheet.parts:
            box = part.box
            assert box.left >= frame.margin - 1
            assert box.right <= frame.width - frame.margin + 1
            assert box.bottom <= frame.height - frame.foot + 1
        for n, one in enumerate(sheet.parts):
            for other in sheet.parts[n + 1 :]:
                apart = (
                    one.box.right <= other.box.left + 0.1 or other.box.right <= one.box.left + 0.1
                    or one.box.bottom <= other.box.top + 0.1
                    or other.box.bottom <= one.box.top + 0.1
                )  # fmt: skip
                assert apart, (sheet.names, one, other)


def test_no_letter_is_smaller_than_can_be_read_at_the_back(hard_deck):
    for sheet in slides(hard_deck, template.FRAME):
        for part in sheet.parts:
            sizes = [one.size for one in part.laid] if isinstance(part, Words) else []
            sizes += [part.size] if isinstance(part, Grid) else []
            assert min(sizes, default=12) >= 12  # 24 px at 1920 × 1080


def test_long_text_runs_on_and_no_word_is_lost(hard_deck):
    long = next(screen for screen in hard_deck.screens if screen.key == "long")
    found, on = [], False
    for sheet in slides(hard_deck, template.FRAME):
        on = sheet.screen is long if sheet.names else on
        if on:
            found += [
                "".join(piece.run.text for line in one.lines for piece in line)
                for part in sheet.parts if isinstance(part, Words) and part.role == "body"
                for one in part.laid
            ]  # fmt: skip
    said = "".join("".join(found).split())
    assert "".join("".join(block.text for block in long.blocks).split()) in said


def test_lines_are_as_long_as_their_words_and_none_is_longer_than_its_place():
    ruler = Ruler()
    for text in (
        HANGUL * 9,
        "word " * 99,
        "x" * 999,
        "한" * 500,
        "a\n\nb",
        "https://e.org/" + "y" * 300,
    ):
        laid = ruler.lay(Block("p", (Run(text), Run(text, bold=True))), 200, 12)
        assert all(sum(p.width for p in line) <= 200 + 4 for line in laid.lines), text
        said = "".join(piece.run.text for line in laid.lines for piece in line)
        assert said.replace("\n", "") == (text * 2).replace("\n", "")


def test_hangul_breaks_at_spaces():
    laid = Ruler().lay(Block("p", (Run(HANGUL * 5),)), 150, 12)
    for line in laid.lines[:-1]:
        assert line[-1].run.text.endswith(" ")


def test_a_cut_text_goes_on_where_it_was_cut():
    ruler = Ruler()
    blocks = (Block("li", (Run("one two three " * 20),)), Block("p", (Run(LINES),)))
    whole = "".join(block.text for block in blocks)
    rest, found = blocks, []
    while rest:
        laid, rest = split(ruler.lay_all(rest, 150, 12), 60)
        assert 0 < height(laid) <= 60.1
        found += ["".join(run.text for run in one.block.runs) for one in laid]
    assert "".join("".join(found).split()) == "".join(whole.split())


def test_a_step_without_text_gives_its_map_the_whole_width(filled, gazetteer):
    one = deck(briefing({"headline": "Alone"}), filled, gazetteer)
    (drawn,) = [p for s in slides(one, template.FRAME) for p in s.parts if isinstance(p, Map)]
    assert drawn.box.width == template.FRAME.inner.width


def test_a_picture_keeps_its_proportions(hard_deck):
    photos = [p for s in slides(hard_deck, template.FRAME) for p in s.parts if isinstance(p, Photo)]
    assert photos
    for photo in photos:
        assert photo.box.width / photo.box.height == pytest.approx(640 / 360)


def test_a_briefing_without_steps_still_has_its_cover_and_its_sources(filled, gazetteer, made):
    one = deck(briefing(title="Nothing yet"), filled, gazetteer)
    titles = [slide.shapes.title.text_frame.text for slide in made(one)[0].slides]
    assert titles == ["Nothing yet", "What this map does not show", "Sources and methods"]


def _brightness(colour):
    parts = [value / 255 for value in bytes.fromhex(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", ["INK", "MUTED", "CERTAIN", "POSSIBLE"])
def test_letters_stand_out_from_the_slide(colour):
    light, dark = _brightness(template.PAPER), _brightness(getattr(template, colour))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.fixture(scope="module")
def impress(tmp_path_factory):
    """Return a function that lets LibreOffice turn a presentation into PDF."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = tmp_path_factory.mktemp("office")

    def convert(path):
        subprocess.run(
            [program, "--headless", f"-env:UserInstallation={profile.as_uri()}",
             "--convert-to", "pdf", "--outdir", path.parent, path],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
        turned = path.with_suffix(".pdf")
        if not turned.exists():
            pytest.skip("this LibreOffice has no Impress, which opens presentations")
        return PdfReader(turned)

    return convert


@pytest.mark.parametrize("language", ["en", "ko"])
def test_libreoffice_opens_it_and_shows_every_slide_and_letter(
    impress, filled, gazetteer, made, language
):
    one = deck(shipped(), filled, gazetteer, language)
    opened, path = made(one)
    pages = impress(path).pages
    assert len(pages) == len(opened.slides)
    said = ["".join(page.extract_text().split()) for page in pages]
    for page, slide in zip(said, opened.slides, strict=True):
        assert "".join(slide.shapes.title.text_frame.text.split()) in page
    assert ("평양" if language == "ko" else "Pyongyang") in said[2]


def test_libreoffice_opens_the_hardest_one(impress, made, hard_deck):
    opened, path = made(hard_deck)
    pages = impress(path).pages
    assert len(pages) == len(opened.slides) > 40
    assert "Ŏnŭi?언제" in "".join("".join(page.extract_text() for page in pages).split())
