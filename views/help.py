"""What the words and the symbols mean, and what the map rests on."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Translator
from views import keys, tour

_SAID = (
    (
        "What this is",
        "Glimpse maps reported footage. A report says in words where something was filmed;"
        " Glimpse finds the place in a gazetteer on this machine and shows how sure it is."
        " It never claims more than was reported.",
    ),
    (
        "Certain and possible",
        "An entry counts once, however many places it may be in. It is certain where a report"
        " says it was filmed there, inferred where the report says so of the whole video, and"
        " possible where the report names several places and nobody says which.",
    ),
    (
        "Size says how precise",
        "A city is drawn as an area of the city's size at every zoom, counted at its centre."
        " Only a site that is known to about 100 metres is a pin. Zooming in never makes a"
        " symbol more exact than the report.",
    ),
    (
        "Line says how certain, tone says how verified",
        "A solid line: filmed here. Dotted: inferred. Dashed: possibly here; the candidates of"
        " one entry are joined. The fuller the tone, the better the verification.",
    ),
    (
        "Filtering and searching",
        "All filters must be met, by one and the same place of an entry; of several choices in one"
        " filter any will do. The number beside a choice is what it would leave. A place counts as"
        " inside a circle or a drawn shape where its area reaches into it. A partial date matches"
        " where its range overlaps the one asked for; what has no date is let in only if you say"
        " so. In the search all words must occur; “words in quotes” stand together, -word leaves"
        " out, and OR, in capitals, takes either of two.",
    ),
    (
        "The timeline",
        "The bars under the map count entries by when they were recorded, stacked by verification."
        " A date that is wider than a bar is spread over the bars that it touches, and hatched."
        " No date is guessed: what has none is counted apart, under “Date unknown”. Drag or click"
        " to choose a time, or use the arrow keys and Enter; Play shows one bar after the other,"
        " Pause keeps what is seen as the filter, Stop goes back.",
    ),
    (
        "Without a place",
        "An entry whose place is not stated, withheld, not found, or waiting for a person to"
        " choose is listed below the map and counted above it. It is never dropped and never"
        " put in a country's middle.",
    ),
    (
        "One entry",
        "“Open entry” shows what is claimed, where that is, and the evidence. A link to another"
        " site is a placeholder: nothing is asked of that site before you click, and then it sees"
        " your address. A file of this machine is shown once its SHA-256 was checked. An arrow"
        " leads from the place that the words stood for to the one that a person geolocated.",
    ),
    (
        "Adding from an article",
        "The add page marks the places that an article names and proposes an entry for each scene"
        " that it describes. What it proposes is a reading, and may be wrong: look at each entry,"
        " correct or discard it, then save. Nothing is saved before, and nothing is added that the"
        " article does not state.",
    ),
    (
        "Importing a file",
        "The add page takes sheets and map files as well. It says which tool wrote the file, or"
        " asks you which column says what, and shows what an import would do before anything is"
        " saved: how many rows are new, what is refused and why, which may be duplicates. A"
        " coordinate of the file stays as exact as the file says.",
    ),
    (
        "The table",
        "The table below the map holds the entries that the filters show. A click on a heading"
        " sorts all of them, and once more turns the order round; “Columns” chooses what is shown."
        " A click into a row opens its entry. Rows that are ticked are ringed on the map, and"
        " “Show on map” goes there. A place or a circle of the map that holds several entries"
        " opens as a list; “Show as table” narrows the table to it.",
    ),
    (
        "Changing many entries",
        "“Edit …” above the table changes the ticked entries or all in the table. What would"
        " change, and what is replaced, is said first. All of it is saved or nothing, never over"
        " what somebody saved meanwhile, and one click puts it back, also later from an entry.",
    ),
    (
        "Deciding what is unclear",
        "Where several places bear a name, or none quite does, a person decides on the review page:"
        " accept a candidate, search another name, click the map, type coordinates, or say why"
        " there is no place. Each decision is kept with its note and can be undone, also later"
        " from the entry.",
    ),
    (
        "A place of your own",
        "What you click or type is a cell, not a point: 39.0 is every latitude that is written"
        " so. The radius is never smaller than that cell, and a click says nothing finer than"
        " 12 pixels of the zoom or the kilometre by which the base map may be off. Text that"
        " could be read in two ways is refused.",
    ),
    (
        "Places of your own",
        "Names and coordinates that you have in a file join the built-in places with the command"
        " python -m geo gazetteer add FILE. They are found at once, and a candidate from them says"
        " the name of your gazetteer.",
    ),
    (
        "The map's tools",
        "One button on the map holds its tools. Measure lengths and areas: they are those of"
        " the ground, not of the drawing. Filter by a shape or a circle that you draw, or by"
        " what is in view: entries are met whose place may lie in it. Coordinates never show"
        " more digits than a pixel is worth; a click on the ground holds a spot, and C copies"
        " it. Save picture and Print take what you see with its filter, counts, legend and"
        " credits.",
    ),
    (
        "The map by keyboard",
        "Tab to the map. N and P go from symbol to symbol, the largest first; Enter opens"
        " one; the arrow keys move the map, + and - zoom. With a tool, Space sets a point in"
        " the middle of the map, Backspace takes it back, Enter finishes, Escape ends.",
    ),
    (
        "Sharing a view",
        "The address of the page holds the filters, the view, the open entry and the language."
        " Send the address to share what you see.",
    ),
    (
        "Reading",
        "The page Read is for everybody who only wants to know what was filmed where: choose a"
        " region, read the summary, open a card. It shows published entries only. With embed=1 in"
        " its address it can stand in another site's page.",
    ),
    (
        "Downloading",
        "The Download menu writes the entries that the filters show, as a table, a map file or a"
        " slide show. A file says how precise each place is, where it came from, which filters"
        " were set and whom to credit. Withheld entries are never in it.",
    ),
    (
        "Base maps",
        "The button with the sheets on the map chooses what lies below the entries. The built-in"
        " map asks nobody, and dashes disputed borders, whoever claims them; in high contrast it"
        " is black and white, as your system may ask for by itself. An online map is other"
        " people's: it draws borders as they see them, its host sees which part of it you look at"
        " and your network address, and it may be as old as they leave it. The choice stays in"
        " this browser, never in the address that you share. When its tiles fail, the built-in"
        " map comes back and says so. Whoever runs Glimpse can add a map file of their own, or"
        " rule online maps out.",
    ),
    (
        "Accessibility",
        "Every page can be used with the keys alone, in light and dark, and from a width of 360"
        " pixels; each is tested with axe-core against WCAG 2.2 AA. Nothing is said by colour"
        " alone, and nothing is animated where your system asks for less motion. The symbols of"
        " the map are a picture: what they show stands in the table below it, for screen readers"
        " and for the keys.",
    ),
    (
        "Nothing leaves this machine",
        "Places are looked up here, and the map is drawn from files that are installed with the"
        " program. No request goes to another machine, unless whoever runs Glimpse has allowed an"
        " online geocoder and you turn its switch on; then the review page shows what would be"
        " sent, and sends it when you say so. The same holds for fetching an article by its"
        " address on the add page. An online map is asked by your own browser, once you have"
        " chosen it. The player of another site is loaded when you click for it.",
    ),
    (
        "Where it comes from",
        "Places: GeoNames (CC BY 4.0) and our own table. Borders and coasts: Natural Earth"
        " (public domain); disputed borders are dashed, whoever claims them. Subdivisions:"
        " ISO 3166-2. Map: Leaflet.",
    ),
)


def draw(t: Translator, map_page: st.Page) -> None:
    """Draw the help page; `map_page` is where the tour starts."""
    with st.container(width=720):
        st.title(t("Help"), anchor=False)
        tour.start(t, map_page)
        for heading, text in _SAID:
            st.header(t(heading), anchor=False)
            st.markdown(t(text))
        st.header(t("Keys"), anchor=False)
        st.html(keys.table(t))
