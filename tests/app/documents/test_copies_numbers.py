"""Numbers come in from the office's own document system, and the book of what goes out comes out of ours."""

from datetime import date, timedelta

import pytest

from coso.documents import actions
from coso.documents.models import Paper, PaperState
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.organizations.models import Organization, Post
from coso.registers import actions as registers
from coso.registers.models import ImportState
from coso.registers.ports import register_of
from tests.app.documents.papers.conftest import CONTENT
from tests.app.registers.support import bring

pytestmark = pytest.mark.django_db
HEADER = ["CodeNumber", "CodeNotation", "IssuedDate", "Subject"]
TITLE = "Kết quả công tác thông tin cơ sở năm 2026"
DAY = date(2026, 11, 20)


@pytest.fixture
def committee(world):
    made = Organization.objects.create(
        code="ubnd-18196", name="Ủy ban nhân dân xã Sơn Kim 1", kind="commune_authority", place=world.son_kim
    )
    Post.objects.filter(person__in=[world.officer, world.leader]).update(organization=made)
    return made


@pytest.fixture
def paper(world, committee):
    made = actions.write_paper(
        by=world.officer, kind="report", organization_id=committee.pk, title=TITLE, content=CONTENT,
        signer_name="Nguyễn Văn An", signer_position="Chủ tịch",
    )  # fmt: skip
    actions.submit_paper(paper_id=made.pk, by=world.officer)
    return actions.approve_paper(paper_id=made.pk, by=world.leader)


def _bring(world, *rows, by=None, header=HEADER):
    return bring(*rows, header=header, by=by or world.officer, kind="so-van-ban")


def test_a_file_gives_an_approved_paper_its_number_which_issuing_keeps(world, paper):
    begun = _bring(world, ["7", "BC-UBND", "20/11/2026", TITLE.upper()])
    paper.refresh_from_db()
    assert paper.number == ""

    registers.commit_import(import_id=begun.pk, by=world.officer)
    paper.refresh_from_db()
    assert (paper.number, paper.symbol, paper.issued_on) == ("07", "BC-UBND", DAY)
    assert paper.state == PaperState.APPROVED

    issued = actions.issue_paper(paper_id=paper.pk, by=world.officer, day=DAY)
    assert (issued.number, issued.symbol) == ("07", "BC-UBND")


def test_what_a_file_gave_is_taken_back_until_the_paper_is_issued(world, paper):
    begun = _bring(world, ["7", "BC-UBND", "20/11/2026", TITLE])
    registers.commit_import(import_id=begun.pk, by=world.officer)

    registers.undo_import(import_id=begun.pk, by=world.officer)

    paper.refresh_from_db()
    assert (paper.number, paper.symbol, paper.issued_on) == ("", "", None)


def test_an_issued_paper_keeps_its_number_when_the_file_is_taken_back(world, paper):
    begun = _bring(world, ["7", "BC-UBND", "20/11/2026", TITLE])
    registers.commit_import(import_id=begun.pk, by=world.officer)
    actions.issue_paper(paper_id=paper.pk, by=world.officer, day=DAY)

    with pytest.raises(BadInput):
        registers.undo_import(import_id=begun.pk, by=world.officer)

    assert Paper.objects.get(pk=paper.pk).number == "07"


@pytest.mark.parametrize(
    "row",
    [
        ["7", "BC-UBND", "20/11/2026", "Một văn bản khác"],
        ["bảy", "BC-UBND", "20/11/2026", TITLE],
        ["7", "82/BC UBND", "20/11/2026", TITLE],
        ["7", "BC-UBND", f"{clock.today() + timedelta(days=1):%d/%m/%Y}", TITLE],
        ["7", "BC-UBND", "", TITLE],
    ],
)
def test_a_row_that_fits_no_paper_or_is_no_number_is_an_error(world, paper, row):
    begun = _bring(world, row)

    assert begun.state != ImportState.DONE
    with pytest.raises((BadInput, WrongState)):
        registers.commit_import(import_id=begun.pk, by=world.officer)
    assert Paper.objects.get(pk=paper.pk).number == ""


def test_the_papers_of_others_are_not_found_by_a_file(world, paper):
    plan = register_of("so-van-ban").plan

    from coso.registers.ports import Row

    row = Row(2, {
        "code_number": "7", "code_notation": "BC-UBND", "issued_date": DAY, "subject": TITLE, "type_name": None,
        "organ_name": None,
    })  # fmt: skip
    assert set(plan([row], world.other_officer, DAY)[0].errors) == {"subject"}
    assert plan([row], world.officer, DAY)[0].now == {
        "number": "07", "symbol": "BC-UBND", "issued_on": "2026-11-20",
    }  # fmt: skip


def test_the_book_goes_out_and_coming_in_again_changes_nothing(world, paper):
    actions.issue_paper(paper_id=paper.pk, by=world.officer, day=DAY, number="7")
    register = register_of("so-van-ban")
    told = [register.read(one) for one in register.rows(world.officer)]
    assert [(one["code_number"], one["code_notation"], one["subject"]) for one in told] == [("07", "BC-UBND", TITLE)]
    assert not register.rows(world.other_officer)

    from coso.registers.ports import Row

    plan = register.plan([Row(2, told[0])], world.officer, DAY)[0]
    assert (plan.record, plan.errors) == (None, {})
