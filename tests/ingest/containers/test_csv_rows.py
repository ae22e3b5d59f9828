import pytest

from byline.errors import ConfigurationError
from byline.ingest import Columns, Facts, Options, interval_of
from tests.ingest.containers.reading import OTHER, STORY, documents, kinds, read_all, words


def test_each_row_is_a_page_under_its_number() -> None:
    assert words(f"id,text\n1,{STORY}\n\n2,{OTHER}\n".encode()) == [("-!/1", STORY), ("-!/2", OTHER)]


def test_the_usual_columns_tell_of_the_document() -> None:
    head = "doc_id,Headline,published_at,URL,outlet,body,authors,lang"
    (document,) = documents(
        f"{head}\nr7,A  march,2011-05-03T10:00:00Z,https://lamp.example/1,The Lamp,{STORY},"
        '"Ida Holm and Jo Venn",en-GB\n'.encode()
    )
    assert (document.id, document.title, document.published) == (
        "r7",
        "A march",
        interval_of("2011-05-03", basis="metadata"),
    )
    assert (document.url, document.publication, document.language) == ("https://lamp.example/1", "The Lamp", "en")
    assert document.authors == ("Ida Holm", "Jo Venn")


def test_named_columns_win_over_the_usual_ones() -> None:
    table = f"text,words,date,seen\nno,{STORY},2001,2011-05-03\n".encode()
    (document,) = documents(table, options=Options(columns=Columns(text="Words", date="seen")))
    assert (document.text, document.published) == (STORY, interval_of("2011-05-03", basis="metadata"))


@pytest.mark.parametrize("columns", [Columns(text="words"), Columns(date="seen"), Columns(text="text", url="a")])
def test_a_named_column_that_is_missing_stops_the_run_and_names_those_that_are_there(columns: Columns) -> None:
    with pytest.raises(ConfigurationError) as error:
        read_all(f"id,text,date,url\n1,{STORY},,\n".encode(), options=Options(columns=columns))
    assert str(error.value).endswith("The columns are: id, text, date, url.")


def test_a_table_without_a_column_of_text_says_which_there_are() -> None:
    reason = (
        "No column holds the text, going by its name. Name it with --text-column. "
        "The columns are: headline, summary, published, link."
    )
    assert words(b"headline,summary,published,link\na,b,c,d\n") == [("-", reason)]


def test_a_table_of_one_column_is_one_if_the_user_names_it() -> None:
    table = f"words\n{STORY}\n{OTHER}\n".encode()
    assert words(table, options=Options(columns=Columns(text="words"))) == [("-!/1", STORY), ("-!/2", OTHER)]
    assert len(words(table)) == 1


def test_a_cell_may_hold_lines_quotation_marks_and_html() -> None:
    table = b'id,text\n1,"One ""army"".\r\n\r\nTwo, three."\n2,<p>The army left.</p><p>It was over.</p>\n'
    assert [text for _, text in words(table)] == ['One "army".\r\n\r\nTwo, three.', "The army left.\n\nIt was over."]


def test_a_cell_is_a_page_whatever_it_begins_with() -> None:
    table = b'id,text\n1,"{""a"": 1}, said the army."\n2,"From: a\nTo: b\nDate: c\n\nThe army left."\n'
    assert [text for _, text in words(table)] == [
        '{"a": 1}, said the army.',
        "From: a\nTo: b\nDate: c\n\nThe army left.",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_first_line(delimiter: str) -> None:
    table = f"id;date;text\n1;2011;{STORY}\n".replace(";", delimiter).encode()
    assert words(table) == [("-!/1", STORY)]


def test_quotation_marks_are_the_words_own_where_they_close_in_the_middle_of_a_cell() -> None:
    table = '\ufefftext\tdate\n"Stop," he said.\t2011\n"No\t2012\n'.encode()
    assert [text for _, text in words(table)] == ['"Stop," he said.', '"No']


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_a_table_may_be_in_another_encoding(encoding: str) -> None:
    text = "Die Polizei verhaftete drei Männer in Göttingen, außerdem zwei Händler."
    (document,) = documents(
        f'Überschrift,text\nGöttingen,"{text}"\n'.encode(encoding),
        options=Options(columns=Columns(title="Überschrift"), languages=()),
    )
    assert (document.title, document.text) == ("Göttingen", text)


def test_a_row_tells_where_its_bytes_stand() -> None:
    table = f'id,text\n1,"{STORY}\n{OTHER}"\n2,{OTHER}\n'.encode()
    places = [(d.origin.offset, d.origin.length) for d in documents(table) if d.origin]
    assert [table[o : o + n].decode() for o, n in places if o and n] == [f'1,"{STORY}\n{OTHER}"\n', f"2,{OTHER}\n"]


@pytest.mark.parametrize("date", ["", "soon", "2011-02-30", "08/09/2007", "9" * 400, "99999999999999"])
def test_an_unreadable_date_is_unknown_and_costs_no_row(date: str) -> None:
    (document,) = documents(f"text,date\n{STORY},{date}\n".encode())
    assert (document.text, document.published) == (STORY, None)


def test_rows_without_text_or_with_too_many_cells_are_named_and_the_rest_is_read() -> None:
    assert kinds(f"id,text\n1,\n2,a,b,c\n3\n4,{STORY},,\n".encode()) == [
        ("-!/1", "empty"),
        ("-!/2", "damaged"),
        ("-!/3", "empty"),
        ("-!/4", STORY),
    ]


def test_a_cell_that_is_too_large_costs_its_row() -> None:
    found = kinds(b'id,text\n1,"' + b"x" * 41_000_000 + f'"\n2,{STORY}\n'.encode())
    assert found[-1][1] == STORY
    assert {kind for _, kind in found[:-1]} <= {"damaged", "empty"}


def test_a_row_knows_more_than_the_run() -> None:
    facts = Facts(publication="Daily", published=interval_of("2008"))
    (document,) = documents(f"text,outlet\n{STORY},The Lamp\n".encode(), facts=facts)
    assert (document.publication, document.published) == ("The Lamp", interval_of("2008"))
