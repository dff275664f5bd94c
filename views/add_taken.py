"""What became of a file's rows: the counts, the refused ones to take away, the way to the map."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Translator
from geo.intake import Taken
from views.add_work import Work
from views.text import tag, told


def draw(t: Translator, work: Work, map_page: st.Page) -> None:
    """Draw what an import did."""
    taken = work.taken
    if taken is None:
        return
    if done := taken.new + taken.changed:
        said = t("Imported: {n} of {m} rows are new or changed.", n=f"{done:,}",
                 m=f"{taken.read:,}")  # fmt: skip
        st.success(said)
    else:
        st.info(t("Nothing new: no row says more than what is saved already."))
    if work.error is not None:  # the rows are saved; remembering the columns failed
        st.error(told(t, work.error))
    st.html(tally(t, taken))
    with st.container(horizontal=True, vertical_alignment="center"):
        asked = {n: st.query_params[n] for n in ("lang",) if n in st.query_params}
        st.page_link(map_page, label=t("Show the map"), query_params=asked)
        if work.refused:
            st.download_button(
                t("Download the refused rows with their reasons"), data=work.refused,
                file_name=f"{work.path.stem}-refused.csv", mime="text/csv", on_click="ignore",
                key="file-refused",
            )  # fmt: skip


def tally(t: Translator, taken: Taken) -> str:
    """Return the counts of a file's rows as HTML; each row is in exactly one after the first."""
    counts = (
        (t("rows read"), taken.read),
        (t("new"), taken.new),
        (t("changed"), taken.changed),
        (t("unchanged"), taken.unchanged),
        (t("left out as duplicates"), taken.duplicate),
        (t("refused"), taken.rejections),
    )
    parts = (f"<div>{tag('b', f'{n:,}')}{tag('span', said)}</div>" for said, n in counts)
    return f'<div class="tally">{"".join(parts)}</div>'
