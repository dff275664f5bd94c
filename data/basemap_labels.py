"""The names on the base map: an authored table for Korea and its borderland, and the world.

Places here are written by hand: kind, country, English, Korean, latitude, longitude, lowest
zoom, rank. Names in North Korea are in its own spelling. Where GeoNames has the place within
30 km, the point and number of the nearest such record replace the ones written here.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np
from babel import Locale
from basemap_topology import project

Place = dict[str, Any]
Label = dict[str, Any]
NEARBY, MERGED, MILLION, GIANT, LARGE = 30_000, 10_000, 1_000_000, 8, 3

TOWNS = """
KP|Pyongyang|평양|39.03|125.75|4|0
KP|Chongjin|청진|41.79|129.78|6|1
KP|Hamhung|함흥|39.92|127.54|6|1
KP|Sinuiju|신의주|40.10|124.40|6|1
KP|Wonsan|원산|39.15|127.44|6|1
KP|Kaesong|개성|37.97|126.55|6|1
KP|Hyesan|혜산|41.40|128.18|6|1
KP|Rajin|라진|42.25|130.29|6|2
KP|Nampo|남포|38.74|125.40|7|2
KP|Kanggye|강계|40.97|126.59|6|2
KP|Hoeryong|회령|42.44|129.75|6|2
KP|Haeju|해주|38.04|125.71|6|2
KP|Sariwon|사리원|38.51|125.76|7|3
KP|Pyongsong|평성|39.25|125.87|7|3
KP|Manpo|만포|41.155|126.29|7|3
KP|Musan|무산|42.226|129.208|7|3
KP|Kimchaek|김책|40.67|129.20|7|3
KP|Tanchon|단천|40.46|128.91|7|3
KP|Kaechon|개천|39.70|125.89|8|3
KP|Sunchon|순천|39.43|125.93|8|3
KP|Tokchon|덕천|39.75|126.26|8|3
KP|Anju|안주|39.62|125.66|8|4
KP|Huichon|희천|40.17|126.28|7|3
KP|Kusong|구성|39.98|125.24|8|4
KP|Chongju|정주|39.69|125.21|8|4
KP|Songnim|송림|38.75|125.64|8|4
KP|Sinpo|신포|40.03|128.19|8|4
KP|Munchon|문천|39.26|127.36|8|5
KP|Hungnam|흥남|39.84|127.63|8|4
KP|Kilju|길주|40.96|129.33|8|4
KP|Chunggang|중강|41.777|126.874|7|4
KP|Sonbong|선봉|42.35|130.38|8|4
KP|Onsong|온성|42.957|129.993|8|4
KP|Namyang|남양|42.950|129.856|9|5
KP|Undok|은덕|42.519|130.335|9|5
KP|Kyongwon|경원|42.812|130.154|9|5
KP|Uiju|의주|40.199|124.532|9|5
KP|Yongbyon|녕변|39.813|125.804|8|4
KP|Sakju|삭주|40.389|125.047|9|5
KP|Kapsan|갑산|41.090|128.293|9|5
KP|Changjin|장진|40.38|127.25|9|5
KP|Samjiyon|삼지연|41.81|128.31|8|4
KP|Paekam|백암|41.243|128.799|9|5
KP|Kosong|고성|38.74|128.18|8|5
KP|Tongchon|통천|38.954|127.892|9|5
KP|Sinchon|신천|38.353|125.484|9|5
KP|Changyon|장연|38.251|125.096|9|5
KP|Ongjin|옹진|37.935|125.362|9|5
KP|Koksan|곡산|38.782|126.666|9|5
KP|Puryong|부령|42.062|129.705|9|5
KP|Kyongsong|경성|41.588|129.606|9|5
KP|Myongchon|명천|41.071|129.429|9|5
KP|Pukchong|북청|40.25|128.32|9|5
KP|Kumya|금야|39.55|127.24|9|5
KP|Chasong|자성|41.461|126.641|9|5
KP|Pyongsan|평산|38.34|126.39|9|5
KR|Seoul|서울|37.57|126.98|4|0
KR|Busan|부산|35.10|129.04|5|1
KR|Incheon|인천|37.46|126.71|7|2
KR|Daegu|대구|35.87|128.60|6|2
KR|Daejeon|대전|36.35|127.38|6|2
KR|Gwangju|광주|35.16|126.92|6|2
KR|Ulsan|울산|35.54|129.32|7|2
KR|Suwon|수원|37.29|127.01|8|3
KR|Jeonju|전주|35.82|127.15|7|3
KR|Cheongju|청주|36.64|127.49|7|3
KR|Chuncheon|춘천|37.88|127.73|7|3
KR|Gangneung|강릉|37.755|128.90|7|3
KR|Pohang|포항|36.03|129.36|8|3
KR|Mokpo|목포|34.81|126.39|7|3
KR|Yeosu|여수|34.76|127.66|8|4
KR|Changwon|창원|35.23|128.68|8|3
KR|Jeju|제주|33.51|126.52|6|3
KR|Andong|안동|36.57|128.73|8|4
KR|Wonju|원주|37.35|127.945|8|4
KR|Sokcho|속초|38.21|128.59|8|4
KR|Paju|파주|37.76|126.78|9|4
KR|Gunsan|군산|35.98|126.71|8|4
KR|Cheonan|천안|36.81|127.15|8|4
KR|Chungju|충주|36.97|127.93|9|5
KR|Gyeongju|경주|35.84|129.21|9|5
KR|Donghae|동해|37.52|129.11|9|5
KR|Cheorwon|철원|38.15|127.31|9|5
KR|Sejong|세종|36.48|127.29|8|4
CN|Shenyang|선양|41.79|123.43|5|1
CN|Dandong|단둥|40.13|124.39|7|2
CN|Ji'an|지안|41.13|126.19|7|3
CN|Linjiang|린장|41.81|126.92|8|4
CN|Changbai|창바이|41.42|128.20|8|4
CN|Helong|허룽|42.54|129.00|8|4
CN|Longjing|룽징|42.77|129.42|8|4
CN|Yanji|옌지|42.91|129.51|6|2
CN|Tumen|투먼|42.97|129.84|7|3
CN|Hunchun|훈춘|42.87|130.36|7|3
CN|Tonghua|퉁화|41.73|125.94|7|3
CN|Baishan|바이산|41.94|126.42|8|4
CN|Dunhua|둔화|43.37|128.23|8|4
CN|Changchun|창춘|43.88|125.32|5|1
CN|Jilin|지린|43.85|126.56|6|2
CN|Harbin|하얼빈|45.75|126.65|5|1
CN|Mudanjiang|무단장|44.58|129.61|7|3
CN|Benxi|번시|41.29|123.77|8|4
CN|Anshan|안산|41.12|122.99|7|3
CN|Dalian|다롄|38.91|121.60|5|1
CN|Kuandian|콴뎬|40.73|124.78|9|5
CN|Donggang|둥강|39.88|124.15|9|5
CN|Yantai|옌타이|37.48|121.44|7|3
CN|Weihai|웨이하이|37.50|122.11|8|4
CN|Qingdao|칭다오|36.07|120.38|5|2
RU|Vladivostok|블라디보스토크|43.11|131.87|5|1
RU|Ussuriysk|우수리스크|43.80|131.95|8|3
RU|Nakhodka|나홋카|42.81|132.87|8|4
RU|Khasan|하산|42.43|130.64|8|4
RU|Slavyanka|슬라뱐카|42.86|131.38|9|5
"""

WATERS = """
sea|East Sea / Sea of Japan|동해|39.6|131.6|4|1
sea|Yellow Sea|서해 / 황해|36.8|123.6|4|1
sea|Korea Bay|서조선만|39.1|124.1|6|3
sea|East Korea Bay|동조선만|39.5|128.2|7|4
sea|Gyeonggi Bay|경기만|37.4|125.6|8|5
sea|Bohai Sea|보하이해|38.7|119.8|5|3
sea|Korea Strait|대한해협|34.4|129.0|6|3
sea|East China Sea|동중국해|29.5|125.0|4|2
sea|South China Sea|남중국해|14.5|115.0|4|2
sea|Philippine Sea|필리핀해|20.0|132.0|4|3
sea|Sea of Okhotsk|오호츠크해|54.5|149.0|3|2
sea|Bering Sea|베링해|58.0|-178.0|3|2
sea|Arabian Sea|아라비아해|15.0|64.0|3|2
sea|Bay of Bengal|벵골만|14.0|88.0|3|2
sea|Mediterranean Sea|지중해|34.5|18.0|3|2
sea|Black Sea|흑해|43.2|34.5|4|2
sea|Caspian Sea|카스피해|41.5|50.8|4|2
sea|Red Sea|홍해|19.5|38.5|4|3
sea|Baltic Sea|발트해|57.2|19.6|4|3
sea|North Sea|북해|56.0|3.0|4|3
sea|Norwegian Sea|노르웨이해|67.0|3.0|3|3
sea|Barents Sea|바렌츠해|74.0|38.0|3|3
sea|Caribbean Sea|카리브해|15.0|-75.0|3|2
sea|Gulf of Mexico|멕시코만|25.0|-90.5|4|2
sea|Hudson Bay|허드슨만|59.5|-85.5|3|3
sea|Tasman Sea|태즈먼해|-39.0|160.0|3|3
sea|Coral Sea|산호해|-17.0|154.0|4|3
sea|Pacific Ocean|태평양|5.0|-150.0|1|0
sea|Pacific Ocean|태평양|25.0|160.0|2|1
sea|Atlantic Ocean|대서양|28.0|-45.0|1|0
sea|South Atlantic Ocean|남대서양|-25.0|-15.0|2|1
sea|Indian Ocean|인도양|-20.0|80.0|1|0
sea|Arctic Ocean|북극해|80.0|-160.0|2|1
sea|Southern Ocean|남극해|-62.0|100.0|2|1
water|Yalu / Amnok|압록강|41.60|126.80|8|4
water|Tumen / Tuman|두만강|42.70|129.78|8|4
water|Chonji (Heaven Lake)|천지|42.006|128.062|9|5
water|Supung Lake|수풍호|40.50|125.06|8|5
peak|Paektusan 2,744 m|백두산|41.993|128.077|7|3
peak|Kumgangsan 1,638 m|금강산|38.657|128.107|8|5
peak|Myohyangsan 1,909 m|묘향산|40.018|126.333|9|5
peak|Chilbosan 906 m|칠보산|41.03|129.57|9|5
peak|Kuwolsan 954 m|구월산|38.51|125.28|9|6
peak|Seoraksan 1,708 m|설악산|38.119|128.465|9|6
peak|Jirisan 1,915 m|지리산|35.337|127.731|9|6
peak|Hallasan 1,947 m|한라산|33.362|126.533|8|5
"""

PROVINCES: dict[str, tuple[str, str, float]] = {
    "KP-01": ("Pyongyang", "평양", 8.5),
    "KP-02": ("South Pyongan", "평안남도", 6),
    "KP-03": ("North Pyongan", "평안북도", 6),
    "KP-04": ("Chagang", "자강도", 6),
    "KP-05": ("South Hwanghae", "황해남도", 6),
    "KP-06": ("North Hwanghae", "황해북도", 6),
    "KP-07": ("Kangwon", "강원도", 6),
    "KP-08": ("South Hamgyong", "함경남도", 6),
    "KP-09": ("North Hamgyong", "함경북도", 6),
    "KP-10": ("Ryanggang", "량강도", 6),
    "KP-13": ("Rason", "라선", 8),
    "KP-14": ("Nampo", "남포", 8.5),
    "KP-15": ("Kaesong", "개성", 8.5),
    "KR-11": ("Seoul", "서울특별시", 9),
    "KR-26": ("Busan", "부산광역시", 9),
    "KR-27": ("Daegu", "대구광역시", 9),
    "KR-28": ("Incheon", "인천광역시", 9),
    "KR-29": ("Gwangju", "광주광역시", 9),
    "KR-30": ("Daejeon", "대전광역시", 9),
    "KR-31": ("Ulsan", "울산광역시", 9),
    "KR-41": ("Gyeonggi", "경기도", 7),
    "KR-42": ("Gangwon", "강원도", 7),
    "KR-43": ("North Chungcheong", "충청북도", 7),
    "KR-44": ("South Chungcheong", "충청남도", 7),
    "KR-45": ("North Jeolla", "전라북도", 7),
    "KR-46": ("South Jeolla", "전라남도", 7),
    "KR-47": ("North Gyeongsang", "경상북도", 7),
    "KR-48": ("South Gyeongsang", "경상남도", 7),
    "KR-49": ("Jeju", "제주도", 7.5),
    "KR-50": ("Sejong", "세종특별자치시", 9.5),
    "CN-LN": ("Liaoning", "랴오닝성", 6),
    "CN-JL": ("Jilin", "지린성", 6),
    "CN-HL": ("Heilongjiang", "헤이룽장성", 6),
    "RU-PRI": ("Primorsky Krai", "연해주", 6),
}
"""English and Korean name and lowest zoom of each province on the map."""

ANCHORS: dict[str, tuple[float, float]] = {
    "KP-02": (39.50, 126.15),
    "KP-03": (39.86, 125.25),
    "KP-04": (40.62, 126.35),
    "KP-05": (38.19, 125.52),
    "KP-06": (38.39, 126.42),
    "KP-08": (40.30, 127.78),
    "KP-09": (41.12, 129.28),
    "KP-10": (41.14, 128.05),
}
"""Latitude and longitude of province names that would else meet the names of towns."""


def _plain(text: str) -> str:
    """Return the letters of a name without accents, case, hyphens or an ending."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(ch for ch in text if ch.isalnum())


def is_hangul(text: str) -> bool:
    """Tell whether a name is written in Hangul alone."""
    return bool(text) and all("가" <= ch <= "힣" or ch == " " for ch in text)


def _metres(lat: float, lon: float, place: Place) -> float:
    """Return roughly how far a GeoNames place is from a point, in metres."""
    north = (place["latitude"] - lat) * 111_200
    east = (place["longitude"] - lon) * 111_200 * math.cos(math.radians(lat))
    return math.hypot(north, east)


def _label(kind: str, ident: str, lat: float, lon: float, names: tuple[str, str]) -> Label:
    x, y = np.rint(project(np.array([[lon, lat]]))[0]).astype(int).tolist()
    return {"k": kind, "id": ident, "x": x, "y": y, "en": names[0], "ko": names[1]}


def _spellings(place: Place) -> set[str]:
    """Return the names of a GeoNames place, those in Latin letters made plain."""
    known = (_plain(place["name"]), place["name"], *place["alternatenames"])
    return {_plain(name) if name.isascii() else name for name in known}


def towns(places: Iterable[Place]) -> tuple[list[Label], set[str]]:
    """Return the labels of the authored towns, and the GeoNames numbers that they use."""
    known = list(places)
    labels, used = [], set()
    for line in TOWNS.strip().splitlines():
        country, en, ko, lat, lon, zoom, rank = line.split("|")
        near = [
            p
            for p in known
            if p["countrycode"] == country
            and _metres(float(lat), float(lon), p) < NEARBY
            and {_plain(en), ko, ko + "시", ko + "읍"} & _spellings(p)
        ]
        best = min(near, key=lambda p: _metres(float(lat), float(lon), p), default=None)
        ident = f"gn:{best['geonameid']}" if best else f"x:{_plain(en)}"
        at = (best["latitude"], best["longitude"]) if best else (float(lat), float(lon))
        labels.append(_label("city", ident, *at, (en, ko)) | {"z": float(zoom), "r": int(rank)})
        used.add(ident)
    return labels, used


def waters() -> list[Label]:
    """Return the labels of seas, rivers, lakes and mountains."""
    labels = []
    for line in WATERS.strip().splitlines():
        kind, en, ko, lat, lon, zoom, rank = line.split("|")
        ident = f"{kind}:{_plain(en)}" + ("2" if any(w["en"] == en for w in labels) else "")
        label = _label(kind, ident, float(lat), float(lon), (en, ko))
        labels.append(label | {"z": float(zoom), "r": int(rank)})
    return labels


def _city_names() -> dict[str, str]:
    """Return CLDR's Korean name of each city that names a time zone, by its English name."""
    english, korean = Locale("en").time_zones, Locale("ko").time_zones
    names = {}
    for zone, words in korean.items():
        city = english.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ")
        if "city" in words:
            names[_plain(city)] = words["city"]
    return names


def _is_part(place: Place, others: Iterable[Place]) -> bool:
    """Tell whether a place is a part of a city: a better known one of the country is close.

    GeoNames counts boroughs as cities too; the city is the one with the most alternate names.
    """
    return any(
        other["countrycode"] == place["countrycode"]
        and len(other["alternatenames"]) > len(place["alternatenames"])
        and _metres(place["latitude"], place["longitude"], other) < MERGED
        for other in others
    )


def world_cities(places: Iterable[Place], capitals: dict[str, str], used: set[str]) -> list[Label]:
    """Return labels of capitals and of cities of a million that the table does not have."""
    chosen = _world_places(places, capitals, used)
    names = _city_names()
    labels = []
    for p, capital in chosen:
        named_so = _plain(p["name"]) == _plain(capitals.get(p["countrycode"], ""))
        if named_so or not _is_part(p, [other for other, _ in chosen]):
            labels.append(_city(p, capital, names))
    return labels


def _world_places(
    places: Iterable[Place], capitals: dict[str, str], used: set[str]
) -> list[tuple[Place, bool]]:
    """Return capitals and cities of a million, largest first, and whether each is a capital."""
    chosen = []
    for p in sorted(places, key=lambda p: (-p["population"], p["geonameid"])):
        capital = _plain(capitals.get(p["countrycode"], "")) in {
            _plain(a) for a in (p["name"], *p["alternatenames"]) if a.isascii()
        } - {""}
        big = p["population"] >= MILLION
        ident = f"gn:{p['geonameid']}"
        if p["countrycode"] in {"KP", "KR"} or ident in used or not (capital or big):
            continue
        if capital and not big:
            capitals = {k: v for k, v in capitals.items() if k != p["countrycode"]}
        chosen.append((p, capital))
    return chosen


def _city(place: Place, capital: bool, korean: dict[str, str]) -> Label:  # noqa: FBT001
    """Return the label of a city of the world; the larger it is, the earlier it shows."""
    ko = korean.get(_plain(place["name"])) or next(
        (a for a in place["alternatenames"] if is_hangul(a)), place["name"]
    )
    millions = place["population"] / MILLION
    zoom = 4.0 if millions >= GIANT else 5.0 if capital or millions >= LARGE else 6.0
    rank = 2 if millions >= GIANT else 3 if capital or millions >= LARGE else 5
    at = (place["latitude"], place["longitude"])
    label = _label("city", f"gn:{place['geonameid']}", *at, (place["name"], ko))
    return label | {"z": zoom, "r": rank}


def country_names(code: str) -> tuple[str, str]:
    """Return CLDR's English and Korean names of a territory, or its code where it has none."""
    ours = {
        "XA": ("Akrotiri", "아크로티리"),
        "XD": ("Dhekelia", "데켈리아"),
        "XB": ("Bir Tawil", "비르타윌"),
        "XC": ("Scarborough Reef", "스카버러 암초"),
        "XS": ("Spratly Islands", "난사 군도"),
    }
    if code in ours:
        return ours[code]
    return Locale("en").territories.get(code, code), Locale("ko").territories.get(code, code)


def country(code: str, lat: float, lon: float, square_km: float) -> Label:
    """Return the label of a country; the larger it is, the earlier it shows.

    North Korea's has a highest zoom, `zmax`, past which its provinces are named instead.
    """
    steps = ((3e6, 2.0, 0), (7e5, 3.0, 1), (1.5e5, 4.0, 2), (4e4, 5.0, 3), (5e3, 6.0, 4))
    zoom, rank = next(((z, r) for area, z, r in steps if square_km >= area), (7.0, 5))
    if code in {"KP", "KR", "JP"}:
        zoom, rank = 3.0, 0
    label = _label("country", code, lat, lon, country_names(code)) | {"z": zoom, "r": rank}
    return label | {"zmax": 5.5} if code == "KP" else label


def province(code: str, lat: float, lon: float) -> Label:
    """Return the label of a province on the map."""
    en, ko, zoom = PROVINCES[code]
    lat, lon = ANCHORS.get(code, (lat, lon))
    return _label("province", code, lat, lon, (en, ko)) | {"z": float(zoom), "r": 4}
