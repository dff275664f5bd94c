"""A page inside another site's frame: `?embed=1`, or Streamlit's own `?embed=true`."""

from __future__ import annotations

from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def embedded() -> bool:
    """Whether the address asks for the page alone, without navigation and language switch.

    Streamlit keeps the name `embed` to itself and leaves it out of `st.query_params`.
    """
    context = get_script_run_ctx()
    asked = parse_qs(context.query_string if context else "", max_num_fields=1_000)
    return bool(st.context.is_embedded) or asked.get("embed", [""])[-1] in ("1", "true")
