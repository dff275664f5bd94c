"""Fields of a draft: what a person changes is taken into it at once, and outlives a rerun."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from geo.i18n import Translator
from views.briefing_draft import Draft

_LINE, _TEXT = 2_000, 100_000
"""Letters that a briefing keeps of a line and of a text."""


def fill(key: str, value: object) -> None:
    """Let a field show a value; one that shows it is left alone, as somebody may be typing."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


@dataclass(frozen=True)
class Form:
    """A form over a draft."""

    t: Translator
    draft: Draft

    def line(self, said: str, *path: str, **given: Any) -> None:  # noqa: ANN401 - of the widget
        """Draw a field for a line."""
        key = self._ready(path)
        st.text_input(
            said, key=key, max_chars=_LINE, on_change=self._take, args=(key, path), **given
        )

    def area(self, said: str, *path: str, height: int = 130, **given: Any) -> None:  # noqa: ANN401 - the same
        """Draw a field for a text."""
        key = self._ready(path)
        st.text_area(
            said, key=key, max_chars=_TEXT, height=height, on_change=self._take, args=(key, path),
            **given,
        )  # fmt: skip

    def choice(
        self, said: str, options: Sequence[str], say: Callable[[str], str], *path: str
    ) -> None:
        """Draw a choice of one."""
        key = self._ready(path)
        st.selectbox(
            said, options, key=key, format_func=say, on_change=self._take, args=(key, path)
        )

    def switch(self, said: str, *path: str, **given: Any) -> None:  # noqa: ANN401 - the same
        """Draw a switch."""
        key = self._ready(path)
        st.toggle(said, key=key, on_change=self._take, args=(key, path), **given)

    def _ready(self, path: tuple[str, ...]) -> str:
        key = "-".join(("briefing", self.draft.base.id, self.draft.step, *path))
        fill(key, self.draft.get(*path))
        return key

    def _take(self, key: str, path: tuple[str, ...]) -> None:
        self.draft.take(st.session_state[key], *path)
