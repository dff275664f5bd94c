"""What the briefing's pages share: the briefing, the data that it asks, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from geo.briefing.screen import Deck
from geo.briefing.telling import tell
from geo.entry import Report
from geo.filters import Filters, Names, named
from geo.folders import cache_folder
from geo.gazetteer import Gazetteer
from geo.i18n import Translator
from geo.index import Index, Stats
from geo.steps import Briefing, Frozen, Step
from geo.store import Store
from geo.store.briefings import Saved
from geo.store.past import Past
from views import tally
from views.shelf import Shelf


@dataclass(frozen=True)
class Brief:
    """A briefing at the revision that the page shows, and where to look things up."""

    t: Translator
    language: str
    shelf: Shelf
    seq: int
    briefing: Briefing

    @property
    def data(self) -> Data:
        """The data that it is put to: the present, or that of the moment it keeps to."""
        return data(self.shelf, self.briefing)

    def names(self, *asked: Filters) -> Names:
        """Return what the values of these filters are called."""
        reports = _cited(self.data, self.data.index.edition, self.briefing.visibility)
        return named(asked, partial(self.shelf.region_name, language=self.language), reports)

    def question(self, step: Step) -> str:
        """Return what a step asks, in words."""
        asked, _ = step.asked()
        return asked.describe(self.t, self.names(asked))

    def asked(self, step: Step) -> tuple[Filters, tuple[str, ...]]:
        """Return the filters that a step comes to under the profile, and what is not understood."""
        return self.briefing.asked(step)

    def stats(self, step: Step) -> Stats:
        """Return the counts of a step, and of all that the profile lets through as the total."""
        index = self.data.index
        total = tally.count(index, Filters(visibility=self.briefing.visibility))
        return replace(tally.stats(index, self.asked(step)[0]), total=total)


@st.cache_data(max_entries=4, show_spinner=False)
def _cited(_data: Data, edition: str, visibility: tuple[str, ...]) -> dict[str, Report]:  # noqa: ARG001 - the cache's key
    """Return the reports that some entry cites which may be shown."""
    cited = _data.index.facets(["report"], Filters(visibility=visibility))["report"]
    return {one.id: one for one in _data.record.reports().values() if one.id in cited}


@st.cache_resource(max_entries=64, show_spinner=False)
def _history(_store: Store, identity: str, name: str, seq: int) -> list[Saved]:  # noqa: ARG001 - the cache's key
    return _store.briefing_history(name)


def history(store: Store, name: str, seq: int) -> list[Saved]:
    """Return every revision of a briefing whose newest is `seq`, the oldest first."""
    return _history(store, store.identity, name, seq)


@dataclass(frozen=True)
class Data:
    """The record of a moment with its index."""

    record: Store | Past
    index: Index
    at: dt.datetime | None = None
    """The moment, None for the present."""


def data(opened: Shelf, briefing: Briefing) -> Data:
    """Return the data that a briefing is put to."""
    frozen = briefing.frozen
    if frozen is None:
        return Data(opened.store, opened.index)
    head = "{} {}".format(*opened.store.head())
    past, index = _past(opened.store, opened.gazetteer, opened.store.identity, frozen.seq, head)
    return Data(past, index, moment(frozen))


def moment(frozen: Frozen) -> dt.datetime:
    """Return the moment that a frozen briefing keeps to."""
    return dt.datetime.fromisoformat(frozen.at)


@st.cache_resource(max_entries=4, show_spinner=False)
def _past(
    _store: Store,
    _places: Gazetteer,
    identity: str,  # noqa: ARG001 - the cache's key
    seq: int,
    head: str,  # noqa: ARG001 - what is withheld later is left out, so the present counts too
) -> tuple[Past, Index]:
    past = _store.past(seq)
    index = Index(past, cache_folder(), _places)
    index.refresh()
    return past, index


def deck(opened: Shelf, briefing: Briefing, language: str) -> Deck:
    """Return the briefing put to its data, in a language; made once for the same of each."""
    asked = data(opened, briefing)
    kept = briefing.model_dump_json()
    return _deck(opened, asked, asked.index.edition, kept, language)


@st.cache_resource(max_entries=6, show_spinner=False)
def _deck(_opened: Shelf, _asked: Data, edition: str, kept: str, language: str) -> Deck:  # noqa: ARG001 - the cache's key
    at = _asked.at or dt.datetime.now(dt.UTC)
    briefing = Briefing.model_validate_json(kept)
    return tell(briefing, _asked.record, _asked.index, _opened.gazetteer, language=language, at=at)


def alone(brief: Brief, step: Step) -> Deck:
    """Return one step put to the data, without its words and what frames it."""
    plain = {"caption": "", "credit": ""}
    exhibit = step.exhibit.model_copy(update=plain) if step.exhibit else None
    asks = Step(id=step.id, filters=step.filters, entries=step.entries, exhibit=exhibit)
    bare = {"steps": (asks,), "gaps": False, "sources": False, "cover": "", "translations": {}}
    return deck(brief.shelf, brief.briefing.model_copy(update=bare), brief.language)
