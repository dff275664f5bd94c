"""Changing many entries at once: said first, saved whole or not at all, undone in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from geo.card import BY_WHOM
from geo.entry import Entry, Invalid, Line, Model, Verification, Visibility, reason
from geo.errors import InputError
from geo.store import Revised, Store

_AT_ONCE = 500
WHY = "edited together: "
"""How the reason begins of each revision that such a change made."""

Progress = Callable[[int], None]
"""Hears how many entries were looked at; what it raises ends the work, and nothing is saved."""


class Change(Model):
    """What becomes of each entry; what is None or empty stays as it is."""

    category: Line | None = None
    """The new category, "" for none."""
    add: tuple[Line, ...] = ()
    remove: tuple[Line, ...] = ()
    """Tags that each entry gets and loses; one that stands in both is got."""
    verification: Verification | None = None
    """The new judgement, which takes the place of the old one as a whole."""
    visibility: Visibility | None = None

    @classmethod
    def asked(cls, **given: Any) -> Self:  # noqa: ANN401 - what a person typed, checked here
        """Return the change that a person asks for, the ends of its texts cut.

        Raises `InputError` when a field does not say what it must.
        """
        try:
            change = cls.model_validate(_stripped(given))
        except Invalid as error:
            field, why = reason(error)
            raise InputError("{why}", why=why, column=field) from error
        for tag in change.add:
            if ";" in tag:
                raise InputError("“{tag}” holds a semicolon, which parts two tags.", tag=tag)
        judged = change.verification
        if judged and judged.level.verified and not judged.by:
            raise InputError(BY_WHOM, level=judged.level.value, column="by")
        return change

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing."""
        return self == type(self)()

    def applied(self, entry: Entry) -> Entry | None:
        """Return the entry as it would be, or None when it is so already."""
        kept = (tag for tag in entry.tags if tag not in self.remove)
        wanted = {
            "category": self.category,
            "tags": tuple(dict.fromkeys((*kept, *self.add))) if self.add or self.remove else None,
            "verification": self.verification,
            "visibility": self.visibility,
        }
        news = {
            name: value
            for name, value in wanted.items()
            if value is not None and value != getattr(entry, name)
        }
        return entry.model_copy(update=news) if news else None

    def __str__(self) -> str:
        """Return the change as the reason of its revisions, in English."""
        parts = [] if self.category is None else [f"category → {self.category or 'none'}"]
        parts += [f"tag +{tag}" for tag in self.add]
        parts += [f"tag −{tag}" for tag in self.remove if tag not in self.add]
        if self.verification:
            parts.append(f"verification → {self.verification.level.value.replace('_', ' ')}")
        if self.visibility:
            parts.append(f"visibility → {self.visibility.value}")
        return "; ".join(parts)


@dataclass(frozen=True)
class Preview:
    """What a change would do: to which entries, at which of their revisions, and to how many not.

    `replaced` counts by field the values that would be gone, "" where there was none.
    """

    change: Change
    seen: dict[str, int]
    already: int
    unknown: int
    replaced: dict[str, dict[str, int]]


def preview(
    store: Store, ids: Sequence[str], change: Change, progress: Progress = lambda done: None
) -> Preview:
    """Return what the change would do to these entries; nothing is written."""
    seen: dict[str, int] = {}
    known = 0
    replaced = {name: Counter[str]() for name in _SAID}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        found = store.standing(part)
        known += len(found)
        for entry_id, (seq, entry) in found.items():
            new = change.applied(entry)
            if new is None:
                continue
            seen[entry_id] = seq
            for name, say in _SAID.items():
                if getattr(new, name) != getattr(entry, name):
                    replaced[name][say(entry)] += 1
        progress(start + len(part))
    counts = {name: dict(counter.most_common()) for name, counter in replaced.items() if counter}
    return Preview(change, seen, known - len(seen), len(ids) - known, counts)


_SAID: dict[str, Callable[[Entry], str]] = {
    "category": lambda entry: entry.category,
    "verification": lambda entry: entry.verification.level.value,
    "visibility": lambda entry: entry.visibility.value,
}
"""How a field's value is counted in a preview."""


def apply(
    store: Store, asked: Preview, who: str, progress: Progress = lambda done: None
) -> Revised:
    """Save what was previewed, a revision for each entry, all in one transaction.

    An entry that somebody changed since the preview stays as they left it, and is named in the
    answer. Raises `StoreError` when it cannot be saved; then nothing was changed.
    """
    if not asked.seen:
        return Revised(0, 0, ())
    return store.revise(asked.seen, asked.change.applied, who, f"{WHY}{asked.change}", progress)


@dataclass(frozen=True)
class Undone:
    """How many entries were put back, and how many stay because they changed since."""

    count: int
    left: int


def undo(store: Store, last: int, who: str) -> Undone:
    """Put back what stood before a change of many entries, of which `last` is one revision.

    What somebody changed after it is left as it is. Raises `InputError` when an entry changes
    at this very moment; then nothing was undone.
    """
    seqs = store.saved_with(last)
    standing = store.newest_of(seqs)
    return Undone(store.undo(standing, who) if standing else 0, len(seqs) - len(standing))


def _stripped(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed without the white space round it, and without empty tags."""
    cut = {name: _cut(value) for name, value in given.items()}
    tags = {name: tuple(dict.fromkeys(filter(None, cut.get(name) or ()))) for name in _TAGS}
    return cut | tags


_TAGS = ("add", "remove")


def _cut(value: Any) -> Any:  # noqa: ANN401 - as typed
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return {name: _cut(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cut(part) for part in value]
    return value
