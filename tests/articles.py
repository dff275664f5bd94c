"""Readings for the tests of the add page, made without a language model."""

from geo.article import Draft, Mention, Name, Proposed, Reading, Said, Scene
from geo.entry import Cited, Entry, Location, Relation, Report, Visibility

REPORT = Report(id="article-1", title="A smuggled video", language="en")


def proposed(number: int, *places: Location, **changes: object) -> Proposed:
    """Return a proposed entry at these places, or one whose place is not stated."""
    entry = Entry.model_validate({
        "id": f"{REPORT.id}-{number}", "title": f"Scene {number}",
        "reports": (Cited(report=REPORT.id, paragraph=str(number)),),
        "locations": places or (Location(absence="not_stated"),),
        "visibility": Visibility.DRAFT, **changes,
    })  # fmt: skip
    return Proposed(entry, 10 * number, 10 * number + 5)


def drafted(*entries: Proposed) -> Draft:
    """Return what an article with these entries proposes."""
    return Draft(REPORT, entries)


def mention(text: str, name: str, relation: Relation = Relation.FILMED_AT) -> Mention:
    """Return the first mention of a name in a text; no table knows it."""
    start = text.index(name)
    return Mention(Name(start, start + len(name), name), Said(relation), ())


def read(text: str, *mentions: Mention, scenes: tuple[Scene, ...] = ()) -> Reading:
    """Return a reading of an English text with these mentions and scenes."""
    return Reading(text, "en", mentions, scenes)
