"""Asking an online service: only when it is switched on, and only what a person has seen."""

from __future__ import annotations

import os

import streamlit as st

from geo.entry import Candidate
from geo.folders import cache_folder
from geo.i18n import Translator
from geo.online import cached, online, polite, request, services


def ask_online(t: Translator, locality: str) -> list[Candidate]:
    """Draw what would be sent to each service that is switched on; return what was answered.

    Nothing is drawn and nothing is asked while GEO_ONLINE names no service.
    """
    found: list[Candidate] = []
    for service in services(os.environ):
        with st.expander(t("Ask {service} online", service=service.kind.value)):
            st.caption(t("This and nothing else will be sent:"))
            st.code(request(service, locality), language=None)
            question = (service.kind, locality)
            if st.button(t("Send"), key=f"send-{service.kind}-{locality}"):
                st.session_state["sent"] = question
            if st.session_state.get("sent") == question:
                found += cached(polite(online(service)), cache_folder())(locality)
    return found
