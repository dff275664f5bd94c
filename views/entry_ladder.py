"""The verification ladder: the six levels, the present judgement, and all that came before it."""

from __future__ import annotations

import streamlit as st

from geo.dates import said as said_date
from geo.dates import said_moment
from geo.entry import Level, Verification
from geo.i18n import Translator
from geo.ledger import Judged, judgements, why
from geo.reading import JUDGED
from views.one import One
from views.text import link, spaced, tag


def draw(one: One) -> None:
    """Draw the ladder with the present level marked, and the earlier judgements below it."""
    t, present = one.t, one.entry.verification
    steps = "".join(_step(t, level, present) for level in Level)
    st.html(
        f'<div class="card">{tag("div", t("Verification"), "section")}'
        f'<ol class="ladder">{steps}</ol>{_history(t, judgements(one.history))}</div>'
    )


def _step(t: Translator, level: Level, present: Verification) -> str:
    here = level is present.level
    doubt = " doubt" if level in (Level.CONTESTED, Level.REFUTED) else ""
    mark = ' aria-current="step"' if here else ""
    words = tag("b", spaced(t, level)) + " " + tag("span", t(JUDGED[level]), "muted")
    more = _judgement(t, present) if here else ""
    return f'<li class="{level.value}{doubt}"{mark}>{words}{more}</li>'


def _judgement(t: Translator, judged: Verification) -> str:
    who = ", ".join(filter(None, (judged.by, judged.at and said_date(judged.at, t))))
    lines = [tag("p", who)] if who else []
    if judged.method:
        lines.append(tag("p", t("Method: {method}", method=judged.method)))
    if judged.note:
        lines.append(tag("p", judged.note))
    if judged.proof:
        lines.append(f"<p>{tag('span', t('Proof:'))} {link(judged.proof)}</p>")
    return "".join(lines)


def _history(t: Translator, judged: list[Judged]) -> str:
    """Return the earlier judgements, the newest first; "" when there was only one."""
    if len(judged) < 2:  # noqa: PLR2004 - the first is the present one
        return ""
    lines = []
    for before, after in zip(reversed(judged[:-1]), reversed(judged[1:]), strict=True):
        moved = f"{_short(t, before.verification)} → {_short(t, after.verification)}"
        head = f"{said_moment(after.at, t)} · {after.who}: {moved}"
        lines.append(
            f'<div class="change">{tag("div", head)}{tag("div", why(t, after.why), "muted")}'
            f"{_judgement(t, before.verification)}</div>"
        )
    return tag("div", t("Earlier judgements"), "section") + "".join(lines)


def _short(t: Translator, judged: Verification) -> str:
    who = ", ".join(filter(None, (judged.by, judged.at and said_date(judged.at, t))))
    return f"{spaced(t, judged.level)} ({who})" if who else spaced(t, judged.level)
