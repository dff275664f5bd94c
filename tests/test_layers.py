"""What streamlit-folium is handed: one script that never changes, and one door for all else."""

import base64
import gzip
import json
import re

import pytest
import streamlit_folium
from conftest import HOSTILE, ROOT

from geo import layers
from geo.errors import InputError
from geo.i18n import LANGUAGES, translator

ADDRESS = "../views.shelf.files/0123456789ab-basemap.bin"
SCRIPTS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "geo").glob("*.js"))}


@pytest.fixture
def sent(monkeypatch):
    """Return a function that shows a map and returns what would go to the browser."""
    caught: list[dict[str, object]] = []
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **sent: caught.append(sent))

    def show(value, address=ADDRESS):
        streamlit_folium.st_folium(
            layers.base(address),
            key="clicks",
            feature_group_to_add=layers.update(value),
            returned_objects=["last_active_drawing"],
        )
        return caught[-1]

    return show


def message(told):
    """Return the value that the group's script hands to the engine."""
    (text,) = re.findall(r'Glimpse\.update\("([A-Za-z0-9+/=]*)"\)', told["feature_group"])
    return json.loads(gzip.decompress(base64.b64decode(text)))


def test_the_script_is_the_same_each_time_so_that_the_map_never_remounts(sent) -> None:
    first, second = sent({"mask": "a"}), sent({"mask": "b", "selected": 7})
    for part in ("script", "header", "html", "key", "css_links", "js_links"):
        assert first[part] == second[part], part
    assert first["feature_group"] != second["feature_group"]


def test_another_base_map_is_another_script(sent) -> None:
    other = ADDRESS.replace("0123456789ab", "ba9876543210")
    assert sent({})["script"] != sent({}, other)["script"]


def test_the_same_message_is_the_same_group_so_that_nothing_is_drawn_twice(sent) -> None:
    assert sent({"mask": "a"})["feature_group"] == sent({"mask": "a"})["feature_group"]


def test_the_map_mounts_the_engine_once_with_the_group_that_reports_clicks(sent) -> None:
    script = sent({})["script"]
    (call,) = re.findall(r"Glimpse\.mount\(([^)]*)\)", script)
    host = re.search(r"host: (\w+)", call)[1]
    assert f'basemap: "{ADDRESS}"' in call
    assert f"var {host} = L.featureGroup(" in script


def test_each_update_resets_the_groups_so_that_none_pile_up(sent) -> None:
    assert "window.feature_group = [];" in sent({})["feature_group"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_outside_reaches_the_browser_as_base64_and_in_no_other_way(sent, text) -> None:
    marked = f"{text} zzmarkzz"
    value = {
        "points": {"names": [marked], "natives": [marked], marked: 1},
        "entry": marked,
        "selected": marked,
        "words": {"here": marked, marked: marked},
    }
    told, quiet = sent(value), sent({})
    assert "zzmarkzz" not in repr(told)
    assert "1337" not in told["script"]
    for part in told.keys() - {"feature_group", "id", "on_change"}:
        assert told[part] == quiet[part], part
    blank = re.compile(r'update\("[A-Za-z0-9+/=]*"\)')
    assert blank.sub("", told["feature_group"]) == blank.sub("", quiet["feature_group"])
    assert message(told) == value


@pytest.mark.parametrize(
    "sign", ['"', "'", "{", "}", "<", "\\", "`", "$", " ", "\n", "%", "?", ";"]
)
def test_an_address_with_a_sign_that_a_template_might_read_is_refused(sign) -> None:
    for address in (sign, f"files/{sign}map", f"map{sign}", f"{sign}map"):
        with pytest.raises(InputError):
            layers.base(address)


def test_an_empty_address_is_refused() -> None:
    with pytest.raises(InputError):
        layers.base("")


def test_a_message_that_is_not_base64_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(layers, "message", lambda value: value["text"])
    for text in ('"); alert(1); ("', "{{7*191}}", "a b", "YQ==\n"):
        with pytest.raises(InputError):
            layers.update({"text": text})


# ---- The engine's words ---------------------------------------------------------------------


def asked_for():
    """Return every key by which the scripts ask for a word, read from the scripts."""
    points, symbols = SCRIPTS["points.js"], SCRIPTS["symbols.js"]
    (rows,) = re.findall(r"const ROWS = \[(.*?)\n  \];", symbols, re.DOTALL)
    (kinds,) = re.findall(r"const KINDS = \[(.*?)\];", points)
    (acts,) = re.findall(r"const acts = \{(.*?)\n    \};", SCRIPTS["engine.js"], re.DOTALL)
    (levels,) = re.findall(r"const LEVELS = \[(.*?)\];", SCRIPTS["regions.js"])
    values = {
        "level": set(re.findall(r"'(\w+)'", levels)),
        "kind": {*re.findall(r"'(\w+)'", kinds), *re.findall(r"kind: '(\w+)'", points)},
        "head": set(re.findall(r"\['(\w+)', \[", rows)),
        "key": set(re.findall(r"'(\w+)'", re.sub(r"\['\w+', \[", "[", rows))),
    }
    found = set()
    for text in SCRIPTS.values():
        for call in re.findall(r"(?<!function )\bword\(('\w+'|`[^`]+`|\w+)", text):
            name = re.search(r"\$\{(\w+)\}", call)
            if call == "key":  # the buttons, each by its act
                found |= set(re.findall(r"^ +(\w+): \(\) =>", acts, re.MULTILINE))
            elif name:
                found |= {call.strip("`").replace(name[0], v) for v in values[name[1]]}
            else:
                assert call.startswith("'"), f"what does word({call}) ask for?"
                found.add(call.strip("'"))
        found |= set(re.findall(r"\bwords\??\.(broken)", text))
    return found


def test_the_words_are_exactly_those_that_the_scripts_ask_for() -> None:
    single = {key for key in layers.WORDS if key.endswith("_one")}
    assert set(layers.WORDS) - single == asked_for()
    assert {key.removesuffix("_one") for key in single} <= asked_for()


def test_a_word_for_one_is_asked_for_with_a_number() -> None:
    counted = set(re.findall(r"\bword\('(\w+)', ", "".join(SCRIPTS.values())))
    assert {key for key, text in layers.WORDS.items() if "{n}" in text} == {
        *counted,
        *(f"{key}_one" for key in counted if f"{key}_one" in layers.WORDS),
    }


def test_each_button_has_its_icon_and_its_word() -> None:
    (icons,) = re.findall(r"const ICONS = \{(.*?)\};", SCRIPTS["controls.js"], re.DOTALL)
    assert set(re.findall(r"(\w+): '", icons)) <= set(layers.WORDS)


def test_the_sentence_for_broken_data_is_there_before_any_word_has_come() -> None:
    (said,) = re.findall(r"const BROKEN = '([^']*)'", SCRIPTS["engine.js"])
    assert said == layers.WORDS["broken"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_come_in_each_language_with_their_numbers_place(language) -> None:
    said = layers.words(translator(language))
    assert said.keys() == layers.WORDS.keys()
    for key, text in said.items():
        assert text, key
        assert ("{n}" in text) == ("{n}" in layers.WORDS[key]), key


def test_only_a_map_that_asks_for_a_place_reports_clicks_on_the_ground() -> None:
    asking = layers.base(ADDRESS, address=False, picks=True).get_root().render()
    assert "address: false, picks: true" in asking
    assert "address: true, picks: false" in layers.base(ADDRESS).get_root().render()


@pytest.mark.parametrize("selected", [None, 7, (7, 9), []])
def test_one_entry_or_several_are_selected(selected) -> None:
    t = translator("en")
    value = layers.state(
        t, "en", theme="light", points={}, mark="", mask="", selected=selected, focus=3
    )
    assert json.loads(json.dumps(value["selected"])) == (
        list(selected) if isinstance(selected, tuple) else selected
    )
    assert value["focus"] == 3


def test_a_small_map_begins_with_its_legend_closed() -> None:
    assert "legend: false" in layers.base(ADDRESS, legend=False).get_root().render()
    assert "legend: true" in layers.base(ADDRESS).get_root().render()
