"""What a reader is told of one entry, in plain words and without what is for analysts alone."""

from __future__ import annotations

from collections.abc import Sequence

from geo.entry import Basis, Entry, Level, Location, Relation
from geo.i18n import Translator
from geo.summary import either, together

JUDGED = {
    Level.NOT_ASSESSED: "nobody has looked",
    Level.REPORTED: "published by a report, confirmed by nobody",
    Level.CORROBORATED: "a second, independent report agrees",
    Level.GEOLOCATED: "matched to the ground",
    Level.CONTESTED: "judgements differ",
    Level.REFUTED: "shown to be elsewhere, or not what it claims",
}
"""What each level of verification means."""

EVIDENCE = {"video": "Video", "image": "Picture", "page": "Page"}
"""What each kind of evidence is called."""

UNKNOWN = {
    "not_stated": "the report does not say where",
    "withheld": "the report withholds where",
    "unlocatable": "the report names no place on the ground",
}
"""Why an entry has no place; any other reason is our own work that is not done."""

ONE_OF = {
    True: "One of these places: {places} – the report does not say which.",
    False: "One of these places, or another: {places} – the report does not say which.",
}
"""What is said of a list of possible places, by whether it is whole."""


def places(t: Translator, entry: Entry) -> str:
    """Return where it was filmed as a phrase: "Chongjin 청진 or Rajin 라진, or elsewhere"."""
    certain, possible = _placed(entry)
    if not certain and not possible:
        return t(UNKNOWN.get(entry.filmed[0].unplaced, "not found on the map yet"))
    said = [together(t, _names(t, certain))] if certain else []
    if possible:
        said.append(either(t, _names(t, possible), whole=_whole(entry)))
    return "; ".join(said)


def certainty(t: Translator, entry: Entry) -> tuple[str, str]:
    """Return how sure the place is: "certain", "inferred", "possible" or "unplaced", and words."""
    certain, possible = _placed(entry)
    if certain:
        if any(location.basis is Basis.STATED for location in certain):
            return "certain", t("filmed here, the report says")
        return "inferred", t("filmed here, as said of the whole video")
    if possible:
        number = sum(location.relation is Relation.ONE_OF for location in entry.filmed)
        if number == 1:
            return "possible", t("possibly here")
        return "possible", t("possibly here: 1 of {n} named places", n=number)
    return "unplaced", t("without a known place")


def claims(t: Translator, entry: Entry) -> list[str]:
    """Return what the report says of the place, a sentence each; [] where it names none."""
    certain, possible = _placed(entry)
    said = []
    for basis, sentence in (
        (Basis.STATED, "Filmed in {places}, the report says."),
        (Basis.INFERRED, "Filmed in {places}: the report says so of the whole video,"
                         " not of this scene."),
    ):  # fmt: skip
        names = _names(t, [one for one in certain if one.basis is basis])
        if names:
            said.append(t(sentence, places=together(t, names)))
    if possible:
        names = _names(t, possible)
        listed = ", ".join(names[:_LISTED])
        if len(names) > _LISTED:
            listed += t(" and {n} more", n=len(names) - _LISTED)
        said.append(t(ONE_OF[_whole(entry)], places=listed))
    if any(location.absence == "withheld" for location in (*certain, *possible)):
        said.append(t("Which part was filmed where is withheld."))
    return said


_LISTED = 12
"""How many possible places of one entry are listed; a report seldom names more than three."""


def _placed(entry: Entry) -> tuple[list[Location], list[Location]]:
    """Return the locations that have a place: the certain ones, and the possible ones."""
    placed = [location for location in entry.filmed if location.place]
    possible = [location for location in placed if location.relation is Relation.ONE_OF]
    return [location for location in placed if location not in possible], possible


def _whole(entry: Entry) -> bool:
    """Whether the named places are all there are."""
    named = [location for location in entry.filmed if location.relation is Relation.ONE_OF]
    return all(location.complete and location.place for location in named)


def _names(t: Translator, locations: Sequence[Location]) -> list[str]:
    """Return the places' names in both scripts, each once."""
    placed = (location.place for location in locations)
    return list(dict.fromkeys(t.name(one.name, one.native) for one in placed if one))
