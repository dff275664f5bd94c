"""A briefing as PDF: every letter has a face, every figure a number, nothing private is in it."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from briefings import briefing, deck, shipped
from conftest import HOSTILE
from pypdf import PdfReader
from slide_decks import HANGUL, LONG, hard, maps, rows

from geo.briefing.arrange import slides
from geo.briefing.maps import maps_of, write_png
from geo.briefing.paper import frame_of, write_pdf
from geo.briefing.prose import Block, Run
from geo.briefing.report import INDEXED, report
from geo.briefing.ruler import parts
from geo.briefing.screen import Spot
from geo.briefing.sheet import Contents, Words
from geo.errors import InputError
from geo.fonts import faces, letters

KINDS = [(paper, form) for paper in ("A4", "Letter") for form in ("slides", "report")]


@pytest.fixture
def hard_deck(filled, gazetteer):
    return hard(filled, gazetteer)


@pytest.fixture
def made(tmp_path):
    """Return a function that writes a deck as PDF and opens it."""

    def write(one, paper="A4", form="slides", drawn=maps):
        path = tmp_path / "briefing.pdf"
        write_pdf(path, one, drawn, paper=paper, form=form)
        return PdfReader(path)

    return write


def said(reader):
    """Return all text without spaces, since lines break where the page is full."""
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def bare(text):
    return "".join(text.split())


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_the_briefing_is_on_paper(filled, gazetteer, made, kind, language):
    one = deck(shipped(), filled, gazetteer, language)
    found = said(made(one, *kind))
    for screen in one.screens:
        assert bare(screen.headline) in found
        assert all(bare(block.text) in found for block in screen.blocks if len(block.text) < 60)
        if screen.question:
            assert bare(screen.question.sentence) in found
    assert one.sha256 in found
    assert "Pyongyang" in found


SIZES = {
    ("A4", "slides"): (842, 595), ("Letter", "slides"): (792, 612),
    ("A4", "report"): (595, 842), ("Letter", "report"): (612, 792),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_slides_lie_across_and_a_report_stands_upright(filled, gazetteer, made, kind):
    page = made(deck(shipped(), filled, gazetteer), *kind).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[kind]


def test_notes_are_on_no_paper(filled, gazetteer, made):
    one = deck(briefing({"headline": "One", "notes": "Only for me"}), filled, gazetteer)
    for form in ("slides", "report"):
        assert "Onlyforme" not in said(made(one, form=form))


def test_every_letter_has_a_face_bold_hangul_among_them():
    wanted = {False: {"regular", "italic", "hangul", "signs"},
              True: {"bold", "hangul_bold", "signs_bold", "signs"}}  # fmt: skip
    text = f"Ŏŭ {HANGUL} ☃ → … 漢字 “” \ufffd Я Ω" + "".join(HOSTILE)
    for bold in (False, True):
        for italic in (False, True):
            for face, found in parts(text, bold=bold, italic=italic):
                assert face in wanted[bold]
                assert {ord(letter) for letter in found} <= letters(getattr(faces(), face))
    assert parts("청진", bold=True) == (("hangul_bold", "청진"),)
    assert parts("ŏŭ") == (("regular", "ŏŭ"),)
    assert parts("🎬") == (("regular", "[U+1F3AC]"),)


def test_its_fonts_are_in_the_file_with_the_letters_that_it_has_alone(filled, gazetteer, made):
    reader = made(deck(shipped(), filled, gazetteer, "ko"), form="report")
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            file = inner["/FontDescriptor"].get_object()["/FontFile2"].get_object()
            found[str(font.get_object()["/BaseFont"])] = len(file.get_data())
    assert {name.split("+")[1] for name in found} == {
        "NotoSans", "NotoSansBold", "NanumGothic", "NanumGothicBold"
    } | {name.split("+")[1] for name in found if "Italic" in name}  # fmt: skip
    assert max(found.values()) < 300_000
    assert all("+" in name for name in found)


def test_it_says_what_it_is_in_which_language_and_of_which_time(filled, gazetteer, made):
    one = deck(briefing({}, title="A title", author="Some author"), filled, gazetteer, "ko")
    reader = made(one)
    assert reader.metadata.title == "A title"
    assert reader.metadata.author == "Some author"
    assert reader.metadata.creation_date == one.at
    assert reader.trailer["/Root"]["/Lang"] == "ko-KR"


@pytest.mark.parametrize("form", ["slides", "report"])
def test_its_outline_leads_to_each_screen(filled, gazetteer, made, form):
    one = deck(shipped(), filled, gazetteer)
    reader = made(one, form=form)
    for entry in reader.outline:
        page = reader.pages[reader.get_destination_page_number(entry)]
        title = bare(entry.title)
        assert title in bare(page.extract_text())
    titles = [entry.title for entry in reader.outline]
    assert all(any(s.headline in title for title in titles) for s in one.screens)


@pytest.mark.parametrize("form", ["slides", "report"])
def test_the_map_has_words_that_stand_for_it(filled, gazetteer, made, form):
    reader = made(deck(shipped(), filled, gazetteer), form=form)
    found = [
        str(item.get_object()["/Alt"])
        for item in map(reader.get_object, range(1, len(reader.xref[0]) + 1))
        if isinstance(item, dict) and item.get("/S") == "/Figure"
    ]
    assert len(found) == 6
    assert all("certain" in alt and "Pyongyang" in alt for alt in found[:3])


def links(reader):
    """Return the web addresses and the pages that links lead to."""
    web, inner = [], []
    for page in reader.pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A")
            if action and "/URI" in action:
                web.append(action["/URI"])
            elif "/Dest" in note.get_object():
                inner.append(note.get_object()["/Dest"])
    return web, inner


def test_only_web_addresses_become_links(made, hard_deck):
    for form in ("slides", "report"):
        web, _ = links(made(hard_deck, form=form))
        assert web
        assert all(re.match("https?://", address) for address in web)


def test_the_contents_lead_to_their_pages(filled, gazetteer, made):
    one = deck(shipped(), filled, gazetteer)
    reader = made(one, form="report")
    sheets = report(one, frame_of("A4", "report"))
    (contents,) = [part for part in sheets[0].parts if isinstance(part, Contents)]
    for entry in contents.entries:
        assert entry.title in sheets[entry.page - 1].names
    assert len(links(reader)[1]) == len(contents.entries) == 6 + 3


def test_long_contents_name_the_right_pages(hard_deck):
    sheets = report(hard_deck, frame_of("A4", "report"))
    entries = [e for s in sheets for p in s.parts if isinstance(p, Contents) for e in p.entries]
    assert len(entries) == 30 + 3
    assert all(entry.title in sheets[entry.page - 1].names for entry in entries)


def test_figures_are_numbered_with_their_filters_counts_and_places(filled, gazetteer, made):
    found = " ".join(
        page.extract_text()
        for page in made(deck(shipped(), filled, gazetteer), form="report").pages
    )
    found = " ".join(found.split())
    numbers = [int(number) for number in re.findall(r"Figure (\d+)\.", found)]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]
    assert "Figure 1. Everything reported, anywhere, at any time. 9 of 9 entries" in found
    assert "Pyongyang 평양 (somewhere in this city): 7 certain, 0 possible" in found


def test_a_caption_names_few_places_and_counts_the_others(filled, gazetteer, made):
    one = deck(briefing({}), filled, gazetteer)
    spots = tuple(Spot(f"Place {n}.", "somewhere", n, 1) for n in range(20))
    question = replace(one.screens[1].question, spots=spots, more_spots=1_980)
    screens = tuple(replace(s, question=question) if s.question else s for s in one.screens)
    found = said(made(replace(one, screens=screens), form="report"))
    assert "Place7.(somewhere):7certain,1possible;and1,992moreplaces." in found
    assert "Place8." not in found


def test_the_index_says_of_each_entry_where_it_is_and_in_which_steps(filled, gazetteer, made):
    found = said(made(deck(shipped(), filled, gazetteer), form="report"))
    index = found[found.rindex("Indexofentries") : found.rindex("Sourcesandmethods")]
    assert "PeoplewalkinsilentorderlylinesPyongyang" in index.replace(",", "")
    assert re.findall(r"[AB]\d", index) == [
        "A1", "A2", "A3", "A4", "A5", "A6", "A7", "B1", "B2"
    ]  # fmt: skip
    assert "1,2,3,6" in index
    assert "1,4,5,6" in index


def test_entries_beyond_the_index_are_counted(filled, gazetteer, made):
    one = deck(briefing({}), filled, gazetteer)
    many = INDEXED + 7
    question = one.screens[1].question
    more = replace(question, passing=np.ones(many, dtype=np.bool_))
    screens = tuple(replace(s, question=more) if s.question else s for s in one.screens)
    large = replace(one, entries=rows(many), size=many, screens=screens)
    assert "and7moreentries" in said(made(large, form="report"))
    untold = replace(one, entries=(), size=60_000)
    assert "The60,000entriesofthesestepsaretoomanytolist" in said(made(untold, form="report"))


@pytest.mark.parametrize(("paper", "form"), KINDS)
def test_nothing_leaves_its_page_and_no_part_meets_another(hard_deck, paper, form):
    frame = frame_of(paper, form)
    sheets = (slides if form == "slides" else report)(hard_deck, frame)
    for sheet in sheets:
        for part in sheet.parts:
            assert part.box.left >= frame.margin - 1
            assert part.box.right <= frame.width - frame.margin + 1
            assert part.box.bottom <= frame.height - frame.foot + 1
            if isinstance(part, Words):
                assert all(
                    sum(piece.width for piece in line) <= part.box.width + 8
                    for one in part.laid for line in one.lines
                )  # fmt: skip
        if form == "report":
            tops = [part.box for part in sheet.parts]
            assert all(a.bottom <= b.top + 0.1 for a, b in pairwise(tops))


@pytest.mark.parametrize("form", ["slides", "report"])
def test_pages_are_numbered_and_say_the_time_of_the_data(hard_deck, made, form):
    pages = made(hard_deck, form=form).pages
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"{number} of {len(pages)}" in text
        assert "As of 1 Jan 2026, 12:00 UTC" in text


def test_hostile_text_stays_text(filled, gazetteer, made):
    for text in HOSTILE:
        one = briefing({"headline": text}, title=f"T {text}", author=text)
        for form in ("slides", "report"):
            reader = made(deck(one, filled, gazetteer), form=form)
            wanted = text.replace("🎬", "[U+1F3AC]")
            assert bare(wanted) in said(reader)
            assert reader.metadata.title == f"T {text}"


@pytest.mark.parametrize("form", ["slides", "report"])
def test_the_same_data_make_the_same_file(made, tmp_path, hard_deck, form):
    made(hard_deck, form=form)
    first = (tmp_path / "briefing.pdf").read_bytes()
    made(hard_deck, form=form)
    assert (tmp_path / "briefing.pdf").read_bytes() == first


def test_a_briefing_without_steps_is_a_report_all_the_same(filled, gazetteer, made):
    found = said(made(deck(briefing(title="Nothing yet"), filled, gazetteer), form="report"))
    assert "Noentryisshowninthisbriefing." in found


def test_every_quotation_list_and_heading_is_written(filled, gazetteer, made):
    text = f"# Head\n\n> {LONG}\n\n1. first\n2. second\n\n- point\n  - deeper"
    found = said(made(deck(briefing({"text": text}), filled, gazetteer)))
    for wanted in ("Head", bare(LONG)[:30], "1.first", "2.second", "•point", "•deeper"):
        assert wanted in found


def test_a_scene_is_drawn_once_in_each_size(filled, gazetteer, monkeypatch):
    asked = []
    monkeypatch.setattr("geo.briefing.maps.draw", lambda *given: asked.append(given) or b"png")
    one = deck(shipped(), filled, gazetteer)
    drawn = maps_of(one)
    for screen in (s for s in one.screens if s.question):
        drawn(screen, 640, 400)
    assert len(asked) == 5  # two steps ask for the same report, and one of them rings entries
    drawn(one.screens[1], 640, 401)
    assert len(asked) == 6


def test_one_step_is_a_picture_with_its_headline_counts_and_day(filled, gazetteer, tmp_path):
    one, path = deck(shipped(), filled, gazetteer), tmp_path / "step.png"
    write_png(path, one, "one-of", (640, 480))
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1280, 960)
    write_png(path, one, "4", (640, 480))
    assert path.read_bytes() == data
    with pytest.raises(InputError, match="no step “nope”; its steps are both, one-city"):
        write_png(path, one, "nope", (640, 480))


def test_a_block_of_no_letters_is_no_line(filled, gazetteer, made):
    one = deck(briefing({"headline": "One"}), filled, gazetteer)
    odd = replace(one.screens[1], blocks=(Block("p", (Run(""),)), Block("li", (Run("\u200b"),))))
    screens = (one.screens[0], odd, *one.screens[2:])
    assert len(made(replace(one, screens=screens)).pages) == 4
