"""Editing one entry: what a person may write of it, held to the record only when it is saved."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from geo.card import check
from geo.dates import interval
from geo.entry import Entry, Evidence, Invalid, Level, Visibility, reason
from geo.errors import InputError


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as a person writes it."""

    kind: str = "page"
    url: str = ""
    archived_url: str = ""
    sha256: str = ""
    caption: str = ""
    credit: str = ""
    graphic: bool = False

    @property
    def blank(self) -> bool:
        """Whether it names nothing that could be looked at."""
        return not (self.url.strip() or self.archived_url.strip() or self.sha256.strip())


@dataclass(frozen=True)
class Edit:
    """What the form says of an entry: plain text, valid or not yet."""

    title: str = ""
    description: str = ""
    category: str = ""
    tags: str = ""
    """Separated by ";"."""
    recorded: str = ""
    """EDTF, "" when unknown."""
    visibility: Visibility = Visibility.PUBLISHED
    sensitivity: str = ""
    """Separated by ";"."""
    level: Level = Level.NOT_ASSESSED
    by: str = ""
    at: str = ""
    method: str = ""
    note: str = ""
    proof: str = ""
    evidence: tuple[Piece, ...] = ()

    def entry(self, old: Entry) -> Entry:
        """Return the entry with what is written here; its reports and places stay.

        Raises `InputError` with the field to correct as its value `column`; of evidence the
        column is "evidence" and `number` counts from 1.
        """
        check(self.title, self.recorded, self.level, self.by)
        try:
            interval(self.at.strip())
        except InputError as error:
            raise InputError(error.sentence, **error.values, column="at") from error
        judged = {name: getattr(self, name).strip() for name in ("by", "at", "method", "note")}
        try:
            return Entry.model_validate({
                **old.model_dump(),
                "title": self.title.strip(),
                "description": self.description.strip(),
                "category": self.category.strip(),
                "tags": _parted(self.tags, old.tags),
                "recorded": self.recorded.strip(),
                "visibility": self.visibility,
                "sensitivity": _parted(self.sensitivity, old.sensitivity),
                "verification": {"level": self.level, "proof": self.proof.strip(), **judged},
                "evidence": self._evidence(),
            })  # fmt: skip
        except Invalid as error:
            field, why = reason(error)
            column = field.removeprefix("verification.").split(".")[0]
            raise InputError("{why}", why=why, column=column) from error

    def _evidence(self) -> list[Evidence]:
        found = []
        for number, piece in enumerate(self.evidence, 1):
            if piece.blank:
                continue
            try:
                found.append(Evidence.model_validate(_stripped(piece)))
            except Invalid as error:
                field, why = reason(error)
                if field == "sha256":
                    why = _NO_HASH
                raise InputError("{why}", why=why, column="evidence", number=number) from error
        return found


_NO_HASH = "A SHA-256 has 64 characters, 0 to 9 and a to f; leave it empty when you have none."
WORDS = (_NO_HASH,)
"""What an error's `why` may say in our own words."""


def of(entry: Entry) -> Edit:
    """Return what the form says while nobody has changed anything."""
    judged = entry.verification
    return Edit(
        title=entry.title, description=entry.description, category=entry.category,
        tags="; ".join(entry.tags), recorded=entry.recorded, visibility=entry.visibility,
        sensitivity="; ".join(entry.sensitivity), level=judged.level, by=judged.by, at=judged.at,
        method=judged.method, note=judged.note, proof=judged.proof,
        evidence=tuple(Piece(**one.model_dump()) for one in entry.evidence),
    )  # fmt: skip


def differing(mine: Edit, base: Edit, theirs: Edit) -> dict[str, tuple[object, object]]:
    """Return what another person changed meanwhile and is not said here.

    Each field with their value and the one that stands here.
    """
    return {
        field.name: (getattr(theirs, field.name), getattr(mine, field.name))
        for field in fields(Edit)
        if getattr(base, field.name) != getattr(theirs, field.name) != getattr(mine, field.name)
    }


def joined(mine: Edit, base: Edit, theirs: Edit) -> Edit:
    """Return what another person saved, with what was changed here laid over it."""
    changed = {
        field.name: getattr(mine, field.name)
        for field in fields(Edit)
        if getattr(mine, field.name) != getattr(base, field.name)
    }
    return replace(theirs, **changed)


def _parted(text: str, old: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words between semicolons; what nobody touched stays, its semicolons too."""
    if text == "; ".join(old):
        return old
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _stripped(piece: Piece) -> dict[str, object]:
    plain = {field.name: getattr(piece, field.name) for field in fields(Piece)}
    return {name: said.strip() if isinstance(said, str) else said for name, said in plain.items()}
