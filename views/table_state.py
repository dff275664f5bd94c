"""What the table, the map and the panel share: the selected entries, the order, the place shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import streamlit as st

from geo.filters import Filters
from geo.order import Order
from views import address
from views.shelf import Shelf

At = list[tuple[int, ...]]
"""Places in index units: points `(x, y)` and boxes `(x0, y0, x1, y1)`; [] is everywhere."""

_PICKS, _OPENED, _TURN, _FOCUS = "picks", "picks-opened", "picks-turn", "picks-focus"
_LISTED = "at"
_MOST = 100
"""Points that an address holds; of more it holds the box round them."""
_AT = re.compile(r"-?\d{1,9}(,-?\d{1,9}){1}((,-?\d{1,9}){2})?")


def picks() -> list[str]:
    """Return the ids of the selected entries."""
    return list(st.session_state.get(_PICKS, []))


def pick(ids: Iterable[str]) -> None:
    """Select these entries, as a click on rows does; one alone is opened, several are listed."""
    chosen = list(dict.fromkeys(ids))
    opened = chosen[0] if len(chosen) == 1 else ""
    st.session_state[_PICKS] = chosen
    st.session_state[_OPENED] = opened
    if len(chosen) > 1:
        st.session_state[_LISTED] = []
    address.select(opened)


def follow() -> None:
    """Let the selection and the table follow an entry that was opened or closed elsewhere."""
    entry, before = address.selected(), st.session_state.get(_OPENED, "")
    if entry == before:
        return
    st.session_state[_OPENED] = st.session_state[_TURN] = entry
    if entry and entry not in picks():
        st.session_state[_PICKS] = [entry]
    elif not entry and picks() == [before]:
        st.session_state[_PICKS] = []


def turn_to() -> str:
    """Return the entry to whose page the table is to turn, once; "" when there is none."""
    return str(st.session_state.pop(_TURN, ""))


def numbers(shelf: Shelf) -> list[int]:
    """Return the selected entries' numbers in the index; withheld ones are no longer selected."""
    if not picks():
        return []
    mask = shelf.index.passing(Filters())
    known = {one: shelf.index.number(one) for one in picks()}
    kept = {one: number for one, number in known.items() if number is not None and mask[number]}
    st.session_state[_PICKS] = list(kept)
    return list(kept.values())


def focus() -> int:
    """Return a number that changes whenever the map is to go to what is selected."""
    return int(st.session_state.get(_FOCUS, 0))


def show_on_map() -> None:
    """Let the map go to what is selected."""
    st.session_state[_FOCUS] = focus() + 1


def order() -> Order:
    """Return the order that the address asks for."""
    return Order.read(st.query_params.get("sort", ""))


def sort(wanted: Order) -> None:
    """Sort from now on in this order."""
    address.write("sort", wanted.text)


def listed() -> At:
    """Return the places whose entries the panel lists: those clicked last, or the table's."""
    return list(st.session_state.setdefault(_LISTED, only_at()))


def list_places(at: At) -> None:
    """List the entries at these places in the panel; [] closes the list."""
    st.session_state[_LISTED] = at
    st.session_state.pop("list-page", None)


def only_at() -> At:
    """Return the places that the table is narrowed to; nonsense in the address is everywhere."""
    text = st.query_params.get("at", "")
    exact = st.session_state.get("at-exact", [])
    return list(exact) if text and text == written(exact) else read(text)


def narrow(at: At) -> None:
    """Narrow the table to these places; [] widens it again."""
    st.session_state["at-exact"] = at
    address.write("at", written(at))


def written(at: Sequence[tuple[int, ...]]) -> str:
    """Return places as they stand in an address; of very many only the box round them."""
    some = list(at) if len(at) <= _MOST else [_round(at)]
    return ";".join(",".join(map(str, place)) for place in some)


def read(text: str) -> At:
    """Return the places of an address, [] when it makes no sense."""
    parts = text.split(";")
    if len(parts) > _MOST or not all(map(_AT.fullmatch, parts)):
        return []
    return [tuple(map(int, part.split(","))) for part in parts]


def _round(at: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    xs = [x for place in at for x in place[0::2]]
    ys = [y for place in at for y in place[1::2]]
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1
