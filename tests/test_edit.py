"""The form's text becomes an entry that stands, or a sentence at the field to correct."""

from dataclasses import replace

import pytest
from conftest import candidate, entry, located
from entries import items
from hypothesis import given

from geo.edit import Edit, Piece, differing, joined, of
from geo.entry import Evidence, Level, Verification
from geo.errors import InputError

OLD = entry(
    "A", located(candidate()), category="street life", tags=("a", "b"), recorded="2013",
    evidence=(Evidence(kind="video", url="https://example.org/v", caption="c"),),
    verification=Verification(level="reported", by="ann", at="2014", note="n"),
    extra={"Odd": "kept"},
)  # fmt: skip


@given(items("X", []))
def test_a_form_that_nobody_touched_changes_nothing_but_space_around_words(item):
    once = of(item.entry)
    if not once.title.strip() or (once.level.verified and not once.by.strip()):
        return  # what an import may say, and no person
    again = once.entry(item.entry)
    assert of(again).entry(again) == again
    assert again.locations == item.entry.locations
    assert (again.id, again.reports, again.extra) == (
        item.entry.id, item.entry.reports, item.entry.extra
    )  # fmt: skip


def test_every_field_arrives_and_what_has_no_field_stays():
    said = Edit(
        title=" New ", description="d", category="markets", tags="x; y ;; x", recorded="2013-05",
        visibility="draft", sensitivity="faces; minors", level=Level.GEOLOCATED, by="bob",
        at="2025-04-02", method="m", note="why", proof="https://example.org/p",
        evidence=(Piece(kind="image", sha256="a" * 64, graphic=True), Piece()),
    )  # fmt: skip
    new = said.entry(OLD)
    assert (new.title, new.tags, new.sensitivity) == ("New", ("x", "y"), ("faces", "minors"))
    assert new.verification == Verification(
        level="geolocated", by="bob", at="2025-04-02", method="m", note="why",
        proof="https://example.org/p",
    )  # fmt: skip
    assert new.evidence == (Evidence(kind="image", sha256="a" * 64, graphic=True),)
    assert (new.visibility, new.recorded) == ("draft", "2013-05")
    assert (new.locations, new.extra) == (OLD.locations, OLD.extra)


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"title": "  "}, "title"), ({"recorded": "spring 2013"}, "recorded"),
        ({"at": "yesterday"}, "at"), ({"level": Level.GEOLOCATED, "by": " "}, "by"),
        ({"level": Level.CORROBORATED, "by": ""}, "by"),
        ({"proof": "javascript:alert(1)"}, "proof"),
        ({"method": "a\x00b"}, "method"), ({"note": "a\x07"}, "note"),
        ({"category": "a\x00"}, "category"), ({"tags": "a; \x07"}, "tags"),
        ({"description": "\x1b"}, "description"), ({"sensitivity": "\x07"}, "sensitivity"),
        ({"evidence": (Piece(), Piece(url="ftp://x"))}, "evidence"),
        ({"evidence": (Piece(sha256="12"),)}, "evidence"),
    ],
)  # fmt: skip
def test_what_cannot_stand_names_its_field(changed, column):
    with pytest.raises(InputError) as caught:
        replace(of(OLD), **changed).entry(OLD)
    assert caught.value.values["column"] == column


def test_a_piece_of_evidence_that_cannot_stand_names_its_number():
    pieces = (Piece(url="https://example.org"), Piece(), Piece(sha256="XY"))
    with pytest.raises(InputError, match="64 characters") as caught:
        replace(of(OLD), evidence=pieces).entry(OLD)
    assert caught.value.values["number"] == 3


def test_tags_with_semicolons_stay_as_they_are_until_somebody_touches_them():
    odd = OLD.model_copy(update={"tags": ("a;b", "c")})
    assert of(odd).entry(odd).tags == ("a;b", "c")
    assert replace(of(odd), tags="a;b; c; d").entry(odd).tags == ("a", "b", "c", "d")


def test_what_another_person_changed_is_shown_beside_what_stands_here():
    base = of(OLD)
    theirs = replace(base, title="Theirs", category="markets", recorded="2014")
    mine = replace(base, title="Mine", note="my note", recorded="2014")
    assert differing(mine, base, theirs) == {
        "title": ("Theirs", "Mine"), "category": ("markets", "street life"),
    }  # fmt: skip


def test_joining_keeps_mine_where_i_changed_it_and_theirs_elsewhere():
    base = of(OLD)
    theirs = replace(base, title="Theirs", category="markets")
    mine = replace(base, title="Mine", note="my note")
    both = joined(mine, base, theirs)
    assert (both.title, both.category, both.note) == ("Mine", "markets", "my note")
