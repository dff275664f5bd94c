"""How to read the map and its filters: headings and paragraphs of the help page."""

from __future__ import annotations

SAID = (
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
)
