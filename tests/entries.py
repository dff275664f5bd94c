"""Arbitrary valid entries, with the texts, places and decisions that break a file most easily."""

import datetime as dt

from conftest import HOSTILE
from hypothesis import strategies as st

from geo.entry import Entry, Level, Relation, Report
from geo.formats.export_row import Item

ODD = (
    *HOSTILE, "", " ", "'", "'=1", "''", "-5", "-", "+82 2", "@x", "\t=1", "a;b; c", "<r>x</r>",
    "_x0041_", "\ufeff", "\uffff", "]]>", "&amp;", "a\nb", "\u202etxt", "None", "nan", "1.0",
    "2013-05", "\N{FULLWIDTH EQUALS SIGN}1",
)  # fmt: skip
ALPHABET = st.characters(exclude_categories=["Cs", "Cc"])
TEXTS = st.sampled_from(ODD) | st.text(ALPHABET, max_size=20)
IDS = TEXTS.filter(lambda text: text and not set(text) & set("\n\t"))
CODES = TEXTS.filter(lambda text: text.isprintable())
DATES = st.sampled_from(["", "2013", "2013-05", "2012-10/2013-03", "1984?", "2013-05-17"])
URLS = st.sampled_from(["", "https://example.org/a?b=1&c=2", "http://x/\N{SNOWMAN}"])
MOMENTS = st.datetimes(
    timezones=st.sampled_from([None, dt.UTC, dt.timezone(dt.timedelta(hours=9))])
)


@st.composite
def candidates(draw, place_id):
    provenance = {
        "provider": draw(CODES), "version": draw(CODES), "query": draw(TEXTS),
        "matched_name": draw(TEXTS), "match": draw(st.sampled_from(["exact", "fuzzy"])),
        "at": draw(MOMENTS), "licence": draw(CODES),
    }  # fmt: skip
    return {
        "place_id": place_id, "name": draw(TEXTS), "native": draw(TEXTS),
        "lat": draw(st.floats(-90, 90)), "lon": draw(st.floats(-180, 180)),
        "uncertainty_m": draw(st.floats(0.001, 20_040_000)),
        "feature": draw(st.sampled_from(["site", "city", "country", "odd"])),
        "country": draw(st.sampled_from(["", "KP"])),
        "admin1": draw(st.sampled_from(["", "KP-13"])),
        "confidence": draw(st.floats(0, 1)), "provenance": provenance,
    }  # fmt: skip


@st.composite
def locations(draw, relation):
    ids = draw(st.lists(IDS, max_size=3, unique=True))
    outcome = draw(st.sampled_from(["accepted", "review", "none"] if ids else ["review", "none"]))
    decision = {
        "by": draw(st.sampled_from(["rule", "person"])), "outcome": outcome, "at": draw(MOMENTS),
        "reason": draw(TEXTS),
    }  # fmt: skip
    locality = draw(TEXTS)
    absence = st.sampled_from(["not_stated", "withheld", "not_found", "unlocatable"])
    return {
        "locality": locality, "relation": relation,
        "basis": draw(st.sampled_from(["stated", "inferred"])),
        "complete": relation != "one_of" or draw(st.booleans()),
        "absence": draw(absence if not locality else st.none() | absence),
        "candidates": [draw(candidates(place_id)) for place_id in ids],
        "chosen": draw(st.sampled_from(ids)) if outcome == "accepted" else None,
        "decision": decision,
    }  # fmt: skip


@st.composite
def reports(draw, report_id):
    return Report(
        id=report_id, title=draw(TEXTS), outlet=draw(TEXTS), url=draw(URLS),
        archived_url=draw(URLS), published=draw(DATES), accessed=draw(DATES), language=draw(TEXTS),
    )  # fmt: skip


@st.composite
def items(draw, entry_id, shared):
    """Draw an entry with the reports that it is cited in, which are some of the shared ones."""
    filmed = st.sampled_from([one.value for one in Relation if one.filmed])
    others = st.sampled_from(["released_at", "mentioned"])
    relations = [draw(filmed), *draw(st.lists(filmed | others, max_size=3))]
    cited = draw(st.lists(st.sampled_from(shared), max_size=3)) if shared else []
    evidence = st.fixed_dictionaries({
        "kind": st.sampled_from(["video", "image", "page"]), "url": URLS, "archived_url": URLS,
        "sha256": st.sampled_from(["", "a" * 64]), "caption": TEXTS, "credit": TEXTS,
        "graphic": st.booleans(),
    })  # fmt: skip
    entry = Entry.model_validate({
        "id": entry_id, "title": draw(TEXTS), "description": draw(TEXTS), "category": draw(TEXTS),
        "tags": draw(st.lists(TEXTS, max_size=2)), "recorded": draw(DATES),
        "reports": [{"report": one.id, "paragraph": draw(TEXTS)} for one in cited],
        "evidence": draw(st.lists(evidence, max_size=2)),
        "locations": [draw(locations(relation)) for relation in draw(st.permutations(relations))],
        "verification": {
            "level": draw(st.sampled_from(Level)), "by": draw(TEXTS), "at": draw(DATES),
            "method": draw(TEXTS), "note": draw(TEXTS),
        },
        "visibility": draw(st.sampled_from(["draft", "published"])),
        "sensitivity": draw(st.lists(TEXTS, max_size=2)),
        "extra": draw(st.dictionaries(NAMES, TEXTS, max_size=3)),
    })  # fmt: skip
    return Item(entry=entry, reports=tuple(dict.fromkeys(cited)))


NAMES = (
    st.sampled_from(["Title", "lat", "record", "", "=x", "extra_lat", "geometry", "Notes"]) | TEXTS
)


@st.composite
def corpora(draw):
    """Draw a few entries with different ids that share reports."""
    ids = draw(st.lists(IDS, max_size=3, unique=True))
    shared = [draw(reports(one)) for one in draw(st.lists(IDS, max_size=2, unique=True))]
    return [draw(items(entry_id, shared)) for entry_id in ids]
