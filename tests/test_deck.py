"""The presented briefing before any browser: what the file holds, and what it must not."""

import base64
import gzip
import hashlib
import html
import json
import re
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from conftest import HOSTILE, ROOT, candidate, entry, located

from geo import assets, layers
from geo.briefing.page import page, write_html
from geo.briefing.payload import NO_SCRIPT, WORDS, payload
from geo.filters import Filters
from geo.i18n import LANGUAGES, translator
from geo.index import Index
from geo.steps import Beside
from tests import decks

DECK = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "geo" / "deck").glob("*.js"))}


@pytest.fixture
def deck(filled, gazetteer, tmp_path):
    return decks.told(filled, gazetteer, tmp_path, decks.shipped())


@pytest.fixture
def hostile(filled, gazetteer, tmp_path):
    return decks.told(filled, gazetteer, tmp_path, decks.hostile())


def element(text: str, name: str) -> str:
    """Return what stands in an element of the file, by its id."""
    (found,) = re.findall(rf'<script type="[^"]*" id="{name}">(.*?)</script>', text, re.DOTALL)
    return found


def unpacked(text: str) -> dict:
    return json.loads(gzip.decompress(base64.b64decode(element(text, "payload"))))


def bits(text: str, size: int) -> int:
    """Return how many entries a bitset lets through."""
    packed = gzip.decompress(base64.b64decode(text))
    return "".join(f"{byte:08b}" for byte in packed)[:size].count("1")


# ---- The payload ----------------------------------------------------------------------------


def test_a_screen_shows_as_many_entries_as_stats_counts_under_its_filters(
    deck, filled, gazetteer, tmp_path
) -> None:
    index = Index(filled, tmp_path, gazetteer)
    index.refresh()
    sent, data = payload(deck), json.loads(deck.data)
    counted = [one for one in sent["screens"] if one["map"]]
    assert len(counted) == 6
    for one in counted:
        filters, odd = Filters.read(parse_qs(one["query"]))
        passing = bits(data["passing"][one["key"]], deck.size)
        assert (passing, odd) == (one["shown"], ()) == (index.stats(filters).shown, ()), one["key"]


def test_the_payload_is_json_and_holds_every_screen_in_its_order(deck) -> None:
    sent = json.loads(json.dumps(payload(deck)))
    assert [one["key"] for one in sent["screens"]] == [one.key for one in deck.screens]
    assert [one["map"] for one in sent["screens"]] == [bool(one.question) for one in deck.screens]
    assert sent["sha256"] == hashlib.sha256(sent["data"].encode()).hexdigest()
    assert len(json.loads(sent["data"])["entries"]) == deck.size


def test_a_picture_travels_inside_with_its_words(deck) -> None:
    screens = (replace(deck.screens[1], exhibit=decks.still()), *deck.screens[2:])
    picture = payload(replace(deck, screens=screens))["screens"][0]["picture"]
    assert picture["src"].startswith("data:image/jpeg;base64,")
    assert base64.b64decode(picture["src"].split(",")[1]) == decks.still().data
    assert (picture["alt"], picture["credit"]) == ("A still of the video", "Somebody")


def test_a_timeline_travels_with_the_days_of_its_bars(new_store, gazetteer, tmp_path) -> None:
    opened = new_store()
    where = located(candidate())
    decks.save(opened, entry("A", where, recorded="2013"), entry("B", where, recorded="2014-05"))
    told = decks.told(opened, gazetteer, tmp_path,
                      decks.briefing({"beside": Beside.TIMELINE}))  # fmt: skip
    drawn = payload(told)["screens"][1]["timeline"]
    assert (drawn["dated"], drawn["unknown"]) == (2, 0)
    first = next(bar for bar in drawn["bars"] if bar["first"] == "2013-01-01")
    assert first["days"] == [15706, 15736]  # January 2013, in days since 1970


def test_the_words_are_exactly_those_that_the_scripts_ask_for() -> None:
    text = "".join(DECK.values())
    keys = re.search(r"const rows = \[(.*?)\n      \];", text, re.DOTALL)[1]
    tools = re.search(r"const tools = (.*?)\.map", text, re.DOTALL)[1]
    either = re.findall(r"word\([^']+ \? '(\w+)' : '(\w+)'", text)
    asked = {
        *re.findall(r"\bword\('(\w+)'", text), *re.findall(r"\], '(\w+)'\]", keys),
        *re.findall(r"\b(?:labelled|act)\('(\w+)'", text), *re.findall(r"(\w+): \(\) =>", tools),
        *(one for pair in either for one in pair),
        *re.findall(r"words\??\.(unread)", text),
    }  # fmt: skip
    assert asked == set(WORDS)
    (unread,) = re.findall(r"const UNREAD = '([^']*)'", text)
    assert unread == WORDS["unread"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_keep_the_places_that_the_scripts_fill(language) -> None:
    t = translator(language)
    for key, text in WORDS.items():
        places = set(re.findall(r"{\w+}", text))
        assert places == set(re.findall(r"{\w+}", t(text))), key


# ---- The file -------------------------------------------------------------------------------


def test_the_file_holds_the_data_letter_for_letter_so_that_its_mark_can_be_computed(deck) -> None:
    data = element(page(deck).decode(), "data")
    assert hashlib.sha256(data.encode()).hexdigest() == deck.sha256
    assert deck.sha256 in page(deck).decode().split("<style>")[0]


def test_the_policy_lets_its_own_script_and_style_run_and_nothing_else(deck) -> None:
    text = page(deck).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert "unsafe" not in policy
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (own,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        mark = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{mark}'"
    assert "\r" not in text  # a browser would read it as another sign, and the hash would differ


def test_no_script_makes_html_or_code_of_a_text() -> None:
    for name, text in DECK.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\b|new Function|"
                             r"document\.write|setAttribute\('(on|style)", text), name  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_names_no_host_but_in_links(filled, gazetteer, tmp_path, language) -> None:
    told = decks.told(filled, gazetteer, tmp_path, decks.shipped(), language)
    text = page(told).decode()
    hosts = set(re.findall(r"(?:https?|wss?|ftp)://([\w.-]+)", text))
    assert hosts <= {"www.w3.org"}  # the names of SVG, which no browser asks
    assert "sourceMappingURL" not in text
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert set(re.findall(r"url\(([^:)]*)", style)) == {"data"}
    assert not re.search(r"@import|<link(?! rel=\"icon\" href=\"data:,\")", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_its_language_title_time_profile_and_filters(
    filled, gazetteer, tmp_path, language
) -> None:
    told = decks.told(filled, gazetteer, tmp_path, decks.shipped(), language)
    text = page(told).decode()
    assert f'<html lang="{language}">' in text
    assert f"<title>{html.escape(told.briefing.title)}</title>" in text
    (about,) = re.findall(r'name="description" content="([^"]*)"', text)
    said = html.unescape(about)
    for part in (told.as_of, told.profile, told.generalised, told.sha256):
        assert part in said
    for screen in told.screens:
        assert screen.question is None or screen.question.sentence in said
    assert f'<noscript><p class="deck-noscript">{html.escape(told.t(NO_SCRIPT))}' in text
    assert 'name="referrer" content="no-referrer"' in text


def test_no_text_breaks_out_of_its_place_in_the_file(hostile, deck) -> None:
    def tags(one):
        """Return the file's own tags: what its scripts and styles hold is none."""
        within = re.compile(r"(<(script|style)[^>]*>).*?(</\2>)", re.DOTALL)
        return re.findall(r"<(/?[a-zA-Z!][^\s>]*)", within.sub(r"\1\3", page(one).decode()))

    assert tags(hostile) == tags(deck)
    text = page(hostile).decode()
    assert [text.lower().count(sign) for sign in ("<script", "</script", "<!--")] == [4, 4, 0]
    headlines = [one["headline"] for one in unpacked(text)["screens"]]
    assert [one for one in HOSTILE if one not in headlines] == []


def test_the_file_brings_the_letters_that_it_needs(filled, gazetteer, tmp_path) -> None:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    told = decks.told(filled, gazetteer, tmp_path,
                      decks.briefing({"headline": "Sŏul 힣 漢"}), "ko")  # fmt: skip
    text = page(told).decode()
    faces = re.findall(
        r'font-family: "([^"]*)"; font-weight: (\d+); src: url\(data:font/woff;base64,([^)]*)', text
    )
    names = [f"Glimpse {name}" for name in ("Sans", "Signs", "Hangul")]
    assert [face[:2] for face in faces] == [(name, w) for name in names for w in ("400", "700")]
    held = {
        name: set(TTFont(BytesIO(base64.b64decode(data))).getBestCmap()) for name, _, data in faces
    }
    assert ord("ŏ") in held["Glimpse Sans"]
    assert {ord("힣"), ord("漢"), ord("평")} <= held["Glimpse Hangul"]
    assert ord("→") in held["Glimpse Signs"]


def test_the_shipped_briefing_is_a_small_file(deck, tmp_path) -> None:
    write_html(tmp_path / "deck.html", deck)
    assert (tmp_path / "deck.html").stat().st_size < 4_000_000


def test_five_thousand_entries_make_a_file_under_12_mb(new_store, gazetteer, tmp_path) -> None:
    opened = new_store()
    places = [located(candidate(f"t:{n}", name=f"Place {n}", lat=34 + n / 100, lon=124 + n / 100))
              for n in range(500)]  # fmt: skip
    decks.save(opened, *(
        entry(f"X{n}", places[n % 500], title=f"Title {n} of an entry with some words {n * 7}",
              recorded=f"20{n % 20:02}") for n in range(5_000)
    ))  # fmt: skip
    steps = [{"beside": one.value} for one in Beside] * 5
    told = decks.told(opened, gazetteer, tmp_path, decks.briefing(*steps))
    assert told.told
    assert len(page(told)) < 12_000_000


# ---- The component --------------------------------------------------------------------------


def test_the_component_is_laid_out_with_scripts_by_name_and_none_inline(tmp_path) -> None:
    assets.lay_out_deck(tmp_path)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    names = re.findall(r'(?:src|href|data-basemap)="([^"]*)"', text)
    assert all((tmp_path / name).is_file() for name in names)
    assert not re.search(r"<script(?! src=)|<style|style=|\bon\w+=", text)
    assert len(names) == len(list(tmp_path.iterdir())) - 1
    assets.lay_out_deck(tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == text


def test_the_deck_brings_the_engines_words(deck) -> None:
    assert payload(deck)["engine"] == layers.words(deck.t)


def test_every_script_of_the_deck_is_loaded() -> None:
    assert {name for name, _ in assets.deck_scripts()} >= set(DECK) - {"frame.js"}
