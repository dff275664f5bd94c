"""What every export says of an entry: its flat row, the places chosen, and the whole record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.dates import interval
from geo.entry import Candidate, Entry, Location, Model, Relation, Report
from geo.formats.row import COLUMNS, flat
from geo.hierarchy import admin1_at

PLACE_COLUMNS = (
    "lat", "lon", "uncertainty_m", "precision", "place_id", "place_name", "country", "admin1",
    "decision", "decided_by", "decided_at", "reason", "match", "provider", "provider_version",
    "licence", "certainty", "unplaced",
)  # fmt: skip
"""Columns about the places that were chosen, in the order of the localities; nothing is read
back from them."""

OWN_COLUMNS = (*PLACE_COLUMNS, "credits", "filters", "record")
"""What an export adds to the flat columns; `record` holds the whole entry."""

NUMBERS = ("lat", "lon", "uncertainty_m")


class Item(Model):
    """An entry and the reports that it is cited in, as far as the store has them."""

    entry: Entry
    reports: tuple[Report, ...] = ()

    @property
    def report(self) -> Report | None:
        """The report that the entry names first, which the flat form shows."""
        first = self.entry.reports[0].report if self.entry.reports else ""
        return next((report for report in self.reports if report.id == first), None)


@dataclass(frozen=True)
class About:
    """What an export says of itself: the filter, the number of entries, whom to credit."""

    filters: str
    """The filters as a sentence."""
    query: str
    """The filters as in the page's address."""
    entries: int
    credits: tuple[str, ...]
    """The licences of the places' sources, each a line."""
    extra: tuple[str, ...] = ()
    """Names of the columns that a file had and we did not know, by their first entry."""
    generalised_to: str = ""
    """By how much positions were made coarser; "" when they were not."""

    def plain(self) -> dict[str, str | int]:
        """Return the same as values to write down, the columns left out."""
        return {
            "made_by": "Glimpse",
            "filters": self.filters,
            "filters_query": self.query,
            "entries": self.entries,
            "credits": "; ".join(self.credits),
            "generalised_to": self.generalised_to or "not generalised",
            "how_to_read": HOW_TO_READ,
        }


HOW_TO_READ = (
    "What was reported, not what was verified. A place lies somewhere within uncertainty_m metres"
    " of lat, lon (WGS 84). An entry counts once, however many places it names: with relation"
    " one_of it is at one of them and nobody says which. Where there is no place, unplaced says"
    " why. Positions are exact as geocoded; withheld entries are left out, drafts are not."
)


def placed(entry: Entry) -> list[tuple[Location, Candidate]]:
    """Return the places that were chosen for where the camera was; [] when there is none."""
    return [(one, one.place) for one in entry.filmed if one.place]


def certainty(entry: Entry) -> str:
    """Return "certain", "possible" or "unplaced", as the filter of this name means them."""
    relations = {location.relation for location, _ in placed(entry)}
    if not relations:
        return "unplaced"
    return "possible" if relations == {Relation.ONE_OF} else "certain"


def unplaced(entry: Entry) -> str:
    """Return why the entry has no place, "" when it has one."""
    return min(one.unplaced for one in entry.filmed) if certainty(entry) == "unplaced" else ""


def row(item: Item) -> dict[str, str]:
    """Return the entry's cells by column: the flat form, its places, and the unknown columns."""
    known = flat(item.entry.model_copy(update={"extra": {}}), item.report)
    extra = {shown(name): cell for name, cell in item.entry.extra.items()}
    return known | _places(item.entry) | extra


def header(about: About) -> list[str]:
    """Return the columns of a table of entries; `record` is the last."""
    names = dict.fromkeys(map(shown, about.extra))
    return [*COLUMNS, *PLACE_COLUMNS, *names, "credits", "filters", "record"]


def cells(item: Item, about: About) -> dict[str, str]:
    """Return the row with what the file says of itself, without the record."""
    return row(item) | {"credits": "; ".join(about.credits), "filters": about.filters}


def shown(name: str) -> str:
    """Return the column in which a column of the file's own is written: never one of ours."""
    folded = "_".join(name.strip().casefold().replace("_", " ").split())
    ours = not folded or folded in COLUMNS or folded in OWN_COLUMNS or folded in _ELSEWHERE
    return f"{_EXTRA}{name}" if ours or folded.startswith(_EXTRA) else name


_EXTRA = "extra_"
_ELSEWHERE = {"geometry", "possible", "places"}
"""Names that GeoJSON and GeoParquet need."""


def number(value: float) -> str:
    """Return a number as it is read back exactly, without a ".0"."""
    return repr(float(value)).removesuffix(".0")


def _places(entry: Entry) -> dict[str, str]:
    filmed = [_place(entry, location) for location in entry.filmed]
    joined = {name: _joined(one[name] for one in filmed) for name in filmed[0]}
    return joined | {"certainty": certainty(entry), "unplaced": unplaced(entry)}


def _place(entry: Entry, location: Location) -> dict[str, str]:
    """Return the cells of one location; those of its place are "" while nobody chose."""
    place, decision = location.place, location.decision
    cells = dict.fromkeys(PLACE_COLUMNS[:-2], "")
    if decision is not None:
        cells |= {
            "decision": decision.outcome.value,
            "decided_by": decision.by.value,
            "decided_at": decision.at.isoformat(),
            "reason": decision.reason,
        }
    if place is not None:
        cells |= {
            "lat": number(place.lat),
            "lon": number(place.lon),
            "uncertainty_m": number(place.uncertainty_m),
            "precision": place.precision.value,
            "place_id": place.place_id,
            "place_name": place.name,
            "country": place.country,
            "admin1": admin1_at(place.admin1, *interval(entry.recorded)),
            "match": place.provenance.match.value,
            "provider": place.provenance.provider,
            "provider_version": place.provenance.version,
            "licence": place.provenance.licence,
        }
    return cells


def _joined(values: Iterable[str]) -> str:
    """Return one cell for the values of several locations, a gap where one has none."""
    first, *others = values
    if not others:
        return first
    parts = [part.replace(";", ",") for part in (first, *others)]
    return "; ".join(parts) if any(parts) else ""
