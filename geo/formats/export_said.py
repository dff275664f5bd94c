"""An entry in a few plain lines, for the formats that are looked at: KML and StoryMapJS."""

from __future__ import annotations

from geo.entry import Entry, Precision
from geo.formats.export_row import About, Item, certainty, placed, unplaced
from geo.i18n import Translator

PIN_M = 100
"""Metres up to which a pin may stand for a place."""


def is_site(precision: Precision, uncertainty_m: float) -> bool:
    """Whether a place is known as exactly as a pin claims."""
    return precision is Precision.SITE and uncertainty_m <= PIN_M


def whereabouts(entry: Entry, t: Translator) -> str:
    """Return in a line where the entry is, how exactly, or why that is unknown."""
    places = [
        t("{place}, within {km} km", place=place.name, km=f"{place.uncertainty_m / 1000:g}")
        for _, place in placed(entry)
    ]
    sure = certainty(entry)
    if sure == "unplaced":
        return t("No place: {why}", why=t(unplaced(entry).replace("_", " ")))
    if sure == "possible":
        named = t(" or ").join(places)
        if all(location.complete for location in entry.filmed):
            return t("Possibly at {places}; nobody says which", places=named)
        return t("Possibly at {places}, or elsewhere; nobody says which", places=named)
    return t("Somewhere in {places}", places="; ".join(places))


def about_lines(about: About, t: Translator) -> list[str]:
    """Return what the file says of itself, the filters first."""
    generalised = t("Positions are exact as geocoded.")
    if about.generalised_to:
        generalised = t("Positions are generalised to {size}.", size=about.generalised_to)
    return [
        about.filters,
        t("{n} entries", n=f"{about.entries:,}"),
        t("Credits: {credits}", credits="; ".join(about.credits)),
        t(
            "What was reported, not what was verified. An area is as large as a place is known;"
            " only a site known to about 100 m is a point. An entry counts once, however many"
            " places it names. Withheld entries are left out."
        ),
        generalised,
        f"?{about.query}" if about.query else "",
    ]


def lines(item: Item, t: Translator) -> list[str]:
    """Return what a reader should know of the entry, a thought a line, as plain text."""
    entry = item.entry
    words = "; ".join(location.locality for location in entry.filmed if location.locality)
    inferred = any(location.basis.value == "inferred" for location in entry.filmed)
    licences = dict.fromkeys(place.provenance.licence for _, place in placed(entry))
    said = [
        entry.description,
        whereabouts(entry, t),
        t("As reported: {words}", words=words) if words else "",
        t("Stated for the whole video, not for this scene") if inferred else "",
        t("Recorded: {date}", date=entry.recorded or t("date unknown")),
        t("Verification: {level}", level=t(entry.verification.level.value.replace("_", " "))),
        *(t("Report: {title}", title=_titled(report.title, report.url)) for report in item.reports),
        *(t("Place: {licence}", licence=licence) for licence in licences),
    ]
    return [line for line in said if line]


def _titled(title: str, url: str) -> str:
    return f"{title} {url}" if url else title
