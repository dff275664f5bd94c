"""What a page needs for everyone: its language, its keys and its tour, by scripts of our own."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.i18n import Translator
from views import keys, tour

_HERE = Path(__file__).parent


def draw(t: Translator) -> None:
    """Bring the page its scripts; nothing is drawn, and no text from outside reaches them."""
    data = {
        "frame": {"language": t.language, "words": {word: t(word) for word in WORDS},
                  "frames": {name: t(said) for name, said in FRAMES.items()}},
        "keys": keys.data(t),
        "tour": tour.data(t),
    }  # fmt: skip
    with st.container(key="frame"):
        for name, script in _scripts().items():
            script(data=data[name], key=f"frame-{name}")


@st.cache_resource(show_spinner=False)
def _scripts() -> dict:
    """Return a component for each script, made once."""
    return {
        name: st.components.v2.component(
            f"glimpse-{name}", js=(_HERE / f"{name}.js").read_text("utf-8"), isolate_styles=False
        )
        for name in ("frame", "keys", "tour")
    }


FRAMES = {
    "streamlit_folium.st_folium": "Map of the entries",
    "views.present.deck": "Briefing",
}
"""Names of the frames on a page, by the component that made them."""

WORDS = (
    "Skip to main content", "App pages", "Navigate to home page", "Logo", "Sidebar",
    "Expand sidebar", "Collapse sidebar", "Main menu", "Theme", "System", "Light", "Dark",
    "Print", "Record screen", "Search", "Clear selection", "Show/hide columns", "Fullscreen",
    "Close fullscreen", "Toggle fullscreen", "Clear all", "Clear value", "Select all",
    "No results", "Selected values", "Pagination", "Previous page", "Next page",
    "Scroll tabs left", "Scroll tabs right", "Running...", "Notifications", "Upload",
    "file upload", "Choose an option", "Choose options", "10MB per file", "20MB per file",
    "60MB per file", "200MB per file",
)  # fmt: skip
"""Streamlit's own words on our pages, each with a Korean of its own."""
