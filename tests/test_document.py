"""Documents: files and addresses from outside become text, or a sentence that says why not."""

import contextlib
import http.server
import io
import ipaddress
import threading
import time
import zipfile
from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from geo.document import MOST_BYTES, Host, fetch_document, open_document, read_document, read_texts
from geo.document.fetch import MOST_REDIRECTS, fetch, is_public
from geo.errors import InputError, ServiceError

WORDS = "A video shot in Hyesan shows a market. 혜산에서 촬영됐다."
PAGE = """<!doctype html><html lang="en-GB"><head><title>Market video | The Test</title>
<meta property="og:site_name" content="The Test"><meta property="og:title" content="Market video">
<meta property="article:published_time" content="2013-05-17T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Market video</h1>
<p>A video smuggled out of North Korea shows women selling fish at a market in Hyesan, a city by
the river. The traders hide their goods when a policeman walks by, and take them out again.</p>
<p>In another clip, soldiers push a broken truck along an icy road near Musan. Nobody helps them,
and the truck stays where it is until the evening comes.</p></article>
<script>alert(1)</script><footer>All rights reserved</footer></body></html>"""


def word(paragraphs, **parts):
    """Return a Word file with these paragraphs and further parts."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        given = {"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"}
        for name, data in {**given, **parts}.items():
            file.writestr(name, data)
    return packed.getvalue()


def pdf(*lines, password="", title=""):
    """Return a PDF of one page with these lines."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream.set_data(f"BT /F1 10 Tf 20 280 Td {shown}ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-16-le", "utf-16-le"),
     ("utf-16-be", "utf-16-be"), ("cp949", "cp949")],
)  # fmt: skip
def test_a_text_is_read_in_its_encoding_and_a_guess_is_named(encoding, guessed):
    found = read_document(WORDS.encode(encoding), "a.txt")
    assert (found.text, found.encoding) == (WORDS, guessed)


def test_an_old_western_encoding_is_guessed_and_said():
    found = read_document(
        "Le café de Zürich est fermé à midi, dit-elle, désolée.".encode("cp1252"), "a.txt"
    )
    assert "Zürich" in found.text
    assert found.encoding


@given(text=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1))
def test_letters_of_a_utf_8_text_stay_in_their_place(text):
    if text.strip():
        assert read_document(text.encode(), "a.txt").text == text


def test_line_ends_and_control_characters_move_no_offset():
    assert read_document(b"one\r\ntwo\x07three\r\n", "a.txt").text == "one\r\ntwo three\r\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Smuggled video\n\nA pastor said so.", "Smuggled video"),
        ("A pastor said so.\n\nHe did.", ""),
        ("A pastor said so", ""),
    ],
)
def test_a_short_first_line_is_the_title(text, title):
    assert read_document(text.encode(), "a.txt").title == title


def test_a_page_gives_its_article_and_what_it_states():
    found = read_document(PAGE.encode(), "a.html")
    assert (found.title, found.outlet, found.published, found.language) == (
        "Market video", "The Test", "2013-05-17", "en",
    )  # fmt: skip
    assert "icy road near Musan" in found.text
    for left_out in ("Sport", "alert", "All rights"):
        assert left_out not in found.text


def test_a_date_that_the_page_does_not_state_is_not_taken_from_its_text():
    page = PAGE.replace(
        '<meta property="article:published_time" content="2013-05-17T10:00:00Z">', ""
    )
    assert read_document(page.replace("evening", "3 May 2012").encode(), "a.html").published == ""


def test_a_page_is_read_in_the_encoding_that_it_states():
    page = PAGE.replace("<head>", '<head><meta charset="euc-kr">').replace("Musan", "무산")
    found = read_document(page.encode("euc-kr"), "a.html")
    assert "무산" in found.text
    assert found.encoding == ""


def test_a_word_file_gives_its_paragraphs_and_its_title():
    core = (
        '<p:coreProperties xmlns:p="urn:x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Market video</dc:title><dc:language>ko-KR</dc:language></p:coreProperties>"
    )
    found = read_document(word(["One &amp; two.", "혜산"], **{"docProps/core.xml": core}), "a.docx")
    assert (found.text, found.title, found.language) == ("One & two.\n\n혜산", "Market video", "ko")


def test_a_pdf_gives_its_text_with_the_lines_of_a_paragraph_joined():
    found = read_document(
        pdf("A video shot in", "Hyesan shows a mar-", "ket.", title="News"), "a.pdf"
    )
    assert found.text == "A video shot in Hyesan shows a market."
    assert found.title == "News"


BOMB = word(["x"], **{"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
)
OUTSIDE = LAUGHS.replace('"ha"', 'SYSTEM "file:' + '///etc/passwd"')


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.txt", b"\x00\x01\x02\xff\xfe" * 50, "no readable text"),
        ("a.txt", b"\xff\xfea", "no readable text"),
        ("a.txt", b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
        ("a.exe", b"text", "of no kind"),
        ("a", b"text", "of no kind"),
        ("a.pdf", b"Only text.", "not what its name says"),
        ("a.pdf", PAGE.encode(), "not what its name says"),
        ("a.txt", pdf("x"), "not what its name says"),
        ("a.docx", pdf("x"), "not what its name says"),
        ("a.pdf", word(["x"]), "not what its name says"),
        ("a.pdf", pdf("x")[:200], "damaged"),
        ("a.pdf", b"%PDF-1.7\n" + b"\x00" * 500, "damaged"),
        ("a.pdf", pdf("x", password="secret"), "password"),
        ("a.pdf", pdf(), "No text"),
        ("a.docx", word(["x"])[:120], "damaged"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 50, "damaged"),
        ("a.docx", word([" "]), "No text"),
        ("a.docx", BOMB, "unpacks to more"),
        ("a.docx", word(["x"], **{"word/document.xml": LAUGHS}), "damaged"),
        ("a.docx", word(["x"], **{"word/document.xml": OUTSIDE}), "damaged"),
        ("a.docx", word(["x"], **{"word/document.xml": "<a><b></a>"}), "damaged"),
        ("a.html", b"<html><body></body></html>", "No article"),
        ("a.html", b"<html>" + b"<div>" * 10_000, "No article"),
        ("a.html", b"<html>" + b"<p>" * 400_000, "more than an article"),
        ("a.pdf", pdf(*["x" * 100] * 30_000), "longer than an article"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_no_document_is_refused_in_one_sentence(name, data, said):
    with pytest.raises(InputError, match=said) as refused:
        read_document(data, name)
    assert str(refused.value).count("\n") == 0


def test_a_small_file_that_unpacks_to_much_is_stopped_early():
    assert len(BOMB) < 100_000
    start = time.monotonic()
    with pytest.raises(InputError):
        read_document(BOMB, "a.docx")
    assert time.monotonic() - start < 5


@given(data=st.binary(max_size=200), kind=st.sampled_from(["txt", "html", "pdf", "docx"]))
def test_no_bytes_break_the_reader(data, kind):
    for start in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"):
        with contextlib.suppress(InputError):
            read_document(start + data, f"a.{kind}")


def test_the_encrypted_pdf_of_the_tests_is_one():
    assert PdfReader(io.BytesIO(pdf("x", password="secret"))).is_encrypted


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.txt"):
        open_document(tmp_path / "gone.txt")


def test_texts_of_a_file_come_with_their_ids(tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_text(
        '\ufeff{"id": "a", "text": "x"}\n\n{"text": "\\ud83c\\udfac"}\n', encoding="utf-8"
    )
    assert [(one.id, one.text) for one in read_texts(file)] == [("a", "x"), (None, "🎬")]


@pytest.mark.parametrize(
    "line", ["[", "[]", "{}", '{"text": 1}', '{"id": [], "text": ""}', "[" * 9999]
)
def test_a_line_without_a_text_is_named(tmp_path, line):
    file = tmp_path / "texts.jsonl"
    file.write_text('{"text": "x"}\n' + line, encoding="utf-8")
    with pytest.raises(InputError, match="Line 2 "):
        list(read_texts(file))


class Pages(http.server.BaseHTTPRequestHandler):
    """Answers by path; remembers what was asked."""

    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self):
        self.asked.append((self.headers["Host"], self.path))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/slow":
            self.answer(b"", 1_000)
            with contextlib.suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b".")
                    self.wfile.flush()
                    time.sleep(0.05)
        elif self.path == "/large":
            self.answer(b"x" * 50_000)
        elif self.path == "/text":
            self.answer(WORDS.encode(), kind="text/plain; charset=utf-8")
        elif self.path == "/gone":
            self.send_error(404)
        else:
            self.answer(PAGE.encode())

    def answer(self, data, length=None, kind="text/html"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    Pages.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as made:
        made.daemon_threads = True
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made.server_port
        made.shutdown()


@pytest.fixture
def host(server):
    """Return rules by which news.test is this machine, and may be asked, as in no real use."""
    here = ipaddress.ip_address("127.0.0.1")
    return Host(
        resolve=lambda name, port: {"news.test": ["127.0.0.1"], "inner.test": ["10.0.0.8"]}[name],
        allowed=lambda address: address == here,
        ports=frozenset({server, 80, 443}),
    )


def test_a_page_is_fetched_by_its_name_from_the_resolved_address(server, host):
    found = fetch_document(f"http://news.test:{server}/a?b=1", host)
    assert (found.title, found.url) == ("Market video", f"http://news.test:{server}/a?b=1")
    assert Pages.asked == [(f"news.test:{server}", "/a?b=1")]


def test_plain_text_is_fetched_as_text(server, host):
    assert fetch_document(f"http://news.test:{server}/text", host).text == WORDS


def test_a_redirect_is_followed_and_the_last_address_is_kept(server, host):
    found = fetch_document(f"http://news.test:{server}/to//a", replace(host))
    assert found.url.endswith("/a")


@pytest.mark.parametrize("path", ["/to/http://inner.test/", "/to/ftp://news.test/x"])
def test_a_redirect_to_where_nobody_may_ask_is_refused(server, host, path):
    with pytest.raises(InputError):
        fetch_document(f"http://news.test:{server}{path}", host)


def test_a_name_is_resolved_once_and_all_its_addresses_must_be_allowed(server, host):
    answers = iter([["127.0.0.1"], ["10.0.0.8"]])
    changing = replace(host, resolve=lambda name, port: next(answers))
    assert fetch_document(f"http://news.test:{server}/a", changing).title
    mixed = replace(host, resolve=lambda name, port: ["127.0.0.1", "10.0.0.8"])
    with pytest.raises(InputError, match="open internet"):
        fetch_document(f"http://news.test:{server}/a", mixed)


def test_redirects_without_end_are_given_up(server, host):
    around = f"http://news.test:{server}" + "/to/" * 20
    with pytest.raises((ServiceError, InputError)):
        fetch_document(around, host)
    assert len(Pages.asked) <= MOST_REDIRECTS + 1


def test_a_page_that_is_too_large_is_stopped(server, host):
    with pytest.raises(InputError, match="larger"):
        fetch(f"http://news.test:{server}/large", 10_000, host)


def test_a_page_that_comes_too_slowly_is_given_up(server, host):
    start = time.monotonic()
    with pytest.raises(ServiceError, match="slowly"):
        fetch_document(f"http://news.test:{server}/slow", replace(host, whole_s=0.3))
    assert time.monotonic() - start < 3


def test_a_page_that_is_not_there_is_said(server, host):
    with pytest.raises(ServiceError, match="404"):
        fetch_document(f"http://news.test:{server}/gone", host)


@pytest.mark.parametrize(
    "url",
    ["ftp://news.test/", "file:" + "///etc/passwd", "news.test", "http://", "http://a:b@news.test/",
     "javascript:alert(1)", "http://news.test:22/", "http://[::1", "gopher://news.test"],
)  # fmt: skip
def test_only_web_addresses_are_asked(host, url):
    with pytest.raises(InputError):
        fetch_document(url, host)
    assert Pages.asked == []


@pytest.mark.parametrize(
    "name",
    ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f000001", "127.1",
     "[::ffff:127.0.0.1]", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254",
     "100.64.0.1", "[fe80::1]", "[fc00::1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "224.0.0.1"],
)  # fmt: skip
def test_the_default_never_asks_this_machine_or_the_own_network(server, name):
    ports = frozenset({server})
    with pytest.raises((InputError, ServiceError)):
        fetch_document(f"http://{name}:{server}/", replace(Host(), ports=ports))
    assert Pages.asked == []


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111"])
def test_an_address_of_the_open_internet_may_be_asked(address):
    assert is_public(ipaddress.ip_address(address))
