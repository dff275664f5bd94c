"""What a person has typed of an entry and not saved yet; it outlives reruns and other pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.edit import Edit, Piece
from geo.errors import GeoError
from geo.store import Revision


@dataclass
class Draft:
    """The form's text, upon which revision it was typed, and what became of saving it."""

    base: Revision
    said: Edit
    why: str = ""
    fault: GeoError | None = None
    theirs: Revision | None = None
    """What another person saved meanwhile, until this one has seen it."""

    @property
    def wrong(self) -> str:
        """The field that must be corrected, "" when none is known."""
        return str(self.fault.values.get("column", "")) if self.fault else ""

    def take(self, name: str, value: object) -> None:
        """Take what a person made of a field."""
        self.said = replace(self.said, **{name: "" if value is None else value})  # type: ignore[arg-type]

    def add(self, piece: Piece) -> None:
        """Add a piece of evidence at the end."""
        self.take("evidence", (*self.said.evidence, piece))

    def change(self, at: int, name: str, value: object) -> None:
        """Take what a person made of a field of the piece at this place."""
        pieces = self.said.evidence
        changed = replace(pieces[at], **{name: "" if value is None else value})  # type: ignore[arg-type]
        self.take("evidence", (*pieces[:at], changed, *pieces[at + 1 :]))

    def remove(self, at: int) -> None:
        """Take the piece at this place away."""
        pieces = self.said.evidence
        self.take("evidence", (*pieces[:at], *pieces[at + 1 :]))
