"""Geocoding again: what the present place index would answer otherwise, then all or some of it."""

from __future__ import annotations

import getpass

import pandas as pd
import streamlit as st

from geo import again, intake, interest
from geo.filters import Filters
from geo.i18n import Translator
from views.shelf import Shelf
from views.text import spaced, visible

_SHOWN = 500
"""Differences that the table shows; those with most locations come first."""
_LOOKED_AT = 50
"""Entries whose versions are looked at before anybody asks for a comparison."""
_FOUND = "again-found"


def draw(t: Translator, shelf: Shelf) -> None:
    """Draw the comparison with the present place index, and the saving of what it found."""
    st.markdown(
        t(
            "The place index may have learned since the entries were geocoded. Compare first:"
            " nothing changes until you apply it, and what a person decided stays."
        )
    )
    ids, _ = shelf.index.page(Filters(), _LOOKED_AT)
    if again.outdated(shelf.store.entries(ids).values()):
        st.info(t("Some places were found with another version of the place index than today's."))
    if st.button(t("Compare with the present place index")):
        st.session_state[_FOUND] = _compare(t, shelf)
    found: list[again.Difference] | None = st.session_state.get(_FOUND)
    if found is None:
        return
    if not found:
        st.info(t("Every locality would be answered as it stands."))
        return
    open_ones = [one for one in found if not one.kept]
    chosen = _table(t, found[:_SHOWN])
    if len(found) > _SHOWN:
        st.caption(t("The first {n}; “Apply all” takes the others too.", n=_SHOWN))
    some = {one.locality for one in chosen if not one.kept}
    with st.container(horizontal=True):
        if st.button(t("Apply all"), disabled=not open_ones, type="primary"):
            _apply(t, shelf, None)
        if st.button(t("Apply the selected rows"), disabled=not some):
            _apply(t, shelf, some)


def _compare(t: Translator, shelf: Shelf) -> list[again.Difference]:
    said = t("Comparing …")
    bar = st.progress(0.0, said)
    entries = (entry for _, entry in shelf.store.since(0))
    found = list(
        again.differences(entries, _asks(shelf), lambda n: bar.progress(_share(shelf, n), said))
    )
    bar.empty()
    return found


def _asks(shelf: Shelf) -> again.Asks:
    geocoder = interest.geocoder(shelf.gazetteer, shelf.index)
    return intake.by_report(geocoder, (entry for _, entry in shelf.store.since(0)))


def _share(shelf: Shelf, done: int) -> float:
    return min(1.0, done / max(1, shelf.index.size))


def _table(t: Translator, found: list[again.Difference]) -> list[again.Difference]:
    """Draw the differences and return those whose rows are selected."""
    state = st.dataframe(
        pd.DataFrame([_row(t, one) for one in found]),
        hide_index=True, key="again-table", on_select="rerun", selection_mode="multi-row",
    )  # fmt: skip
    return [found[row] for row in state["selection"]["rows"] if row < len(found)]


def _row(t: Translator, one: again.Difference) -> dict[str, object]:
    return {
        t("As reported"): visible(one.locality),
        t("Locations"): one.locations,
        t("Now"): _stand(t, one.before),
        t("Would be"): _stand(t, one.after),
        t("km apart"): "–" if one.km is None else f"{one.km:,.1f}",
        t("What happens"): t("kept: decided by a person")
        if one.kept
        else t("changes when applied"),
    }


def _stand(t: Translator, stand: again.Stand) -> str:
    if stand.place is None:
        return spaced(t, stand.unplaced)
    return visible(str(stand))


def _apply(t: Translator, shelf: Shelf, some: set[str] | None) -> None:
    said = t("Geocoding again …")
    bar = st.progress(0.0, said)
    count = again.apply(
        shelf.store, _asks(shelf), shelf.gazetteer.edition, who=getpass.getuser(),
        localities=some, progress=lambda n: bar.progress(_share(shelf, n), said),
    )  # fmt: skip
    del st.session_state[_FOUND]
    if count:
        st.session_state["review-undo"] = shelf.store.saved_with(shelf.store.head()[0])
        st.session_state["review-done"] = t("{n} entries geocoded again", n=f"{count:,}")
    st.rerun()
