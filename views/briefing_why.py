"""Why a revision of a briefing was written: as it is kept, and as it is said."""

from __future__ import annotations

from geo.i18n import Translator

SAID = {
    "begun": "Begun.", "edited": "Saved.", "frozen": "Frozen: it keeps to the data of this moment.",
    "unfrozen": "Unfrozen: it asks the data of the day again.", "deleted": "Deleted.",
    "put back": "Put back.", "moved": "The step was moved.", "duplicated": "Duplicated.",
    "step deleted": "The step was deleted.", "step added": "The step was added.",
    "view changed": "The step shows this view now.",
    "an earlier state brought back": "The earlier state is back.",
    "taken in from a file": "Taken in from a file.",
    "shipped with the project": "Shipped with the project.",
}  # fmt: skip
"""Why a revision was written, as it is kept, with the sentence for it."""


def said(t: Translator, kept: str) -> str:
    """Return why a revision was written, in the interface's language."""
    return t(SAID.get(kept, kept))
