"""Fonts for what is made without a browser: files of installed packages, no font of the system.

Noto Sans writes Latin (ŏ and ŭ among it), Greek and Cyrillic, NanumGothic Hangul and Hanja, and
DejaVu Sans, which matplotlib holds, the signs that neither has.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools import subset as cut
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from geo.errors import GeoError
from geo.folders import cache_folder

_EDITION = "noto-2.15-1"
"""Raised by hand when the faces are made in another way."""

_WEIGHTS = {"regular": ("NotoSans[wdth,wght].ttf", 400), "bold": ("NotoSans[wdth,wght].ttf", 700),
            "italic": ("NotoSans-Italic[wdth,wght].ttf", 400)}  # fmt: skip


_SCRIPTS = (
    *range(0x20, 0x530), *range(0x1E00, 0x2000), *range(0x2000, 0x2300), 0xFFFD,
)  # fmt: skip
"""What is kept of Noto Sans: Latin, Greek, Cyrillic and signs; all of it would take 6 s a face."""


@dataclass(frozen=True)
class Faces:
    """The files of the fonts, all TrueType; where one has no sign for a letter, the next has."""

    regular: Path
    bold: Path
    italic: Path
    hangul: Path
    hangul_bold: Path
    signs: Path
    signs_bold: Path


@lru_cache(maxsize=4)
def faces(folder: Path | None = None) -> Faces:
    """Return the fonts; the single weights are made once and kept in `folder`, else the cache.

    Raises `GeoError` when that folder cannot be written to.
    """
    kept = (folder or cache_folder()) / "fonts"
    made = {name: _single(kept, name) for name in _WEIGHTS}
    nanum = _package("koreanize_matplotlib") / "fonts"
    deja = _package("matplotlib") / "mpl-data" / "fonts" / "ttf"
    return Faces(
        **made, hangul=nanum / "NanumGothic.ttf", hangul_bold=nanum / "NanumGothicBold.ttf",
        signs=deja / "DejaVuSans.ttf", signs_bold=deja / "DejaVuSans-Bold.ttf",
    )  # fmt: skip


def subset(face: Path, text: str) -> bytes:
    """Return the font as WOFF with the letters of the text alone, b"" when it has none of them."""
    with TTFont(face) as font:
        known = font.getBestCmap() or {}
        wanted = sorted({ord(letter) for letter in text} & set(known))
        if not wanted:
            return b""
        _keep(font, wanted)
        font.flavor = "woff"
        out = BytesIO()
        font.save(out)
        return out.getvalue()


@lru_cache(maxsize=8)
def letters(face: Path) -> frozenset[int]:
    """Return the code points that a font has a sign for."""
    with TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


@lru_cache(maxsize=8)
def advances(face: Path) -> dict[int, float]:
    """Return how far each letter of a font moves on, in parts of the font's size, by code point."""
    with TTFont(face, lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: widths[sign][0] / em for code, sign in (font.getBestCmap() or {}).items()}


def _single(folder: Path, name: str) -> Path:
    """Return one weight of the variable font as a file of its own, made when it is not there."""
    path = folder / f"{_EDITION}-{name}.ttf"
    if path.exists():
        return path
    file, weight = _WEIGHTS[name]
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TTFont(_package("fontpkg_noto_sans") / "files" / file) as font:
            _keep(font, _SCRIPTS)
            instancer.instantiateVariableFont(
                font, {"wght": weight, "wdth": 100}, inplace=True, updateFontNames=True
            )
            font.save(part)
        part.replace(path)
    except OSError as error:
        raise GeoError(
            "The fonts cannot be written to the folder {folder} ({problem}); make room there, or"
            " set GEO_CACHE to a folder that you may write to.",
            folder=folder,
            problem=error.strerror or error,
        ) from error
    return path


def _keep(font: TTFont, wanted: Iterable[int]) -> None:
    """Leave a font only the signs of these code points."""
    options = cut.Options(
        hinting=False, notdef_outline=True, layout_features=[],
        drop_tables=[*cut.Options().drop_tables, "FFTM", "TSI0", "TSI1", "TSI2", "TSI3", "TSI5"],
    )  # fmt: skip
    cutter = cut.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)


def _package(name: str) -> Path:
    """Return the folder of an installed package without running it."""
    found = find_spec(name)
    if found is None or found.origin is None:
        raise GeoError(
            "The package {name} is not installed; install what requirements.txt names.", name=name
        )
    return Path(found.origin).parent
