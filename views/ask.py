"""Asking an online service: only when it is switched on, and only what a person has seen."""

from __future__ import annotations

import os
from collections.abc import Mapping

import streamlit as st

from geo.entry import Candidate
from geo.errors import InputError
from geo.folders import cache_folder
from geo.i18n import Translator
from geo.online import Online, Service, cached, online, polite, request, services

_ON = "online-on"


def settings() -> Mapping[str, str]:
    """Return the environment, and over it what `.streamlit/secrets.toml` sets at its top."""
    if not st.secrets.load_if_toml_exists():
        return os.environ
    own = {
        name: value for name, value in st.secrets.items() if isinstance(value, str | int | float)
    }
    return {**os.environ, **{name: str(value) for name, value in own.items()}}


def switch(t: Translator) -> None:
    """Draw the switch without which nothing is sent, where whoever runs Glimpse allows it."""
    known = services(settings())
    if known:
        names = ", ".join(service.name for service in known)
        st.toggle(
            t("Allow asking online: {services}", services=names), key=_ON,
            help=t("Off, nothing leaves this machine. On, you see what would be sent, and it is"
                   " sent when you say so."),
        )  # fmt: skip


def allowed() -> list[Service]:
    """Return the services that may be asked now; [] while the switch is off."""
    return services(settings()) if st.session_state.get(_ON) else []


def asking(service: Service) -> Online:
    """Return the geocoder that waits its turn at the service and remembers its answers."""
    return cached(polite(online(service)), cache_folder())


def ask_online(t: Translator, locality: str) -> list[Candidate]:
    """Draw what would be sent to each service that may be asked; return what was answered."""
    found: list[Candidate] = []
    for service in allowed():
        with st.expander(t("Ask {service} online", service=service.name)):
            try:
                url = request(service, locality)
            except InputError as error:
                st.caption(t(error.sentence, **error.values))
                continue
            st.caption(t("This and nothing else will be sent:"))
            st.code(url, language=None)
            question = (service.kind, locality)
            if st.button(t("Send"), key=f"send-{service.kind}-{locality}"):
                st.session_state["sent"] = question
            if st.session_state.get("sent") == question:
                found += asking(service)(locality)
    return found
