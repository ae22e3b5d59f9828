import base64
from email.message import EmailMessage

import pytest

from byline.ingest import Failure, interval_of
from tests.ingest.containers.reading import OTHER, STORY, documents, gzipped, kinds, read_all, words

HEAD = "From: The Lamp <news@lamp.example>\nSubject: A march\nDate: Tue, 3 May 2011 23:30:00 -0500\n"


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {
        "From": "The Lamp <n@lamp.example>",
        "Subject": "A march",
        "Date": "Tue, 3 May 2011 10:00:00 +0100",
        **headers,
    }.items():
        made[name.replace("_", "-")] = value
    return made


def test_a_message_is_an_article_with_what_its_headers_tell() -> None:
    (document,) = documents(
        f"{HEAD}List-Id: Lamp Daily <d.lamp.example>\nArchived-At: <https://lamp.example/1>\n\n{STORY}\n".encode()
    )
    assert (document.source, document.text, document.title) == ("-", STORY + "\n", "A march")
    assert (document.publication, document.url) == ("Lamp Daily", "https://lamp.example/1")
    assert document.published == interval_of("2011-05-03", basis="metadata")


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("=?utf-8?q?F=C3=AAte_in?= Moura", "Fête in Moura"),
        ("=?iso-8859-1?Q?F=EAte?= =?iso-8859-1?Q?_in?=\n Moura", "Fête in Moura"),
        ("=?utf-8?b?RsOqdGU=?=", "Fête"),
        ("Fête", "Fête"),
        ("=?no-such?q?F=EAte?=", "Fête"),
    ],
)
def test_headers_are_decoded(header: str, title: str) -> None:
    (document,) = documents(HEAD.replace("A march", header).encode() + f"\n{STORY}".encode())
    assert document.title == title


def test_a_sender_without_a_name_is_no_publication() -> None:
    (document,) = documents(f"From: a@b.example\nTo: x\nDate: soon\n\n{STORY}".encode())
    assert (document.publication, document.published) == (None, None)


def test_html_is_read_rather_than_its_plain_twin() -> None:
    made = message()
    made.set_content("Your program shows no HTML.")
    made.add_alternative(f"<html><body><p>{STORY}</p><p>{OTHER}</p></body></html>", subtype="html")
    (document,) = documents(made.as_bytes())
    assert [document.text[slice(*span)] for span in document.body] == [STORY, OTHER]


def test_plain_text_is_read_where_it_says_more() -> None:
    made = message()
    made.set_content(f"{STORY}\n\n{OTHER}\n")
    made.add_alternative(
        "<html><style>p {color: red}</style><body><img src=x><p>See it.</p></body></html>", subtype="html"
    )
    (document,) = documents(made.as_bytes())
    assert document.text == f"{STORY}\n\n{OTHER}\n"


def test_a_declared_charset_is_used() -> None:
    text = "Слон ушёл из города."
    data = f"{HEAD}Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n".encode()
    assert documents(data + base64.encodebytes(text.encode("koi8-r")))[0].text == text


def test_attached_pages_are_members_and_pictures_are_passed_over() -> None:
    made = message()
    made.set_content(STORY)
    made.add_attachment(gzipped(OTHER.encode()), maintype="application", subtype="gzip", filename="b.txt.gz")
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="c.png")
    made.add_attachment(b"signed", maintype="application", subtype="pkcs7-signature", filename="s.p7s")
    first, second = documents(made.as_bytes())
    assert (second.source, second.text, second.publication) == ("-!/b.txt.gz", OTHER, "The Lamp")
    assert (first.title, second.title) == ("A march", None)


def test_messages_inside_of_a_message_are_articles_of_their_own() -> None:
    inner = message(Subject="Inner")
    inner.set_content(OTHER)
    made = message()
    made.set_content(STORY)
    made.add_attachment(inner)
    assert [(d.source, d.title) for d in documents(made.as_bytes())] == [("-", "A march"), ("-!/1", "Inner")]


def test_a_mailbox_is_split_at_its_separators_alone() -> None:
    box = (
        f"From a@b Tue May  3 10:00:00 2011\n{HEAD}\n{STORY}\n>From here on it was quiet.\nFrom a@b 2011\n\n"
        "From there, too.\n\n"
        f"From c@d Wed May  4 10:00:00 2011\r\n{HEAD}\n{OTHER}\n"
    )
    assert words(box.encode(), piped=True) == [
        ("-!/1", f"{STORY}\nFrom here on it was quiet.\nFrom a@b 2011\n\nFrom there, too.\n\n"),
        ("-!/2", f"{OTHER}\n"),
    ]


def test_a_message_of_a_mailbox_tells_where_its_bytes_stand() -> None:
    one = f"From a@b Tue May  3 10:00:00 2011\n{HEAD}\n{STORY}\n\n"
    places = [(d.origin.offset, d.origin.length) for d in documents((one * 2).encode()) if d.origin]
    assert places == [(0, len(one)), (len(one), len(one))]


@pytest.mark.parametrize(
    "header",
    [
        "Archived-At: =?utf-8?b?%%%?=",
        "To: (c):",
        'To: "',
        "Message-ID: <[a].b@[c].d>",
        "Content-Type: text/plain; name*",
        "Content-Type: text/plain; charset*=utf-8''utf-8",
        f"Content-Type: text/plain; name*{'9' * 5000}*=x",
        "Content-Type: multipart/mixed",
        "Content-Transfer-Encoding: x-uuencode",
        "Content-Type: text/plain; charset=no-such",
        "Date: Mon, 99 Foo 9999999999 99:99:99 +9999",
        "From: =?utf-8?q?=FF?= <",
    ],
)
def test_a_malformed_header_costs_nothing(header: str) -> None:
    (document,) = documents(f"{HEAD}{header}\n\n{STORY}\n".encode())
    assert document.text.strip() == STORY


def test_a_message_without_text_is_named() -> None:
    assert kinds(f"{HEAD}\n\n".encode()) == [("-", "empty")]


def test_parts_nested_without_end_cost_the_message_alone() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    box = f"From a Tue May  3 10:00:00 2011\n{HEAD}{deep}\n\nFrom a Tue May  3 10:00:00 2011\n{HEAD}\n{STORY}\n"
    first, second = read_all(box.encode())
    assert isinstance(first, Failure)
    assert second.source == "-!/2"
