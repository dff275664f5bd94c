"""The frame of every page: settings, language, navigation, and the message for an error."""

from pathlib import Path

import streamlit as st

from geo.errors import GeoError
from geo.i18n import language_of, translator
from views import add as add_page
from views import briefing as briefing_page
from views import entry_page, frame, trouble
from views import help as help_page
from views import map as map_page
from views import read as read_page
from views import review as review_page
from views.address import choose_language, keep_over_pages
from views.embed import embedded
from views.pages import remember
from views.shelf import review_title

st.set_page_config(page_title="Glimpse", page_icon="🗺️", layout="wide")
HERE = Path(__file__).parent / "views"
st.html(HERE / "style.css")
framed = embedded()
if framed:
    st.html(HERE / "embed.css")
else:
    st.logo(str(HERE / "logo.svg"), size="large")

keep_over_pages()
language = language_of(st.query_params.get("lang"), st.context.locale)
t = translator(language)
on_map = st.Page(lambda: map_page.draw(t, language), title=t("Map"), url_path="map", default=True)
on_entry = st.Page(
    lambda: entry_page.draw(t, language), title=t("Entry"), url_path="entry", visibility="hidden"
)
on_add = st.Page(lambda: add_page.draw(t, language, on_map), title=t("Add"), url_path="add")
on_briefing = st.Page(
    lambda: briefing_page.draw(t, language), title=t("Briefings"), url_path="briefing"
)
remember(map=on_map, entry=on_entry, add=on_add, briefing=on_briefing)
page = st.navigation(
    [
        on_map,
        st.Page(lambda: read_page.draw(t, language, on_map), title=t("Read"), url_path="read"),
        on_entry,
        on_briefing,
        on_add,
        st.Page(lambda: review_page.draw(t, language), title=review_title(t), url_path="review"),
        st.Page(lambda: help_page.draw(t, on_map), title=t("Help"), url_path="help"),
    ],
    position="hidden" if framed else "top",
)
if not framed:
    choose_language(t, language)
frame.draw(t)
try:
    page.run()
except GeoError as error:
    trouble.draw(t, error)
