"""Where a row of another tool's file says that it is: its coordinates, how exact, in what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.formats import coordinate
from geo.formats.coordinate import Point
from geo.formats.dialect import Accuracy, Dialect, fold
from geo.formats.row import Given
from geo.sheet import shape

Warn = Callable[..., None]
"""Called with a column, a sentence and the values of its placeholders."""

UNREADABLE = "“{text}” cannot be read as coordinates; they were kept as text, and not used."
NOWHERE = "0, 0 is where tools put what has no place; it was read as no coordinates."
OUT_OF_RANGE = "{text} lies outside the Earth's degrees; it was kept as text, and not used."
SWAPPED = (
    "{text} is only possible with latitude and longitude exchanged; it was kept as text, and not"
    " used. Exchange them in the file."
)
HALF = "Only one of latitude and longitude is given; it was kept as text, and not used."
NO_RADIUS = "“{value}” is no precision that is known here; a radius of {km} km was taken."
CIRCLE = "The file draws a {shape}; the circle that holds it was taken, {km} km in radius."
WORDS = (UNREADABLE, NOWHERE, OUT_OF_RANGE, SWAPPED, HALF, NO_RADIUS, CIRCLE)

_NORTH, _EAST = 90, 180
_LEAST, _MOST = 1.0, 20_000_000.0


@dataclass(frozen=True)
class Columns:
    """The columns of a file that say where; "" for those that it does not have."""

    lat: str = ""
    lon: str = ""
    pair: str = ""
    shape: str = ""
    radius: tuple[str, ...] = ()
    region: tuple[str, ...] = ()

    @classmethod
    def of(cls, found: dict[str, tuple[str, ...]]) -> Columns:
        """Return the columns among those that a dialect has found for each field."""
        one = {field: names[0] for field, names in found.items() if names}
        region = ("admin2", "admin1", "country")
        return cls(
            one.get("lat", ""),
            one.get("lon", ""),
            one.get("coordinates", ""),
            one.get("shape", ""),
            found.get("uncertainty_m", ()),
            tuple(one.get(name, "") for name in region),
        )


@dataclass(frozen=True)
class Where:
    """What a row gives: coordinates or none, and the columns that these say wholly."""

    given: Given | None = None
    used: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Said:
    """Coordinates as a row writes them, and what was read; no point where that was not possible."""

    text: str
    columns: tuple[str, ...]
    point: Point | None
    circle_m: float = 0.0
    """Radius of the circle that holds a shape, 0 for a point."""
    shape: str = ""


def where(
    cells: dict[str, str], columns: Columns, dialect: Dialect, file: tuple[str, str], warn: Warn
) -> Where:
    """Return the coordinates of a row. What is wrong with them is warned of, never repaired."""
    said = _said(cells, columns, warn)
    if said is None:
        return Where()
    if said.point is None:
        warn(said.columns[0], UNREADABLE, text=said.text[:60])
        return Where()
    if (said.point.lat, said.point.lon) == (0, 0):
        warn(said.columns[0], NOWHERE)
        return Where(used=said.columns)
    if not _on_earth(said, warn):
        return Where()
    if said.shape:
        warn(said.columns[0], CIRCLE, shape=said.shape, km=f"{said.circle_m / 1000:g}")
    radius, area = _accuracy(cells, columns, dialect, said, warn)
    region = tuple(cells.get(name, "").strip() for name in columns.region)
    point = said.point
    given = Given(point.lat, point.lon, radius, said.text, *file, region=region, area=area)
    drawn = said.columns if not said.shape else ()  # what was made a circle is kept as it is
    return Where(given, (*drawn, *_OWN))


_OWN = (shape.LAT, shape.LON, shape.RADIUS, shape.SHAPE)


def _said(cells: dict[str, str], columns: Columns, warn: Warn) -> _Said | None:
    """Return the coordinates that a row writes, None when it writes none."""
    lat, lon = cells.get(columns.lat, "").strip(), cells.get(columns.lon, "").strip()
    missing = [coordinate.is_nothing(one) for one in (lat, lon)]
    if not any(missing):
        circle = coordinate.metres(cells.get(shape.RADIUS, ""))
        both, kind = (columns.lat, columns.lon), cells.get(shape.SHAPE, "")
        return _Said(_shown(kind, lat, lon), both, coordinate.point(lat, lon), circle, kind)
    if not all(missing):
        warn(columns.lon if missing[1] else columns.lat, HALF)
    pair = cells.get(columns.pair, "").strip()
    if not coordinate.is_nothing(pair):
        return _Said(pair, (columns.pair,), coordinate.pair(pair))
    if drawn := shape.of_wkt(cells.get(columns.shape, "")):
        lat, lon, kind = drawn[shape.LAT], drawn[shape.LON], drawn.get(shape.SHAPE, "")
        circle = coordinate.metres(drawn.get(shape.RADIUS, ""))
        point = coordinate.point(lat, lon)
        return _Said(_shown(kind, lat, lon), (columns.shape,), point, circle, kind)
    return None


def _shown(kind: str, lat: str, lon: str) -> str:
    return f"{kind} about {lat}, {lon}" if kind else f"{lat}, {lon}"


def _on_earth(said: _Said, warn: Warn) -> bool:
    point = said.point
    if point is None or (abs(point.lat) <= _NORTH and abs(point.lon) <= _EAST):
        return point is not None
    exchanged = abs(point.lon) <= _NORTH and abs(point.lat) <= _EAST
    warn(said.columns[0], SWAPPED if exchanged else OUT_OF_RANGE, text=said.text[:60])
    return False


def _accuracy(
    cells: dict[str, str], columns: Columns, dialect: Dialect, said: _Said, warn: Warn
) -> tuple[float, str]:
    """Return the radius in metres, and the area for which the point stands in, "" for none.

    The largest of what the file states, what its digits tell apart, and, where it states
    nothing, the least that its dialect allows.
    """
    texts = (cells.get(name, "").strip() for name in columns.radius)
    stated = next((m for text in texts if (m := coordinate.metres(text))), 0.0)
    value = next((cells[n] for n in cells if fold(n) == fold(dialect.precision_column)), "")
    means = _meaning(dialect, value)
    least = max(stated, said.circle_m, means.radius_m if means else 0.0)
    digits = said.point.resolution_m if said.point and not said.circle_m else 0.0
    radius = max(least or dialect.least_m, digits)
    if dialect.precision_column and not least:
        warn(dialect.precision_column, NO_RADIUS, value=value[:40], km=f"{radius / 1000:g}")
    return round(min(_MOST, max(_LEAST, radius)), 1), means.area if means else ""


def _meaning(dialect: Dialect, value: str) -> Accuracy | None:
    """Return what a value of the precision column means; "Exact ±10 m" means what "exact" does."""
    words = value.strip().casefold()
    exact = dialect.precision.get(words.removesuffix(".0"))
    begun = (a for start, a in dialect.precision.items() if words.startswith(f"{start} "))
    return exact or next(begun, None)
