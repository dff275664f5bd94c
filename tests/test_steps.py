"""A briefing as it is kept: valid by construction, and bound to its profile."""

import pytest
from briefings import briefing, shipped

from geo.entry import Invalid
from geo.filters import Filters
from geo.steps import Briefing, Step, named


def test_the_shipped_briefing_is_valid_and_has_both_languages():
    one = shipped()
    assert one.languages == ("en", "ko")
    assert all("ko" in step.translations for step in one.steps)


def test_words_in_a_language_replace_ones_own_and_missing_ones_stay():
    one = briefing({"headline": "H", "text": "T", "translations": {"ko": {"headline": "제목"}}})
    (said,) = one.said("ko").steps
    assert (said.headline, said.text) == ("제목", "T")
    assert one.said("en").steps[0].headline == "H"


def test_a_published_briefing_never_asks_for_drafts():
    one = briefing("", "visibility=draft")
    assert one.asked(one.steps[0])[0].visibility == ("published",)
    assert one.asked(one.steps[1])[0] == Filters(region=("none",), visibility=("published",))


def test_a_briefing_of_the_team_asks_for_drafts_too():
    one = briefing("", "visibility=draft", profile="team")
    assert one.asked(one.steps[0])[0].visibility == ("published", "draft")
    assert one.asked(one.steps[1])[0].visibility == ("draft",)


def test_a_question_that_cannot_be_read_is_named():
    assert Step(id="x", filters="certainty=maybe&region=KP").asked() == (
        Filters(region=("KP",)), ("certainty",),
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "}, {"id": "A B"}, {"id": "../x"}, {"profile": "all"}, {"language": "fr"},
        {"steps": [{"id": "a"}, {"id": "a"}]},
        {"steps": [{"id": "a", "view": {"lat": 91, "lon": 0, "zoom": 3}}]},
        {"steps": [{"id": "a", "exhibit": {"sha256": "../../etc/passwd"}}]},
        {"steps": [{"id": f"s{n}"} for n in range(201)]}, {"unknown": 1},
    ],
)  # fmt: skip
def test_nonsense_is_refused(wrong):
    with pytest.raises(Invalid):
        Briefing.model_validate({"id": "x", "title": "X", **wrong})


def test_names_are_made_of_titles_and_never_twice():
    assert named("What two reports show!", set()) == "what-two-reports-show"
    assert named("평양", {"briefing"}) == "briefing-2"
    assert len(named("x" * 500, set())) <= 80
