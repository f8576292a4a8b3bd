"""A bulletin in each state, and a studio that makes sounds at once."""

from datetime import timedelta

import pytest

from coso.kit import clock
from coso.newsroom import actions
from coso.newsroom.actions.studio import working_with
from coso.newsroom.testing import FakeStudio

TITLE = "Lịch tiêm chủng tháng 12"
BODY = "Trạm Y tế xã tổ chức tiêm chủng vào ngày 05/12/2026, từ 7h30."


@pytest.fixture(autouse=True)
def studio():
    """Let a fake studio make every sound of a test; a test of the true one asks for it."""
    with working_with(FakeStudio()) as fake:
        yield fake


@pytest.fixture
def written(world):
    """A draft for Sơn Kim 1 by its officer, without a sound."""
    return write(world)


def write(world, *, by=None, areas=None, rank="normal", **more):
    """Write one bulletin, by default the officer's for his commune."""
    content = {"title": TITLE, "body": BODY, "rank": rank, "areas": areas or [world.son_kim], **more}
    return actions.write_bulletin(by=by or world.officer, **content)


@pytest.fixture
def submitted(world, written):
    """The same, waiting for the leader, with its sound."""
    return actions.submit_bulletin(bulletin_id=written.pk, by=world.officer)


@pytest.fixture
def returned(world, submitted):
    """The same, back with its author."""
    return actions.return_bulletin(bulletin_id=submitted.pk, by=world.leader, reason="Ghi thêm số điện thoại của trạm.")


@pytest.fixture
def approved(world, submitted):
    """The same, approved by the leader."""
    return actions.approve_bulletin(bulletin_id=submitted.pk, by=world.leader)


@pytest.fixture
def tomorrow():
    """The same time on the next day."""
    return clock.now() + timedelta(days=1)
