"""The choropleth: how many entries lie in each province or country, and in which class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from geo.filters import Filters
from geo.gazetteer import Place
from geo.index import Count
from geo.mercator import mercator

OUTLINED = ("KP", "KR")
"""Countries whose provinces the base map draws; elsewhere the country is the finest area."""

_CLASSES = 5


def classes(counts: Iterable[int]) -> list[tuple[int, int]]:
    """Return the classes of these counts, lowest first: the least and the most of each.

    At most five. Up to five different counts are a class each. More are cut geometrically from
    the least to the greatest, at rounded bounds, because counts of places are mostly small with
    a few that are far above (I. S. Evans, "The selection of class intervals", Transactions of
    the Institute of British Geographers 2, 1977). Zero is in no class. Empty: nothing counted.
    """
    values = sorted({count for count in counts if count > 0})
    if len(values) <= _CLASSES:
        return [(value, value) for value in values]
    lows = _bounds(values[0], values[-1])
    highs = [low - 1 for low in lows[1:]] + [values[-1]]
    return list(zip(lows, highs, strict=True))


def _bounds(least: int, most: int) -> list[int]:
    """Return the classes' lower bounds, with the fewest digits that keep them apart."""
    step = (most / least) ** (1 / _CLASSES)
    exact = [least * step**number for number in range(1, _CLASSES)]
    lows: list[int] = []
    for digits in range(1, len(str(most)) + 1):
        rounded = [round(low, digits - len(str(int(low)))) for low in exact]
        lows = sorted({least, *(int(low) for low in rounded if least < low <= most)})
        if len(lows) == _CLASSES:
            break
    return lows


Counting = Callable[[Filters, str], Mapping[str, Count]]
"""Gives the counts by region at a level: `Index.regions`, or what remembers its answers."""


def counted(
    regions: Counting, filters: Filters, place_of: Callable[[str], Place | None]
) -> dict[str, Any]:
    """Return what the engine draws: the areas of both levels with their classes, and names.

    `levels` holds under "province" and "country" the `classes` and the `areas`, each
    `[code, certain, possible, passes, drawn]`. Where a region is filtered, the others stand
    with what they would add, and `passes` is false. An area that is not `drawn` gets its number
    and no tint: at the level of provinces a country stands so for what is known no finer.
    `filtered` says whether a region is. `places` says `[name, native name, x, y]` of each code,
    in index units; a code that `place_of` does not know is left out.
    """
    levels = {}
    places: dict[str, list[Any]] = {}
    for level, areas in _levels(regions, filters).items():
        for code, *_ in areas:
            place = places.get(code) or _placed(place_of(code))
            if place:
                places[code] = place
        known = [area for area in areas if area[0] in places]
        tinted = (certain for _, certain, _, passes, drawn in known if passes and drawn)
        levels[level] = {"classes": classes(tinted), "areas": known}
    return {"levels": levels, "places": places, "filtered": bool(filters.region)}


def finest(regions: Counting, filters: Filters) -> list[tuple[str, int, int]]:
    """Return code, certain and possible of the finest areas that the map draws, the most first.

    These are provinces of the countries in `OUTLINED`, and elsewhere whole countries.
    """
    areas = ((code, certain, possible) for code, certain, possible, passes, _ in
             _levels(regions, filters)["province"] if passes)  # fmt: skip
    return sorted(areas, key=lambda area: (-area[1] - area[2], area[0]))


def _placed(place: Place | None) -> list[Any]:
    return [place.name, place.native, *mercator(place.lat, place.lon)] if place else []


Area = tuple[str, int, int, bool, bool]


def _levels(regions: Counting, filters: Filters) -> dict[str, list[Area]]:
    """Return the areas of each level, most entries first."""
    provinces, countries = (_both(regions, filters, level) for level in ("province", "country"))
    finest = [
        (code, count, passes, "-" in code)
        for code, (count, passes) in provinces.items()
        if _country(code) in OUTLINED
    ]
    finest += [
        (code, count, passes, False)
        for code, (count, passes) in countries.items()
        if code not in OUTLINED
    ]
    whole = [(code, count, passes, True) for code, (count, passes) in countries.items()]
    return {
        level: [(code, one.certain, one.possible, passes, drawn) for code, one, passes, drawn in of]
        for level, of in (("province", finest), ("country", whole))
    }


def _both(regions: Counting, filters: Filters, level: str) -> Mapping[str, tuple[Count, bool]]:
    """Return the counts that pass, then those that another choice of region would add."""
    passing = regions(filters, level)
    if not filters.region:
        return {code: (count, True) for code, count in passing.items()}
    others = regions(filters.without("region"), level)
    return {code: (passing.get(code, count), code in passing) for code, count in others.items()}


def _country(code: str) -> str:
    return code.split("-", maxsplit=1)[0]
