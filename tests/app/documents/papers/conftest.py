"""A commune with its committee, and a paper of it in each state."""

from datetime import date

import pytest

from coso.documents import actions
from coso.organizations.models import Organization, Post

CONTENT = {
    "bases": ["Thực hiện Kế hoạch số 82/KH-UBND ngày 13/3/2017 của UBND tỉnh về công tác thông tin cơ sở"],
    "body": [
        {"style": "part", "text": "Kết quả thực hiện"},
        {"style": "section", "text": "Đã phát 12 bản tin."},
        {"style": "table", "rows": [["TT", "Nội dung"], ["1", "Bản tin & <tin>"]]},
        {"style": "text", "text": "Ủy ban nhân dân xã báo cáo để biết."},
    ],
    "addressees": ["Sở Văn hóa, Thể thao và Du lịch"],
    "recipients": [
        {"name": "Đảng ủy xã", "purpose": "report", "form": "paper"},
        {"name": "Lưu: VT", "purpose": "file", "form": "paper"},
    ],
}


@pytest.fixture
def committee(world):
    made = Organization.objects.create(
        code="ubnd-18196", name="Ủy ban nhân dân xã Sơn Kim 1", kind="commune_authority", place=world.son_kim
    )
    Post.objects.filter(person__in=[world.officer, world.leader]).update(organization=made)
    return made


@pytest.fixture
def told():
    """Give what a paper is told at first."""
    return {
        "title": "Kết quả công tác thông tin cơ sở năm 2026",
        "content": CONTENT,
        "place_name": "Sơn Kim 1",
        "signing_mode": "KT.",
        "signer_position": "Phó Chủ tịch",
        "signer_name": "Nguyễn Văn An",
    }


@pytest.fixture
def draft(world, committee, told):
    told["content"] = CONTENT | {"collective": "Ủy ban nhân dân", "head": "Chủ tịch"}
    return actions.write_paper(by=world.officer, kind="report", organization_id=committee.pk, **told)


@pytest.fixture
def submitted(world, draft):
    return actions.submit_paper(paper_id=draft.pk, by=world.officer)


@pytest.fixture
def approved(world, submitted):
    return actions.approve_paper(paper_id=submitted.pk, by=world.leader)


@pytest.fixture
def issued(world, approved):
    return actions.issue_paper(paper_id=approved.pk, by=world.officer, day=date(2026, 11, 20))
