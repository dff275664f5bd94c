"""The evidence: files of this machine played in place, other machines' players on request."""

from __future__ import annotations

import base64

import streamlit as st

from geo.entry import Evidence
from geo.errors import InputError
from geo.i18n import Translator
from geo.media import file, picture
from geo.media.link import Player, player
from views import framing
from views.one import One
from views.text import label, link, spaced, tag, told

_MOST = 20


@st.fragment(key="evidence")
def draw(one: One) -> None:
    """Draw each piece of evidence; nothing of what is graphic is sent before it is asked for."""
    t, found = one.t, one.entry.evidence
    st.html(tag("div", t("Evidence"), "section"))
    if not found:
        st.html(f'<div class="card">{tag("p", t("No evidence is linked."), "muted")}</div>')
    for number, evidence in enumerate(found[:_MOST]):
        with st.container(border=True, gap="xsmall", key=f"evidence-{number}"):
            _piece(t, evidence, f"{one.entry.id}-{number}-{_mark(evidence)}", number)
    if (left := len(found) - _MOST) > 0:
        st.caption(t(" and {n} more", n=left).strip())


def _mark(evidence: Evidence) -> str:
    """Return what tells this piece from another that may come to stand in its place."""
    said = f"{evidence.sha256} {evidence.url} {evidence.graphic}"
    return base64.urlsafe_b64encode(said.encode()).decode()


def _piece(t: Translator, evidence: Evidence, key: str, number: int) -> None:
    kinds = [spaced(t, evidence.kind)]
    if evidence.graphic:
        kinds.append(t("graphic"))
    st.html("".join(tag("span", kind, "badge") for kind in kinds))
    if not evidence.graphic or _agreed(t, key):
        grey = evidence.graphic and not st.toggle(t("In colour"), key=f"colour-{key}")
        with st.container(key=f"evidence-grey-{number}" if grey else f"evidence-plain-{number}"):
            _shown(t, evidence, key, grey=grey)
    st.html(_facts(t, evidence))


def _agreed(t: Translator, key: str) -> bool:
    """Return whether the person wants to see what is graphic; draw the warning while not."""
    if st.session_state.get(f"agreed-{key}"):
        return True
    st.warning(t("Marked as graphic. It is not loaded before you ask for it, and then in grey."))
    st.button(t("Show"), key=f"agree-{key}", on_click=_set, args=(f"agreed-{key}",))
    return False


def _shown(t: Translator, evidence: Evidence, key: str, *, grey: bool) -> None:
    try:
        held = file.find(evidence.sha256)
        if held is not None:
            _held(t, held, evidence, grey=grey)
            return
    except InputError as error:
        st.error(told(t, error))
        return
    other = player(evidence.url)
    if other is not None:
        _player(t, other, key)


def _held(t: Translator, held: file.Held, evidence: Evidence, *, grey: bool) -> None:
    data = file.read(held)
    said = label(evidence.caption) or t("evidence without a caption")
    if held.kind == "video":
        st.video(data, format=held.mime, alt=said)
    else:
        st.image(_picture(evidence.sha256, data, grey=grey), width="stretch", alt=said)
    st.html(tag("p", t("✓ The file is the one that was recorded: its SHA-256 was checked."), "why"))


@st.cache_data(max_entries=32, show_spinner=False)
def _picture(sha256: str, _data: bytes, *, grey: bool) -> bytes:  # noqa: ARG001 - the cache's key
    return picture.shown(_data, grey=grey)


def _player(t: Translator, other: Player, key: str) -> None:
    """Draw our own placeholder, and the other machine's player once it is asked for."""
    if st.session_state.get(f"loaded-{key}"):
        title = t("Player of {host}", host=other.host)
        framing.player(f"player-{key}", other, title)
        return
    said = t("Nothing was asked of {host} yet.", host=other.host)
    st.html(f'<div class="placeholder">{tag("span", "▶", "play")}{tag("p", said)}</div>')
    st.button(
        t("Load from {host}: they will see your address", host=label(other.host)),
        key=f"load-{key}", on_click=_set, args=(f"loaded-{key}",), width="stretch",
    )  # fmt: skip


def _set(name: str) -> None:
    st.session_state[name] = True


def _facts(t: Translator, evidence: Evidence) -> str:
    lines = [tag("p", evidence.caption)] if evidence.caption else []
    if evidence.credit:
        lines.append(tag("p", t("Credit: {credit}", credit=evidence.credit), "muted"))
    if evidence.url:
        lines.append(f"<p>{link(evidence.url)}</p>")
    if evidence.archived_url:
        words = tag("span", t("Archived copy"), "muted")
        lines.append(f"<p>{words} {link(evidence.archived_url)}</p>")
    if evidence.sha256:
        lines.append(tag("p", f"SHA-256 {evidence.sha256}", "why"))
    return f'<div class="evidence">{"".join(lines)}</div>'
