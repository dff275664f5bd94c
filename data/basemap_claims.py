"""Which borders are disputed: what Natural Earth's line layer says, and what it lacks.

The same rule holds for every dispute: the line is dashed on each side that somebody claims,
whoever holds the ground. The outer side of a disputed area, which would be a border under
either claim, stays as it is. Front lines of wars are not drawn.
"""

from __future__ import annotations

DISPUTED_CLASSES = ("Disputed", "Indefinite", "Line of control", "Indeterminant", "Unrecognized")
"""Beginnings of FEATURECLA in Natural Earth's 10m land boundary lines that are dashed."""

DISPUTED_PAIRS = {
    frozenset(pair)
    for pair in (
        ("KP", "KR"),  # Military Demarcation Line of 1953
        ("RS", "XK"),
        ("EH", "MA"),
        ("IL", "PS"),
        ("IL", "SY"),
        ("IL", "LB"),
        ("SD", "SS"),  # not demarcated
        ("ES", "GI"),
        ("BZ", "GT"),
        ("GY", "VE"),
        ("EG", "XB"),
        ("SD", "XB"),
    )
}
"""Pairs of countries whose whole land border is disputed or not agreed."""

CLAIMED_REGIONS = {
    "crimea": ("UA-43", "UA-40"),
    "abkhazia": ("GE-AB",),
    "transnistria": ("MD-SN", "MD-CAM", "MD-GRI", "MD-BD", "MD-RE*"),
    "arunachal": ("IN-AR",),
    "jammu": ("IN-JK", "IN-LA"),
    "kashmir": ("PK-JK", "PK-GB"),
    "essequibo": ("GY-BA", "GY-PM", "GY-CU", "GY-PT", "GY-UT"),
}
"""Claimed areas that Natural Earth knows as provinces (ISO 3166-2, its own where ISO has none)."""

CLAIMED_OF = {
    "crimea": {"UA"},
    "abkhazia": {"GE"},
    "transnistria": {"MD"},
    "arunachal": {"IN"},
    "jammu": {"IN"},
    "kashmir": {"PK"},
    "essequibo": {"GY"},
}
"""The country that each claimed area lies in on this map."""

DRAWN_OTHERWISE = ({"RUS", "UKR"},)
"""Pairs whose line in Natural Earth is left out, as the provinces' outline says it better."""

CLAIM_LINES: dict[str, tuple[str, tuple[tuple[float, float], ...]]] = {
    # Arbitral award of 2009: exact parallels and meridians.
    "abyei": ("SD", ((27.8333, 9.2), (27.8333, 10.1667), (29.0, 10.1667), (29.0, 9.2))),
    # Administrative boundary of 1902, to about 10 km.
    "halaib": ("EG", ((34.08, 21.95), (34.2, 22.2), (34.7, 22.3), (35.05, 22.78), (35.7, 23.15))),
    # Line of 1923 between Palestine and Syria, to about 1 km; the Golan lies east of it.
    "golan": (
        "IL",
        (
            (35.62, 33.29), (35.625, 33.25), (35.66, 33.245), (35.69, 33.245), (35.66, 33.19),
            (35.635, 33.13), (35.62, 33.06), (35.628, 33.01), (35.62, 32.95), (35.625, 32.89),
            (35.65, 32.84), (35.645, 32.78), (35.665, 32.73), (35.685, 32.66),
        ),
    ),
    # Administrative boundary of the former autonomous region, to about 5 km.
    "south ossetia": (
        "GE",
        (
            (43.70, 42.80), (43.70, 42.68), (43.55, 42.60), (43.50, 42.50), (43.60, 42.40),
            (43.58, 42.30), (43.62, 42.20), (43.72, 42.10), (43.85, 42.13), (43.95, 42.19),
            (44.05, 42.19), (44.12, 42.14), (44.22, 42.12), (44.30, 42.05), (44.45, 42.03),
            (44.55, 42.06), (44.58, 42.15), (44.52, 42.30), (44.42, 42.45), (44.25, 42.52),
            (44.15, 42.75),
        ),
    ),
    # Eastern edge of Aksai Chin as India claims it, to about 20 km.
    "aksai chin": (
        "CN",
        (
            (77.75, 35.45), (78.05, 35.65), (78.6, 35.9), (79.4, 36.0), (80.0, 35.85),
            (80.3, 35.5), (80.2, 35.1), (79.8, 34.7), (79.45, 34.4), (78.85, 34.3),
        ),
    ),
}  # fmt: skip
"""Claim lines that no source here has: the country to clip them to, and (lon, lat)."""

HANDED_BACK = {
    "SY": ("IL", ((35.62, 33.5), (36.1, 33.5), (36.1, 32.6), (35.685, 32.6))),
}
"""Ground that the source gives to its occupier: the rightful code, the source's code, and the
corners of a box beyond the claim line, which is joined to it."""

FAR_PARTS: tuple[tuple[str, str, tuple[float, float, float, float]], ...] = (
    ("CP", "FR", (-110, 10, -109, 11)),
    ("GF", "FR", (-55, 2, -51, 6)),
    ("GP", "FR", (-62, 15.7, -60.9, 16.6)),
    ("MQ", "FR", (-61.3, 14.3, -60.7, 15)),
    ("RE", "FR", (55, -21.5, 56, -20.7)),
    ("YT", "FR", (44.9, -13.1, 45.4, -12.5)),
    ("SJ", "NO", (5, 74, 40, 82)),
    ("SJ", "NO", (-10, 70, -7, 72)),
    ("BV", "NO", (3, -55, 4, -54)),
    ("BQ", "NL", (-69, 11.9, -68, 12.5)),
    ("BQ", "NL", (-63.5, 17.3, -62.8, 17.8)),
    ("TK", "NZ", (-173, -9.6, -171, -8.4)),
    ("CX", "AU", (105, -11, 106, -10)),
    ("CC", "AU", (96, -13, 97.5, -11)),
)
"""Parts that have an ISO code of their own: code, the source's country, box in degrees."""

MISPLACED_PARTS: tuple[tuple[str, dict[str, str], tuple[float, float, float, float]], ...] = (
    # Ganghwa, Baengnyeong, Yeonpyeong and the other islands of Incheon.
    (
        "KR-41",
        {"iso_3166_2": "KR-28", "name_en": "Incheon", "name_ko": "인천광역시"},
        (124.0, 37.1, 126.545, 38.1),
    ),
    # The regions of Guyana carry each other's codes and names.
    *(
        (source, {"iso_3166_2": code, "name_en": en, "name_ko": ko}, (-62.0, 1.0, -56.0, 9.0))
        for source, code, en, ko in (
            ("GY-UD", "GY-UT", "Upper Takutu-Upper Essequibo", "어퍼타쿠투어퍼에세키보"),
            ("GY-UT", "GY-UD", "Upper Demerara-Berbice", "어퍼데메라라버비스"),
            ("GY-CU", "GY-PM", "Pomeroon-Supenaam", "포메룬수페남"),
            ("GY-PM", "GY-CU", "Cuyuni-Mazaruni", "쿠유니마자루니"),
            ("GY-MA", "GY-EB", "East Berbice-Corentyne", "이스트버비스코렌타인"),
            ("GY-EB", "GY-DE", "Demerara-Mahaica", "데메라라마하이카"),
            ("GY-ES", "GY-MA", "Mahaica-Berbice", "마하이카버비스"),
            ("GY-DE", "GY-ES", "Essequibo Islands-West Demerara", "에세키보제도웨스트데메라라"),
        )
    ),
)
"""Parts that the source counts to another province: its code, what is right, box."""

CODES_BY_NAME = {
    "Akrotiri Sovereign Base Area": "XA",
    "Dhekelia Sovereign Base Area": "XD",
    "Bir Tawil": "XB",
    "Scarborough Reef": "XC",
    "Spratly Islands": "XS",
    "US Naval Base Guantanamo Bay": "CU",
    "Brazilian Island": "BR",
    "Kosovo": "XK",
    "Northern Cyprus": "CY",
    "Cyprus No Mans Area": "CY",
    "Somaliland": "SO",
    "Siachen Glacier": "IN",
    "Southern Patagonian Ice Field": "AR",
    "Bajo Nuevo Bank (Petrel Is.)": "CO",
    "Serranilla Bank": "CO",
    "Baykonur Cosmodrome": "KZ",
    "Taiwan": "TW",
}
"""Codes that Natural Earth leaves out; those with X are ours, as ISO has none."""
