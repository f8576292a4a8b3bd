"""What holds of every register: it has Vietnamese words, a template, and comes back unchanged."""

import io
from pathlib import Path

import pytest
from django.utils import translation

from coso.places import queries as units
from coso.places.models import AreaLabel, LabelFamily, LabelKind, Level
from coso.registers import queries
from coso.registers.actions import Passage
from coso.registers.adapters.tables import open_table
from coso.registers.adapters.writing import write_rows, write_template
from coso.registers.ports import Field, Register, registers
from coso.site.demo import province
from tests.app.registers.support import TODAY
from tests.support import xlsx

KINDS = [pytest.param(register, id=register.kind) for register in registers()]


def _passed(register: Register, data: bytes) -> Passage:
    table = open_table(io.BytesIO(data), queries.headings(register))
    passage = Passage(register, table, by="system", day=TODAY)
    for _plans in passage.chunks():
        pass
    return passage


@pytest.mark.django_db
@pytest.mark.parametrize("register", KINDS)
def test_every_field_and_title_is_told_in_vietnamese(register: Register) -> None:
    with translation.override("en"):
        english = [str(register.title), *(str(field.label) for field in register.fields)]
    with translation.override("vi"):
        vietnamese = [str(register.title), *(str(field.label) for field in register.fields)]

    assert [words for words, other in zip(english, vietnamese, strict=True) if words == other] == []


@pytest.mark.django_db
@pytest.mark.parametrize("register", KINDS)
def test_every_header_of_the_template_is_found_in_either_language(register: Register) -> None:
    for language in ("vi", "en"):
        with translation.override(language), write_template(register) as file:
            table = open_table(file, queries.headings(register))

        assert list(table.columns.values()) == [field.name for field in register.fields], language
        assert table.missing == []


@pytest.mark.django_db
@pytest.mark.parametrize("register", KINDS)
def test_a_vietnamese_file_is_read_under_an_english_desk(register: Register) -> None:
    """An officer's file doesn't change with the language of whoever brings it in."""
    with translation.override("vi"), write_template(register) as file:
        data = file.read()
    with translation.override("en"):
        table = open_table(io.BytesIO(data), queries.headings(register))

    required = {field.name for field in register.fields if field.required}
    assert required <= set(table.columns.values())


def _label_an_area() -> None:
    """Give the one register that the demo may leave empty something to hold."""
    kind, _made = LabelKind.objects.get_or_create(
        code="thu-nghiem", defaults={"family": LabelFamily.DIFFICULTY, "name": "Thử nghiệm"}
    )
    for place in (units.communes()[0], units.now().filter(level=Level.VILLAGE)[0]):
        AreaLabel.objects.create(place=place, kind=kind, decision="861/QĐ-TTg", valid_from=TODAY)


def _is_offered(field: Field) -> bool:
    return field.kind == "choice" and bool(queries.choices_of(field))


@pytest.mark.django_db
@pytest.mark.parametrize("register", KINDS)
def test_the_template_offers_the_choices_and_explains_each_column(register: Register) -> None:
    with write_template(register) as file:
        first, help_ = xlsx.loaded(file.read()).worksheets

    choices = [
        field
        for field in register.fields
        if field.kind in {"choice", "yes_no"} and (field.kind == "yes_no" or queries.choices_of(field))
    ]
    assert len(first.data_validations.dataValidation) == len(choices)
    told = {row[0] for row in help_.iter_rows(min_row=2, values_only=True)}
    assert {str(field.label) for field in register.fields} <= told
    assert all(first.cell(1, place).comment for place in range(1, len(register.fields) + 1))


@pytest.mark.django_db
def test_what_was_given_out_comes_in_again_with_every_row_as_it_is(media: Path) -> None:
    province.load_demo()
    _label_an_area()
    found = {}
    for register in registers():
        with write_rows(register, register.rows("system").iterator(chunk_size=2000)) as file:
            report = _passed(register, file.read()).report
        found[register.kind] = (report.errors[:3], report.read, report.same)

    counts = {register.kind: register.rows("system").count() for register in registers()}
    assert found == {kind: ([], count, count) for kind, count in counts.items()}
    assert [kind for kind, count in counts.items() if not count] == []
