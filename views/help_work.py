"""How to work with entries, and what the map rests on: headings and paragraphs of the help page."""

from __future__ import annotations

SAID = (
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
        "Briefings",
        "A briefing is an ordered list of steps, and each step is a question to the data. “Add this"
        " view as a step” on the map takes the filters, and the view if you want it kept. Words in"
        " braces such as {shown} stand for what is counted each time, so a text never says another"
        " number than the map. Steps are moved by drag, by buttons, or with Alt and ↑ ↓. Each"
        " change is a revision that can be undone, and never written over somebody else's. What"
        " changed since a briefing was last presented is listed on its page; “Freeze” keeps it to"
        " the data of a moment, though what is withheld later is left out all the same.",
    ),
    (
        "Presenting and handing over",
        "“Present” fills the window, one step a screen; → and ← or a clicker go through them, and ?"
        " lists the other keys. Two closing screens say what the map does not show, and what it"
        " rests on. The Download menu of a briefing makes one file that needs no network: HTML,"
        " PowerPoint, PDF, a picture of one step, JSON, or StoryMapJS. The profile decides what may"
        " be in it. Speaker notes can be left out.",
    ),
    (
        "Accessibility",
        "Every page can be used with the keys alone, in light and dark, and from a width of 360"
        " pixels; each is tested with axe-core against WCAG 2.2 AA. Nothing is said by colour"
        " alone, and nothing is animated where your system asks for less motion. The keys go from"
        " symbol to symbol of the map, and what it shows stands below it as a list of places, for"
        " screen readers too.",
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
