"""Every text of the interface has its Korean, and no Korean is left over."""

import ast
import csv
import json
import re
from collections import Counter

import pytest
from conftest import HOSTILE, ROOT

from geo import (
    article,
    claim,
    coordinates,
    dates,
    document,
    edit,
    entry,
    errors,
    filters,
    geocode,
    layers,
    ledger,
    reading,
)
from geo.briefing import closing, payload, telling
from geo.filters import sentence
from geo.formats import convert, export_kml, ours, place
from geo.formats.dialect import dialects
from geo.i18n import LANGUAGES, language_of, translator
from geo.intake import given
from geo.sheet import kind
from views import frame, keys, tour

SOURCES = sorted(
    [ROOT / "app.py", *(path for part in ("views", "geo") for path in (ROOT / part).rglob("*.py"))]
)
ENUMS = ("Absence", "Basis", "DecidedBy", "Level", "Match", "Outcome", "Precision", "Relation",
         "Visibility")  # fmt: skip
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
KOREAN = ROOT / "data" / "translations" / "ko.json"


def translations():
    return json.loads(KOREAN.read_text(encoding="utf-8"))


def trees():
    """Return the syntax tree of every source."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def strings(node):
    """Return every string constant below a node."""
    found = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    return {text for text in found if isinstance(text, str)}


def top_level():
    """Return the module-level assignments by name: a call may name one of them."""
    found = {}
    for tree in trees().values():
        for node in tree.body:
            if isinstance(node, ast.Assign):
                found |= {n.id: node.value for n in node.targets if isinstance(n, ast.Name)}
    return found


def arguments(path, call):
    """Return the arguments of a call that are texts of the interface."""
    function = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if function == "counted":
        return call.args[2:]
    error = function in ERRORS
    return call.args[:1] if function == "t" or error else []


def said_in_code():
    """Return every constant handed to `t(…)` or `counted(…)`, or raised as an error's sentence."""
    named, found = top_level(), set()
    for path, tree in trees().items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            for text in arguments(path, call):
                choices = [text.body, text.orelse] if isinstance(text, ast.IfExp) else [text]
                for choice in choices:
                    value = named.get(choice.id) if isinstance(choice, ast.Name) else choice
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        found.add(value.value)
    return found


def said_in_lists():
    """Return the texts of the pages' own lists of headings and paragraphs."""
    found = set()
    for path, tree in trees().items():
        for node in tree.body if path.parent.name == "views" else ():
            names = {getattr(target, "id", "") for target in getattr(node, "targets", ())}
            if names & {"_HEADINGS", "_SAID", "SAID"}:
                values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
                found |= {text for value in values for text in strings(value)}
    return found


def said_by_name():
    """Return the texts that reach `t` as values: headings, reasons, closed lists, categories."""
    members = {member.value for name in ENUMS for member in getattr(entry, name)}
    members |= {form.value for form in coordinates.Form}
    with (ROOT / "data" / "footage.csv").open(encoding="utf-8", newline="") as file:
        categories = {row["category"] for row in csv.DictReader(file)}
    return {
        *sentence._HEADINGS.values(),
        *sentence._SAID.values(),
        *(text for three in sentence._DATED.values() for text in three),
        *(text for some in (dates.MONTHS, dates.SEASONS, dates.DOUBTS) for text in some.values()),
        *geocode.REASONS,
        *article.NOTICES,
        document.GUESSED,
        *given.REASONS,
        *given.WORDS,
        *claim._WINDS,
        *edit.WORDS,
        *convert.WORDS,
        *place.WORDS,
        *ours.WORDS,
        *kind._NOT.values(),
        *(note for dialect in dialects() for note in dialect.notes),
        *(value.replace("_", " ") for value in members),
        *filters.CERTAINTIES.values(),
        *layers.WORDS.values(),
        *payload.WORDS.values(),
        *export_kml.FOLDERS.values(),
        *reading.JUDGED.values(),
        *reading.UNKNOWN.values(),
        *reading.EVIDENCE.values(),
        *reading.ONE_OF.values(),
        *said_in_lists(),
        *ledger.WHYS,
        *closing.WHY.values(),
        *telling.PROFILES.values(),
        *(text for _, heading, said in tour.STEPS for text in (heading, said)),
        *frame.FRAMES.values(),
        *frame.WORDS,
        *(text for heading, rows in keys.KEYS for text in (heading, *(said for _, said in rows))),
        *(category for category in categories if category),
    }


def test_every_text_has_a_translation():
    assert sorted((said_in_code() | said_by_name()) - set(translations())) == []


def test_no_translation_is_left_over():
    constant = set().union(*map(strings, trees().values()))
    assert sorted(set(translations()) - constant - said_by_name()) == []


def test_the_search_for_texts_finds_both_interface_and_errors():
    assert "Everything reported, anywhere, at any time" in said_in_code()
    assert any("restore a backup" in text for text in said_in_code())
    assert {"{n} entries at this place", "Remove this filter"} <= said_in_code()
    assert {"not assessed", "in {choices}", "street life", "What is seen"} <= said_by_name()


def test_a_translation_fills_the_same_placeholders():
    for text, said in translations().items():
        assert Counter(re.findall(r"{\w*}", said)) == Counter(re.findall(r"{\w*}", text)), text


def test_no_text_is_translated_twice():
    pairs = json.loads(KOREAN.read_text(encoding="utf-8"), object_pairs_hook=list)
    assert len({text for text, _ in pairs}) == len(pairs)


def test_every_translation_says_something_in_korean():
    for text, said in translations().items():
        words = re.sub(r"{\w*}|[\W\d_]", "", text)
        assert said.strip(), text
        assert not words or re.search(r"[가-힣]", said) or said != text, text


def test_korean_is_read_from_the_file():
    text = "Everything reported, anywhere, at any time"
    assert translator("ko")(text) == translations()[text] != text


@pytest.mark.parametrize("language", [*LANGUAGES, "xx", ""])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_without_translation_comes_back_as_it_is(language, text):
    assert translator(language)(text) == text


def test_values_are_put_into_their_places_and_never_read_as_places():
    assert translator("en")("from {choices}", choices="{x} {0}") == "from {x} {0}"


@pytest.mark.parametrize(
    ("wishes", "language"),
    [(("ko",), "ko"), (("ko-KR",), "ko"), (("KO_kr",), "ko"), ((None, "ko"), "ko"),
     (("fr", "ko"), "ko"), (("fr",), "en"), ((), "en"), (("",), "en"), (("en", "ko"), "en"),
     (("korean",), "en")],
)  # fmt: skip
def test_the_first_wish_that_is_a_language_is_granted(wishes, language):
    assert language_of(*wishes) == language


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Pyongyang 평양"), ("ko", "평양 Pyongyang"), ("xx", "Pyongyang 평양")],
)
def test_a_place_is_named_in_both_scripts_that_of_the_language_first(language, said):
    assert translator(language).name("Pyongyang", "평양") == said


def test_a_name_without_another_script_is_said_once():
    assert translator("ko").name("Paris") == translator("ko").name("Paris", "Paris") == "Paris"
    assert translator("ko").name("Moscow", "Москва") == "Moscow Москва"


def test_streamlits_own_words_can_be_told_apart_in_korean():
    said = [translations()[word] for word in frame.WORDS]
    assert len(said) == len(set(said))
