"""Players of other machines, each in a frame that may do no more than play."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.media.link import FRAMES, Player

_STYLE = """
iframe { display: block; width: 100%; border: 0; border-radius: 8px; background: #000; }
.wide { aspect-ratio: 16 / 9; }
.upright { height: 520px; background: none; }
"""
_PLAYER = st.components.v2.component(
    "glimpse_player",
    html="<div></div>",
    css=_STYLE,
    js=(Path(__file__).parent / "player.js").read_text(encoding="utf-8"),
)


def player(key: str, other: Player, title: str) -> None:
    """Load the player; this is the moment at which its machine is asked."""
    known = {"frames": list(FRAMES), "upright": other.upright}
    _PLAYER(key=key, data={"address": other.address, "title": title, **known})
