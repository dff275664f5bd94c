"""The colours of a picture: those of the live map (`G.colours` in `geo/symbols.js`)."""

from __future__ import annotations

from dataclasses import dataclass

Rgba = tuple[float, float, float, float]


@dataclass(frozen=True)
class Colours:
    """What each part of the picture is drawn in, as `#rrggbb` or `#rrggbbaa`."""

    panel: str
    ink: str
    muted: str
    quiet: str
    line: str
    sea: str
    land: str
    interest: str
    halo: str
    water: str
    river: str
    coast: str
    border: str
    province: str
    faint: str
    onTone: str  # noqa: N815 - called as in the engine, which a test compares
    certain: str
    possible: str
    certainInk: str  # noqa: N815 - the same
    possibleInk: str  # noqa: N815 - the same
    refuted: str


THEMES = {
    "light": Colours(
        panel="#ffffff", ink="#1d2530", muted="#59636f", quiet="#646b74", line="#e3e1da",
        sea="#dbe7ee", land="#f3f0e8", interest="#fffdf7", halo="#fffdf7e0",
        water="#47687f", river="#c9dae3", coast="#b4bab7", border="#958e80",
        province="#a8a192", faint="#ddd8cb", onTone="#ffffff",
        certain="#1f5f8b", possible="#b4631a", certainInk="#1f5f8b", possibleInk="#9a5212",
        refuted="#6b7480",
    ),
    "dark": Colours(
        panel="#1a2029", ink="#e8ecf1", muted="#a3aebc", quiet="#97a3b3", line="#2b3340",
        sea="#16222c", land="#222a33", interest="#2a333d", halo="#222a33e0",
        water="#7f9db3", river="#1c2e3b", coast="#3a4653", border="#75808d",
        province="#525d6a", faint="#303a45", onTone="#12161c",
        certain="#6bb3e3", possible="#f0a860", certainInk="#6bb3e3", possibleInk="#f0a860",
        refuted="#8d97a5",
    ),
}  # fmt: skip


def rgba(colour: str, alpha: float = 1.0) -> Rgba:
    """Return red, green, blue and opacity, each 0 to 1; `alpha` weakens what the colour has."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in range(1, len(colour), 2)]
    red, green, blue = parts[:3]
    return red, green, blue, (parts[3] if len(parts) > 3 else 1.0) * alpha  # noqa: PLR2004 - rgb
