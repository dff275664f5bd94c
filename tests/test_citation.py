"""A citation says what was reported, in the report's own words, and leaves out what is unknown."""

import datetime as dt

from conftest import candidate, entry, located

from geo.citation import cite, permalink
from geo.entry import Report
from geo.i18n import translator

DAY = dt.date(2026, 11, 26)
T = translator("en")
REPORTS = {
    "R": Report(
        id="R", title="Footage", outlet="The Paper", published="2013-05", url="https://x.example/a"
    )
}


def test_it_names_title_report_paragraph_date_place_as_worded_address_and_day():
    place = candidate(name="Ch'ŏngjin")
    one = entry(
        "B1", located(place, locality="Chongjin"), recorded="2012",
        reports=[{"report": "R", "paragraph": "1, 3"}],
    )  # fmt: skip
    assert cite(T, one, REPORTS, "http://host/entry?entry=B1", DAY) == (
        "“Title of B1”. Reported in: Footage, The Paper, 2013-05, paragraph 1, 3,"
        " https://x.example/a. Recorded: 2012. Place as reported: “Chongjin”."
        " Verification: not assessed. Glimpse, entry B1. http://host/entry?entry=B1."
        " Accessed 2026-11-26."
    )


def test_possible_places_are_cited_as_possible_and_a_missing_place_as_none():
    places = [
        located(candidate(f"t:{name}", name=name), relation="one_of")
        for name in ("Chongjin", "Rajin")
    ]
    said = cite(T, entry("B1", *places), {}, "", DAY)
    assert "“Chongjin”; “Rajin” (one of these; nobody says which)" in said
    assert "Place as reported: none" in cite(T, entry("C"), {}, "", DAY)


def test_what_is_unknown_is_said_or_left_out_and_never_made_up():
    said = cite(T, entry("C", reports=[{"report": "lost"}]), {}, "", DAY)
    assert "Reported in: lost. Recorded: date unknown." in said
    assert ".." not in said
    assert "http" not in said


def test_korean_citations_are_korean():
    said = cite(translator("ko"), entry("C"), REPORTS, "", DAY)
    assert "보도된 장소: 없음" in said


def test_a_permalink_holds_the_id_whatever_signs_it_has_and_no_other_part_of_the_address():
    assert permalink("http://h/entry?entry=X&view=1#a", "a b&c=d/é") == (
        "http://h/entry?entry=a%20b%26c%3Dd%2F%C3%A9"
    )
    assert permalink("", "A") == ""
