"""Pictures of the map: what is said by size, line and tone is there, pixel by pixel."""

import itertools
import math
import re
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from conftest import HOSTILE, ROOT, candidate
from PIL import Image

from geo import picture, points
from geo.__main__ import main
from geo.entry import Level, Visibility
from geo.i18n import translator
from geo.index import Index
from geo.intake import fill_if_new
from geo.layers import WORDS
from geo.mercator import mercator
from geo.picture import Look, Scene, frame, letters, tints
from geo.picture.colours import THEMES, rgba
from geo.store import open_store

LIGHT, DARK = THEMES["light"], THEMES["dark"]


@pytest.fixture(scope="module")
def nine(geocoder, tmp_path_factory):
    """Return the rows of the nine shipped entries."""
    made = tmp_path_factory.mktemp("nine")
    store = open_store(f"sqlite:///{made / 'nine.sqlite'}")
    fill_if_new(store, geocoder)
    index = Index(store, made)
    index.refresh()
    rows = index.placed()
    store.engine.dispose()
    return rows


def rows_of(*candidates, **columns):
    """Return the rows of made-up entries, each certainly at its candidate."""
    found = points.of_candidates(candidates)
    found = {key: column.astype(object) if column.dtype.kind == "U" else column
             for key, column in found.items()}  # fmt: skip
    found["certainty"][:] = "certain"
    for key, value in columns.items():
        found[key][:] = value
    return found


def shot(rows, look=None, **scene):
    """Return what was drawn, with its pixels as numbers 0 to 255."""
    look = look or Look()
    drawn = picture.drawn(Scene(rows, **scene), look, translator(look.language))
    return drawn, np.asarray(Image.open(BytesIO(drawn.png)).convert("RGB")).astype(int)


def pixel(image, x, y, sharp=2):
    return image[int(y * sharp), int(x * sharp)]


def like(pixels, colour, near=60):
    """Return which pixels are about of a colour."""
    wanted = np.array(rgba(colour)[:3]) * 255
    return np.abs(np.asarray(pixels) - wanted).sum(axis=-1) < near


def ring(image, symbol, colour, r=None):
    """Return the share of a circle that is drawn in a colour."""
    turn = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    r = r or symbol.r
    on = [pixel(image, symbol.x + r * np.cos(a), symbol.y + r * np.sin(a)) for a in turn]
    return like(np.array(on), colour).mean()


def by_name(drawn):
    return {one.name: one for one in drawn.symbols}


def meet(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


# ---- The symbol language ---------------------------------------------------------------


def test_what_is_certain_is_solid_and_what_is_possible_is_dashed_and_hollow(nine):
    drawn, image = shot(nine)
    found = by_name(drawn)
    assert set(found) == {"Pyongyang", "Chongjin", "Rajin"}
    assert ring(image, found["Pyongyang"], LIGHT.certain) > 0.97
    for name in ("Chongjin", "Rajin"):
        one = found[name]
        assert 0.4 < ring(image, one, LIGHT.possible) < 0.85
        assert ring(image, one, LIGHT.certain) == 0
        inside = [pixel(image, one.x + dx, one.y + one.r * 0.65) for dx in (-2, 0, 2)]
        assert like(inside, LIGHT.panel, 45).all()


def test_symbols_stand_where_the_places_are(nine):
    drawn, _ = shot(nine, view=(39.8, 127.2, 6))
    x, y = mercator(39.0339, 125.7543)
    pyongyang = by_name(drawn)["Pyongyang"]
    assert math.dist((pyongyang.x, pyongyang.y), (drawn.view.x(x), drawn.view.y(y))) < 2


def test_an_entry_counts_once_and_certain_apart_from_possible(nine):
    drawn, _ = shot(nine)
    assert {one.name: (one.certain, one.possible) for one in drawn.symbols} == {
        "Pyongyang": (7, 0), "Chongjin": (0, 2), "Rajin": (0, 2),
    }  # fmt: skip
    far, _ = shot(nine, view=(39.8, 127.2, 4))
    together = next(one for one in far.symbols if one.shape == "cluster")
    assert (together.certain, together.possible, together.text) == (0, 2, "2")
    assert drawn.shown == far.shown == 9


def test_the_counts_are_said_beside_the_names(nine):
    drawn, _ = shot(nine)
    texts = [text for text, _ in drawn.texts]
    assert "Pyongyang 평양 7 here, 3 inferred" in texts
    assert {"Chongjin 청진 2 possible", "Rajin 라진 2 possible"} <= set(texts)
    korean, _ = shot(nine, Look(language="ko"))
    assert any(text.startswith("평양 Pyongyang 이곳 7") for text, _ in korean.texts)


def test_candidates_of_one_entry_are_joined_by_a_dashed_line(nine):
    drawn, image = shot(nine, view=(42, 130, 8))
    a, b = (by_name(drawn)[name] for name in ("Chongjin", "Rajin"))
    far = math.dist((a.x, a.y), (b.x, b.y))
    along = np.linspace((a.r + 3) / far, 1 - (b.r + 3) / far, 400)
    on = like([pixel(image, a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t) for t in along],
              LIGHT.possible, 120)  # fmt: skip
    assert 0.35 < on.mean() < 0.85
    assert np.count_nonzero(np.diff(on.astype(int)) == 1) > 5


@pytest.mark.parametrize("zoom", [1, 3, 5])
def test_no_circle_is_smaller_than_nine_pixels(nine, zoom):
    drawn, _ = shot(nine, view=(39.8, 127.2, zoom))
    assert all(one.r >= 9 for one in drawn.symbols)


@pytest.mark.parametrize(("zoom", "metres"), [(8, 15_000), (9, 15_000), (10, 15_000), (11, 15_000)])
def test_close_by_the_real_radius_is_drawn(nine, zoom, metres):
    drawn, image = shot(nine, view=(39.03, 125.75, zoom))
    one = by_name(drawn)["Pyongyang"]
    across = 40_075_016.686 * math.cos(math.radians(39.0339)) / (256 * 2**zoom)
    assert max(one.r, one.extent) == pytest.approx(metres / across, rel=0.01)
    if zoom < 11:  # the whole circle is seen
        assert ring(image, one, LIGHT.certain, max(one.r, one.extent)) > 0.9


def test_a_site_is_a_small_dot_on_a_stem_and_its_foot_is_the_place():
    place = candidate(lat=39.0, lon=126.0, feature="bridge", uncertainty_m=50)
    drawn, image = shot(rows_of(place), view=(39, 126, 8))
    (one,) = drawn.symbols
    assert (one.shape, one.r) == ("site", 6)
    middle = (480, (drawn.view.height) / 2)
    assert math.dist((one.x, one.foot), middle) < 1
    assert like(pixel(image, one.x, one.foot - 4), LIGHT.certain, 90)
    assert like(pixel(image, one.x, one.y), LIGHT.certain, 90)


def test_a_province_is_its_own_outline_and_no_circle():
    place = candidate(lat=40.2, lon=127.5, feature="province", admin1="KP-08",
                      uncertainty_m=90_000)  # fmt: skip
    rows = rows_of(place)
    drawn, image = shot(rows, view=(40, 127.5, 7))
    plain, bare = shot({key: column[:0] for key, column in rows.items()}, view=(40, 127.5, 7))
    (one,) = drawn.symbols
    assert (one.shape, one.area) == ("badge", "KP-08")
    changed = np.abs(image - bare).sum(axis=-1) > 8
    whole = np.count_nonzero(changed[: int(drawn.view.height * 2)]) / 4
    assert 0.2 * math.pi * one.extent**2 < whole < 0.9 * math.pi * one.extent**2
    assert plain.view == drawn.view


def test_the_counts_of_a_province_and_of_its_town_do_not_cover_each_other():
    place = {"lat": 40.0, "lon": 127.6, "admin1": "KP-08", "country": "KP"}
    rows = rows_of(
        candidate("t:1", feature="city", **place),
        candidate("t:2", feature="province", uncertainty_m=9e4, **place),
        candidate("t:3", feature="country", uncertainty_m=4e5, **place),
    )
    drawn, _ = shot(rows, view=(40, 127.5, 6))
    assert len(drawn.symbols) == 3
    for a, b in itertools.combinations(drawn.symbols, 2):
        assert math.dist((a.x, a.y), (b.x, b.y)) >= a.r + b.r


def toned(level):
    place = candidate(lat=39.0, lon=126.0, uncertainty_m=30_000)
    drawn, image = shot(rows_of(place, verification=level), view=(39, 126, 8))
    one = drawn.symbols[0]
    return one, image, pixel(image, one.x + one.r * 0.75, one.y)


def test_the_more_is_verified_the_stronger_is_the_fill():
    levels = ("not_assessed", "reported", "corroborated", "geolocated")
    inside = [toned(level)[2] for level in levels]
    far = [np.abs(one - np.array(rgba(LIGHT.certain)[:3]) * 255).sum() for one in inside]
    assert far == sorted(far, reverse=True)
    assert min(np.diff(far[::-1])) > 15


def test_contested_is_half_and_half_and_refuted_is_struck_through_in_grey():
    one, image, right = toned("contested")
    left = pixel(image, one.x - one.r * 0.75, one.y)
    assert like(left, LIGHT.certain, 130)
    assert not like(right, LIGHT.certain, 200)
    one, image, _ = toned("refuted")
    assert ring(image, one, LIGHT.refuted) > 0.9
    far = one.r * 0.68
    assert like(pixel(image, one.x + far, one.y - far), LIGHT.refuted, 90)


def test_every_verification_and_every_line_has_its_sign_in_the_legend():
    said = {
        key.text for row in picture.legend.of_symbols(translator("en")).rows for key in row.keys
    }
    assert {level.value.replace("_", " ") for level in Level} <= said
    assert {"here", "inferred", "possibly", "site", "city", "province", "together"} <= said


@pytest.mark.parametrize(("theme", "name"), [("light", "light"), ("dark", "dark")])
def test_the_colours_are_those_of_the_live_map(theme, name):
    script = (ROOT / "geo" / "symbols.js").read_text("utf-8")
    block = re.search(rf"\b{name}: \{{(.*?)\n    \}},", script, re.DOTALL)[1]
    live = dict(re.findall(r"(\w+): '([^']+)'", block))
    assert set(live) == set(vars(THEMES[theme]))
    for key, colour in live.items():
        if parts := re.match(r"rgba\((\d+),(\d+),(\d+),(.+)\)", colour):
            red, green, blue = (int(part) for part in parts.groups()[:3])
            colour = f"#{red:02x}{green:02x}{blue:02x}{round(float(parts[4]) * 255):02x}"  # noqa: PLW2901
        assert vars(THEMES[theme])[key] == colour, key


def test_a_dark_picture_is_dark(nine):
    _, image = shot(nine, Look(theme="dark"))
    assert image.mean() < 70
    assert like(image[20, 1200], DARK.land) or like(image[20, 1200], DARK.sea)


def test_marked_entries_are_ringed_and_the_others_stand_back(nine):
    marked = shot(nine, marked=frozenset({7}))
    plain = shot(nine)
    one = by_name(marked[0])["Rajin"]
    assert one.hot
    assert ring(marked[1], one, LIGHT.possible, one.r + 5) > 0.8
    assert ring(plain[1], one, LIGHT.possible, one.r + 5) < 0.3
    assert ring(marked[1], by_name(marked[0])["Pyongyang"], LIGHT.certain) < 0.5


# ---- Names -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (640, 400), (200, 150)])
@pytest.mark.parametrize("foot", [True, False])
def test_no_text_lies_over_another_or_over_a_symbol(nine, language, size, foot):
    drawn, _ = shot(nine, Look(language, width=size[0], height=size[1], foot=foot, sharp=1))
    assert len(drawn.texts) > 2
    for (text, a), (other, b) in itertools.combinations(drawn.texts, 2):
        assert not meet(a, b), f"{text} over {other}"
    for one in drawn.symbols:
        body = (one.x - one.r, one.y - one.r, one.x + one.r, one.y + one.r)
        assert not [text for text, box in drawn.texts if meet(body, box)]


def test_no_name_is_cut_off_at_the_edge(nine):
    drawn, _ = shot(nine)
    for text, (left, top, right, bottom) in drawn.texts:
        assert left >= 0, text
        assert top >= 0, text
        assert right <= 960, text
        assert bottom <= drawn.view.height, text


def test_every_letter_has_a_sign_in_korean_and_english(nine):
    said = "평양 Pyŏngyang Hŭngnam 平壤 Москва Ἀθῆναι ✓ → ½ “…”"
    for language in ("en", "ko"):
        drawn, _ = shot(nine, Look(language=language), title=said)
        texts = [*WORDS.values(), *map(translator("ko"), WORDS.values()), said]
        for text in [*texts, *(text for text, _ in drawn.texts)]:
            assert "\ufffd" not in letters.printable(text), text
    for weight in ("regular", "bold", "italic"):
        held = frozenset().union(*map(letters.letters, letters.files(weight)))
        for text in [*texts, "\ufffd"]:
            assert set(map(ord, letters.printable(text))) <= held, text


@pytest.mark.parametrize(
    "text", [*HOSTILE, "$x$", "$\\frac{1}{2}$", "\\$", "a\x00b\u202ec", " \n\t"]
)
def test_odd_text_is_written_letter_for_letter_without_a_warning(nine, text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rows = {key: column.copy() for key, column in nine.items()}
        rows["name"][:] = text
        rows["native"][:] = text
        drawn, _ = shot(rows, Look(sharp=1), title=text, counts=text)
    shown = letters.printable(text)
    assert shown == re.sub(r"🎬", "\ufffd", re.sub(r"[\x00\u202e]", "", text)).strip()
    assert not shown or any(shown in letters.printable(said) for said, _ in drawn.texts)


def test_dollars_are_no_mathematics():
    style = letters.Style(100)
    one = letters.width("$", style)
    assert letters.width("$x$", style) == pytest.approx(2 * one + letters.width("x", style))


def test_a_name_that_no_font_can_write_is_left_out_beside_one_that_can(nine):
    rows = {key: column.copy() for key, column in nine.items()}
    rows["native"][:] = "𐎱𐎠𐎼𐎿"
    drawn, _ = shot(rows)
    assert "Pyongyang 7 here, 3 inferred" in [text for text, _ in drawn.texts]


def test_a_long_title_and_long_counts_leave_room_for_the_map(nine):
    drawn, _ = shot(nine, title="word " * 500, counts="x" * 3000)
    assert drawn.view.height > 0.5 * 600


# ---- The frame -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "sharp"), [((960, 600), 2), ((960, 600), 1), ((200, 150), 2), ((641, 401), 1.5)]
)
def test_the_file_has_the_size_that_is_asked_for(nine, size, sharp):
    _, image = shot(nine, Look(width=size[0], height=size[1], sharp=sharp))
    assert image.shape[:2] == (round(size[1] * sharp), round(size[0] * sharp))


def test_the_same_scene_is_the_same_bytes_from_any_thread(nine):
    scenes = [Scene(nine, title=f"{n % 2}") for n in range(8)]
    with ThreadPoolExecutor(4) as pool:
        made = list(
            pool.map(lambda one: picture.draw(one, Look(sharp=1), translator("ko")), scenes)
        )
    assert made[0] != made[1]
    assert len(set(made[::2])) == len(set(made[1::2])) == 1


def test_the_order_of_the_rows_changes_nothing(nine):
    turned = {key: column[::-1] for key, column in nine.items()}
    assert shot(nine)[0].png == shot(turned)[0].png


def test_without_rows_it_is_the_first_view_and_says_so(nine):
    none = {key: column[:0] for key, column in nine.items()}
    drawn, _ = shot(none)
    assert drawn.symbols == ()
    assert "No entry with a place fits these filters." in [text for text, _ in drawn.texts]
    assert drawn.view.zoom == 6
    assert drawn.view.lat == pytest.approx(39.8, abs=0.01)


def test_what_lies_on_both_sides_of_the_180th_meridian_is_not_torn_apart():
    places = [candidate(f"t:{n}", name=f"P{n}", lat=-17, lon=lon, country="FJ", admin1="")
              for n, lon in enumerate((179.2, -179.0))]  # fmt: skip
    drawn, image = shot(rows_of(*places))
    a, b = (by_name(drawn)[name] for name in ("P0", "P1"))
    assert drawn.view.zoom >= 7
    assert 50 < b.x - a.x < 400
    for one in (a, b):
        assert 0 < one.x < 960
        assert ring(image, one, LIGHT.certain) > 0.9
    assert like(image[300], LIGHT.sea).mean() > 0.5


def test_all_the_world_is_shown_with_every_count_on_the_map():
    lons = range(-175, 180, 10)
    rows = rows_of(*(candidate(f"t:{n}", lat=n % 60 - 30, lon=lon)
                     for n, lon in enumerate(lons)))  # fmt: skip
    drawn, _ = shot(rows)
    assert drawn.shown == len(lons)
    assert sum(one.n for one in drawn.symbols) == len(lons)
    assert all(one.x - one.r >= 0 and one.x + one.r <= 960 for one in drawn.symbols)


def test_above_many_places_squares_are_counted_and_nobody_is_lost(nine):
    chance = np.random.default_rng(1)
    size = 5_000
    place = np.array([f"t:{n}" for n in range(size)], dtype=object)
    like_nine = {key: np.resize(column, size) for key, column in nine.items()}
    rows = like_nine | {
        "entry_no": np.arange(size), "place_id": place,
        "x": chance.integers(0, 1 << 24, size), "y": chance.integers(1 << 22, 3 << 22, size),
        "certainty": np.full(size, "certain", dtype=object),
    }  # fmt: skip
    drawn, _ = shot(rows, view=(0, 0, 1.8))
    assert {one.shape for one in drawn.symbols} == {"cluster"}
    assert sum(one.n for one in drawn.symbols) == drawn.shown == size


def test_a_small_picture_explains_what_occurs_and_a_tiny_one_still_credits(nine):
    small, _ = shot(nine, Look(width=640, height=400), title="Title", counts="Counts")
    assert small.view.height < 400 - 100
    tiny, image = shot(nine, Look(width=200, height=150), title="Title", counts="Counts")
    assert tiny.view.height >= 75
    assert like(image[-4:, :8], LIGHT.panel).all()
    short = frame.foot((200, 150), ("", "", ""), [frame.NONE], translator("en"), LIGHT)
    assert "GeoNames CC BY 4.0" in " ".join(short.credits)


def test_the_words_of_the_credits_are_the_engines_without_leaflet():
    assert frame.credit(translator("en")) == "Natural Earth · GeoNames CC BY 4.0"
    assert "GeoNames CC BY 4.0" in frame.credit(translator("ko"))


def test_neither_pyplot_nor_anybodys_settings_are_touched():
    code = (
        "import sys, matplotlib; before = matplotlib.rcParams.copy(); import geo.picture;"
        "assert 'matplotlib.pyplot' not in sys.modules;"
        "assert matplotlib.rcParams.copy() == before"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


# ---- Regions ---------------------------------------------------------------------------

COUNTS = {"KP-01": (7, 0), "KP-09": (0, 2), "KP-13": (0, 2)}


def test_regions_are_tinted_where_certain_and_hatched_where_only_possible(nine):
    drawn, image = shot(nine, regions=COUNTS, view=(40.8, 128, 7))
    _, bare = shot(nine, regions={}, view=(40.8, 128, 7))
    assert drawn.symbols == ()
    s = drawn.view
    land, tint = (np.array(rgba(one)[:3]) for one in (LIGHT.interest, LIGHT.certain))
    wanted = "#" + "".join(f"{round(255 * v):02x}" for v in 0.55 * land + 0.45 * tint)
    assert 1_000 < np.count_nonzero(like(image, wanted, 12)) < 40_000  # Pyongyang is small
    assert np.count_nonzero(like(bare, wanted, 12)) < 50
    x, y = (int(2 * v) for v in (s.x(mercator(41.3, 129.3)[0]), s.y(mercator(41.3, 129.3)[1])))
    hatched = image[y - 30 : y + 30, x - 30 : x + 30]
    assert 0.08 < like(hatched, LIGHT.possible, 90).mean() < 0.4
    assert not like(bare[y - 30 : y + 30, x - 30 : x + 30], LIGHT.possible, 90).any()
    texts = [text for text, _ in drawn.texts]
    assert texts.count("2") == 2
    assert "7" in texts
    assert {"Pyongyang 평양", "North Hamgyong 함경북도"} <= set(texts)


def test_a_marked_entry_keeps_its_symbols_over_the_regions(nine):
    drawn, _ = shot(nine, regions=COUNTS, marked=frozenset({7}))
    assert set(by_name(drawn)) == {"Chongjin", "Rajin"}


def test_a_region_without_an_outline_stands_in_a_box_with_its_number(nine):
    rows = {key: column.copy() for key, column in nine.items()}
    rows["admin1"][:] = "XX-1"
    drawn, _ = shot(rows, regions={"XX-1": (3, 1)})
    assert "XX-1 3 1" in [text for text, _ in drawn.texts]
    drawn, _ = shot(rows, regions={"XX-1": (3, 1)}, region_names={"XX-1": "Far Province"})
    assert "Far Province 3 1" in [text for text, _ in drawn.texts]


def test_the_more_certain_entries_the_stronger_is_the_tint():
    classed = tints.steps({"KP-01": (1, 0), "KP-02": (10, 0), "KP-03": (100, 5)})
    strengths = [tints.strength(classed, n) for n in (0, 1, 10, 100)]
    assert strengths == sorted(set(strengths))
    assert strengths[0] == 0


# ---- The command -----------------------------------------------------------------------


@pytest.fixture
def run(cache, filled, tmp_path, capfd):
    """Return a function that runs the command over the nine entries: exit code, messages."""

    def run_here(*arguments):
        capfd.readouterr()
        try:
            store = f"sqlite:///{tmp_path / 'filled.sqlite'}"
            code = main(["--store", store, "picture", *map(str, arguments)])
        except SystemExit as stopped:
            code = stopped.code
        return code, capfd.readouterr().err

    return run_here


def size_of(path):
    with Image.open(path) as image:
        return image.format, image.size


def test_the_command_draws_what_stats_counts(run, tmp_path):
    out = tmp_path / "map.png"
    code, err = run(out)
    assert (code, size_of(out)) == (0, ("PNG", (1920, 1200)))
    assert err.strip() == f"Wrote {out}: 9 entries, 9 on the map, 0 without a place."
    code, err = run(out, "--filters", "region=KP-13", "--size", "640x400", "--language", "ko",
                    "--theme", "dark", "--view", "42,130,7", "--no-legend")  # fmt: skip
    assert (code, size_of(out)) == (0, ("PNG", (1280, 800)))
    assert "2 entries, 2 on the map" in err


def test_what_is_withheld_is_on_no_picture(run, tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'filled.sqlite'}")
    held = store.entries(["A1"])["A1"]
    store.save([held.model_copy(update={"visibility": Visibility.WITHHELD})], "tester", "withheld")
    store.engine.dispose()
    code, err = run(tmp_path / "map.png")
    assert code == 0
    assert "8 entries, 8 on the map" in err


def test_drafts_on_a_picture_are_counted_below_it(run, tmp_path, monkeypatch):
    seen, drawn = [], picture.drawn
    monkeypatch.setattr(
        picture, "drawn", lambda scene, *how: seen.append(scene) or drawn(scene, *how)
    )
    store = open_store(f"sqlite:///{tmp_path / 'filled.sqlite'}")
    one = store.entries(["A1"])["A1"]
    store.save([one.model_copy(update={"visibility": Visibility.DRAFT})], "tester", "a draft")
    store.engine.dispose()
    assert run(tmp_path / "map.png")[0] == 0
    assert seen[0].counts.endswith("drafts among them: 1")


def test_filters_that_leave_nothing_give_a_picture_that_says_so(run, tmp_path):
    code, err = run(tmp_path / "map.png", "--filters", "text=nothingofthekind")
    assert (code, "0 entries, 0 on the map" in err) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["map.jpg"], "end “.*map.jpg” in .png"),
        (["map"], "in .png"),
        (["map.png", "--view", "99,0,3"], "“99,0,3” is no view"),
        (["map.png", "--view", "1,2"], "is no view"),
        (["map.png", "--view", "nan,2,3"], "is no view"),
        (["map.png", "--view", "1,2,inf"], "is no view"),
        (["nowhere/map.png"], "cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_sentence(run, tmp_path, arguments, said):
    name, *more = arguments
    code, err = run(tmp_path / name, *more)
    assert code == 1
    assert re.search(said, err)
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("size", ["100x100", "9000x500", "640", "x", "640x-400"])
def test_a_size_that_nothing_can_be_drawn_in_is_refused(run, tmp_path, size):
    code, err = run(tmp_path / "map.png", f"--size={size}")
    assert code == 2
    assert "200x150 to 4000x4000" in err


def test_a_picture_that_fails_leaves_the_old_one(run, tmp_path, monkeypatch):
    out = tmp_path / "map.png"
    out.write_bytes(b"the old one")
    monkeypatch.setattr(picture, "drawn", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(out)
    assert out.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".glimpse-*"))


# ---- The live map ----------------------------------------------------------------------


@pytest.mark.browser
def test_the_live_map_and_the_picture_put_the_same_places_together(browser, gazetteer, folder):
    from geo import formats, intake, synth
    from geo.geocode import offline
    from tests.chromium import app, visits

    sheet = folder / "some.csv"
    formats.write(sheet, synth.synthetic(gazetteer, 400))
    store = open_store(f"sqlite:///{folder / 'some.sqlite'}")
    intake.take_file(store, offline(gazetteer), sheet)
    index = Index(store, folder, gazetteer)
    index.refresh()
    with (
        app(folder / "cache", folder / "some.sqlite", folder / "some.log") as address,
        visits(browser, address) as opened,
    ):
        live = opened("/?view=47,8,4").map_drawn()["symbols"]
    drawn, _ = shot(index.placed(), Look(width=600, height=500, foot=False), view=(47, 8, 4))
    ours = {(one.n, one.certain, one.possible, one.name) for one in drawn.symbols}
    theirs = {(one["n"], one["certain"], one["possible"], one["name"]) for one in live}
    # The live map knows a radius within 3 %, so that it may put two more or less together.
    assert len(ours) > 20
    assert len(ours & theirs) >= 0.95 * len(ours)
