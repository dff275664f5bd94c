"""The pages of the briefings, run without a browser: what they list, say, save and leave out."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import HOSTILE, candidate, entry, located
from matplotlib.image import imsave
from streamlit.testing.v1 import AppTest

from geo.entry import Verification
from geo.i18n import LANGUAGES
from geo.media import file
from geo.steps import Briefing, Exhibit, Presented, Step, View
from geo.store import Store, default_url, open_store
from views import standing
from views.briefing_acts import duplicated
from views.briefing_all import new
from views.briefing_draft import Draft, part

NAME = "made"


def script(language: str) -> None:
    import streamlit as st

    from geo.i18n import translator
    from views import briefing

    home = st.Page(lambda: None, title="Map", url_path="map", default=True)
    st.navigation([home], position="hidden")
    briefing.draw(translator(language), language)


def page(language: str = "en", **asked: str) -> AppTest:
    test = AppTest.from_function(script, kwargs={"language": language}, default_timeout=90)
    for name, value in asked.items():
        test.query_params[name] = value
    return test.run()


def html(test: AppTest) -> str:
    return "\n".join(part.proto.body for part in test.get("html"))


def told(test: AppTest) -> str:
    """Return all that stands on the page as text."""
    parts = [*test.markdown, *test.caption, *test.warning, *test.error]
    return "\n".join([html(test), *(one.value for one in parts)])


def briefing(**changes: object) -> Briefing:
    steps = [Step(id="all", headline="Everything"), Step(id="rason", filters="region=KP-13")]
    return Briefing.model_validate({"id": NAME, "title": "Made up", "steps": steps, **changes})


@pytest.fixture
def own(cache: Path) -> Iterator[Store]:
    """Return the store that the pages open, two entries and a briefing of two steps in it."""
    assert cache.exists()
    store = open_store(default_url())
    one = entry("SEEN", located(candidate(name="Pyongyang")))
    rason = candidate("t:2", name="Rajin", admin1="KP-13")
    store.save([one, entry("RAJIN", located(rason))], "test", "made up", once="shipped")
    store.save([briefing()], "test", "begun")
    yield store
    store.engine.dispose()


def kept(store: Store) -> Briefing:
    found = store.briefing(NAME)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [{}, {"briefing": NAME}, {"briefing": NAME, "step": "rason"}])
def test_each_page_runs_in_each_language(own, language: str, asked: dict[str, str]) -> None:
    test = page(language, **asked)
    assert own.briefings()
    assert not test.exception
    assert not test.error


@pytest.mark.usefixtures("own")
def test_the_list_says_of_each_briefing_how_many_steps_it_has_and_whether_it_was_shown() -> None:
    label = next(one.label for one in page().button if one.key == f"open-{NAME}")
    assert "Made up" in label
    assert "2 steps" in label
    assert "never presented" in label


def test_a_list_without_briefings_says_how_one_comes(own: Store) -> None:
    own.save([kept(own).model_copy(update={"deleted": True})], "test", "deleted")
    test = page()
    assert "No briefing yet" in told(test)
    test.button(f"put-back-{NAME}").click().run()
    assert not kept(own).deleted


@pytest.mark.usefixtures("own")
def test_an_unknown_briefing_or_step_is_said_and_breaks_nothing() -> None:
    assert "There is no briefing “nothing”" in told(page(briefing="nothing"))
    assert "no such step" in told(page(briefing=NAME, step="nothing"))


def test_a_new_briefing_begins_with_its_title_and_opens(own: Store) -> None:
    test = page()
    test.text_input("briefing-new").set_value("Ports, 2013").run()
    test.button("briefing-begin").click().run()
    found = own.briefing("ports-2013")
    assert found is not None
    assert "Ports, 2013" in html(test)
    assert test.query_params["briefing"] == "ports-2013"


def test_a_title_is_saved_as_one_revision_and_undone_as_another(own: Store) -> None:
    test = page(briefing=NAME)
    test.text_input(f"briefing-{NAME}--title").set_value("Said anew").run()
    test.text_area(f"briefing-{NAME}--cover").set_value("**{total}** in all").run()
    assert "<strong>2</strong> in all" in html(test)
    assert kept(own).title == "Made up"
    test.button("briefing-save-").click().run()
    assert (kept(own).title, kept(own).cover) == ("Said anew", "**{total}** in all")
    assert len(own.briefing_history(NAME)) == 2
    test.button("briefing-undo").click().run()
    assert kept(own).title == "Made up"
    assert [one.why for one in own.briefing_history(NAME)][-1] == "an earlier state brought back"


def test_what_cannot_be_saved_is_said_in_one_sentence_and_stays_in_the_form(own: Store) -> None:
    test = page(briefing=NAME)
    test.text_input(f"briefing-{NAME}--date").set_value("soon").run()
    test.button("briefing-save-").click().run()
    assert "“soon” is not a date" in test.error[0].value
    assert test.text_input(f"briefing-{NAME}--date").value == "soon"
    test.text_input(f"briefing-{NAME}--title").set_value(" ").run()
    test.text_input(f"briefing-{NAME}--date").set_value("2013-05").run()
    test.button("briefing-save-").click().run()
    assert "a briefing has a title" in test.error[0].value
    assert len(own.briefing_history(NAME)) == 1


def test_nothing_is_written_over_what_somebody_saved_meanwhile(own: Store) -> None:
    test = page(briefing=NAME, step="rason")
    test.text_input(f"briefing-{NAME}-rason-headline").set_value("Mine").run()
    theirs = [Step(id="all"), Step(id="rason", headline="Theirs", notes="Theirs too")]
    own.save([briefing(steps=theirs)], "A colleague", "edited")
    test.button("briefing-save-rason").click().run()
    assert kept(own).steps[1].headline == "Theirs"
    assert "Somebody saved this meanwhile" in told(test)
    assert "A colleague" in told(test)
    assert '<td class="">Theirs</td><td class="">Mine</td>' in html(test)
    test.button("briefing-mine").click().run()
    test.button("briefing-save-rason").click().run()
    assert (kept(own).steps[1].headline, kept(own).steps[1].notes) == ("Mine", "Theirs too")


def test_who_works_on_another_step_is_not_in_the_way(own: Store) -> None:
    test = page(briefing=NAME, step="rason")
    test.text_input(f"briefing-{NAME}-rason-headline").set_value("Mine").run()
    theirs = [Step(id="all", headline="Theirs"), Step(id="rason", filters="region=KP-13")]
    own.save([briefing(steps=theirs)], "A colleague", "edited")
    test.run()
    test.button("briefing-save-rason").click().run()
    assert [one.headline for one in kept(own).steps] == ["Theirs", "Mine"]


def test_a_step_that_was_deleted_meanwhile_can_be_put_back_as_typed(own: Store) -> None:
    test = page(briefing=NAME, step="rason")
    test.text_input(f"briefing-{NAME}-rason-headline").set_value("Mine").run()
    own.save([briefing(steps=[Step(id="all")])], "A colleague", "step deleted")
    test.run()
    assert "Somebody deleted this step meanwhile" in told(test)
    test.button("briefing-mine").click().run()
    test.button("briefing-save-rason").click().run()
    assert [one.headline for one in kept(own).steps] == ["", "Mine"]


def test_the_preview_says_what_the_step_finds_and_warns_where_it_finds_nothing(
    own: Store,
) -> None:
    assert "1 of 2 entries" in html(page(briefing=NAME, step="rason"))
    steps = [
        Step(id="none", filters="text=nowhere", entries=("SEEN",)),
        Step(id="odd", filters="certainty=nonsense"),
    ]
    own.save([briefing(steps=steps)], "test", "edited")
    none = told(page(briefing=NAME, step="none"))
    assert "The question finds nothing" in none
    assert "1 chosen entry is not found" in none
    assert "a part of its question cannot be read" in told(page(briefing=NAME, step="odd"))


def test_the_words_of_another_language_are_kept_and_taken_out_again(own: Store) -> None:
    test = page(briefing=NAME, step="rason")
    field = f"briefing-{NAME}-rason-translations-ko-headline"
    test.text_input(field).set_value("라선").run()
    test.button("briefing-save-rason").click().run()
    assert kept(own).steps[1].said("ko").headline == "라선"
    test.text_input(field).set_value("").run()
    test.button("briefing-save-rason").click().run()
    assert kept(own).steps[1].translations == {}


def test_changes_since_the_presentation_are_listed_and_withdrawn_ones_without_title(
    own: Store,
) -> None:
    assert "Never presented yet" in told(page(briefing=NAME))
    own.save([Presented(id=NAME, seq=own.head()[0])], "test", "presented")
    assert "Nothing changed since it was presented" in told(page(briefing=NAME))
    place = located(candidate(name="Pyongyang"))
    judged = Verification(level="refuted", by="Somebody")
    own.save([entry("SEEN", place, verification=judged)], "test", "edited")
    own.save([entry("RAJIN", visibility="withheld", title="Secret")], "test", "withheld")
    own.save([entry("FRESH", place, title="A new one")], "test", "added")
    said = told(page(briefing=NAME))
    assert "**Refuted (1)**" in said
    assert "**New (1)**" in said
    assert "**Withdrawn: no longer shown (1)**" in said
    assert "RAJIN" in said
    assert "Secret" not in said


def test_undoing_twice_goes_back_twice_and_no_further_than_the_beginning(own: Store) -> None:
    test = page(briefing=NAME)
    for title in ("Second", "Third"):
        test.text_input(f"briefing-{NAME}--title").set_value(title).run()
        test.button("briefing-save-").click().run()
    assert kept(own).title == "Third"
    for title in ("Second", "Made up"):
        test.button("briefing-undo").click().run()
        assert kept(own).title == title
    assert "briefing-undo" not in [button.key for button in test.button]


def test_only_who_presents_is_kept_as_presenting(own: Store) -> None:
    page(briefing=NAME, present="1")
    assert own.presented(NAME) is None
    test = page(briefing=NAME)
    for number in (1, 2):
        test.button("briefing-present").click().run()
        test.button("present-leave").click().run()
        seen = own.presented(NAME)
        assert seen is not None, number


def test_a_freeze_keeps_the_data_and_the_undoing_of_it_lifts_that(own: Store) -> None:
    test = page(briefing=NAME)
    test.button("briefing-freeze").click().run()
    frozen = kept(own).frozen
    assert frozen is not None
    assert frozen.seq == own.head()[0]
    own.save([entry("FRESH", located(candidate(name="Pyongyang")))], "test", "added")
    assert "2 of 2 entries" in html(page(briefing=NAME, step="all"))
    test.button("briefing-freeze").click().run()
    assert kept(own).frozen is None
    assert "3 of 3 entries" in html(page(briefing=NAME, step="all"))


def test_a_graphic_picture_is_offered_and_not_drawn(own: Store, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    imsave(path, np.zeros((4, 6, 3)))
    sha256, _ = file.keep(path.read_bytes())
    shown = [Step(id="all", exhibit=Exhibit(sha256=sha256, caption="A square"))]
    own.save([briefing(steps=shown)], "test", "edited")
    test = page(briefing=NAME, step="all")
    assert test.get("image")
    test.toggle(f"briefing-{NAME}-all-exhibit-graphic").set_value(True).run()
    assert not test.get("image")
    assert "left out because it is graphic" in told(test)
    test.button("briefing-save-all").click().run()
    kept_one = kept(own).steps[0].exhibit
    assert kept_one is not None
    assert kept_one.graphic


@pytest.mark.parametrize("text", HOSTILE)
def test_words_from_outside_stand_letter_for_letter(own: Store, text: str) -> None:
    steps = [Step(id="all", headline=text, text=text, notes=text, filters=f"text={text}")]
    own.save([briefing(title=text, author=text, cover=text, steps=steps)], "test", "edited")
    for asked in ({}, {"briefing": NAME}, {"briefing": NAME, "step": "all"}):
        test = page(**asked)
        assert not test.exception
        assert "<script>" not in told(test)
        assert "<img" not in html(test)


def test_a_copy_of_a_step_has_a_name_of_its_own_and_stands_behind_it() -> None:
    steps = (Step(id="a"), Step(id="a-2"), Step(id="b"))
    assert [one.id for one in duplicated(steps, "a")] == ["a", "a-3", "a-2", "b"]


def test_names_of_new_briefings_are_made_of_their_titles() -> None:
    assert new("Ports, 2013", "en", {"ports-2013"}).id == "ports-2013-2"
    assert new("항구", "ko", set()).id == "briefing"


@pytest.mark.parametrize("text", ["", "a,b,c", "39", "91,0,3", "39,nan,3", "1,2,99"])
def test_a_view_that_makes_no_sense_is_none(text: str) -> None:
    assert standing.read(text) is None


def test_a_view_round_the_world_is_on_it() -> None:
    assert standing.read("39.5,485.5,6,k") == View(lat=39.5, lon=125.5, zoom=6)
    assert standing.written(View(lat=39.5, lon=125.5, zoom=6)) == "39.5000,125.5000,6"


def test_what_was_typed_is_laid_over_what_was_saved_meanwhile() -> None:
    before = briefing()
    mine = Draft(1, before, "", dict(part(before, "") or {}))
    mine.take("Mine", "title")
    mine.theirs = (2, briefing(title="Theirs", author="Somebody"))
    mine.join()
    changed = mine.changed()
    assert (changed.title, changed.author, mine.seq, mine.theirs) == ("Mine", "Somebody", 2, None)
