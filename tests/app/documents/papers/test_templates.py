"""A changed Word template holds for everybody until it is dropped; the one before is kept."""

import io

import docx
import pytest

from coso.documents import actions, queries
from coso.documents.adapters import writer
from coso.documents.models import PaperTemplate
from coso.journal.models import Entry
from coso.kit import blobs
from coso.kit.errors import BadInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db


def _changed(words):
    word = docx.Document(io.BytesIO(writer.shipped_template("report")))
    word.add_paragraph(words)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def test_papers_follow_the_changed_template_and_then_the_shipped_one_again(world, draft):
    actions.change_template(
        kind="report", data=_changed("Chân trang riêng"), file_name="a.docx", by=world.administrator
    )
    changed = docx.Document(io.BytesIO(actions.files_of(draft).word))
    actions.drop_template(kind="report", by=world.administrator)
    shipped = docx.Document(io.BytesIO(actions.files_of(draft).word))

    assert "Chân trang riêng" in [paragraph.text for paragraph in changed.paragraphs]
    assert "Chân trang riêng" not in [paragraph.text for paragraph in shipped.paragraphs]
    assert queries.template_in_use("report") is None


def test_without_libreoffice_the_pdf_says_that_it_follows_the_shipped_template(world, draft, monkeypatch):
    actions.change_template(kind="report", data=_changed("x"), file_name="a.docx", by=world.administrator)
    monkeypatch.setattr(writer, "has_office", lambda: False)

    files = actions.files_of(draft)

    assert (files.by_office, files.differs) == (False, True)
    assert files.pdf.startswith(b"%PDF")


def test_where_libreoffice_fails_the_pdf_is_typeset(world, draft, monkeypatch):
    actions.change_template(kind="report", data=_changed("x"), file_name="a.docx", by=world.administrator)

    def fail(word):
        raise writer.OfficeFailed("TimeoutExpired")

    monkeypatch.setattr(writer, "has_office", lambda: True)
    monkeypatch.setattr(writer, "pdf_of", fail)

    assert actions.files_of(draft).pdf.startswith(b"%PDF")


def test_a_second_change_keeps_the_first(world):
    first = actions.change_template(kind="report", data=_changed("1"), file_name="1.docx", by=world.administrator)
    second = actions.change_template(kind="report", data=_changed("2"), file_name="2.docx", by=world.administrator)

    first.refresh_from_db()
    assert first.ended_at is not None
    assert blobs.has(first.sha256)
    assert queries.template_in_use("report") == second
    assert list(Entry.objects.values_list("verb", flat=True)) == ["template.changed", "template.changed"]


def test_a_bad_file_changes_nothing(world):
    kept = actions.change_template(kind="report", data=_changed("1"), file_name="1.docx", by=world.administrator)

    with pytest.raises(BadInput, match="bi_mat"):
        actions.change_template(
            kind="report", data=_changed("{{ bi_mat }}"), file_name="2.docx", by=world.administrator
        )
    with pytest.raises(BadInput):
        actions.change_template(kind="report", data=b"x" * (6 << 20), file_name="3.docx", by=world.administrator)

    assert queries.template_in_use("report") == kept
    assert PaperTemplate.objects.count() == 1


def test_only_who_looks_after_templates_changes_them(world):
    with pytest.raises(NotAllowed):
        actions.change_template(kind="report", data=_changed("1"), file_name="1.docx", by=world.editor)
    with pytest.raises(NotAllowed):
        actions.drop_template(kind="report", by=world.editor)

    assert not PaperTemplate.objects.exists()


def test_the_shipped_template_cannot_be_dropped(world):
    with pytest.raises(WrongState):
        actions.drop_template(kind="report", by=world.administrator)
