"""The demo's bulletins: real words, each in another state, never approved unheard."""

from datetime import timedelta

import pytest

from coso.kit import clock
from coso.newsroom import actions
from coso.newsroom.actions.studio import working_with
from coso.newsroom.models import Bulletin, Sound
from coso.newsroom.testing import FakeStudio
from coso.organizations.models import Person
from coso.site.demo import bulletins, load_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    """The demo province with its people."""
    load_demo()


def _states():
    return sorted(Bulletin.objects.values_list("author__username", "state"))


def test_the_samples_stand_in_every_state_and_are_marked(demo):
    with working_with(FakeStudio()):
        bulletins.load_demo_bulletins()

    assert _states() == [
        ("bientap", "submitted"),
        ("canbo.sonkim1", "approved"),
        ("canbo.sonkim1", "draft"),
        ("canbo.sonkim1", "draft"),
        ("canbo.thanhsen", "returned"),
        ("canbo.thanhsen", "submitted"),
    ]
    assert Bulletin.objects.filter(is_sample=False).count() == 0
    assert Bulletin.objects.get(state="approved").approved_by.username == "lanhdao.sonkim1"
    assert Bulletin.objects.earliest("expires_at").expires_at > clock.now() + timedelta(hours=12)


def test_loading_again_adds_nothing(demo):
    with working_with(FakeStudio()):
        bulletins.load_demo_bulletins()
        bulletins.load_demo_bulletins()

    assert Bulletin.objects.count() == 6
    assert Sound.objects.count() == 6


def test_nothing_is_approved_on_a_machine_without_a_voice(demo):
    with working_with(FakeStudio(fails_with="Không có giọng đọc.")):
        bulletins.load_demo_bulletins()

    assert not Bulletin.objects.filter(state="approved").exists()


def test_a_sample_that_its_leader_returned_meanwhile_is_left_alone(demo):
    with working_with(FakeStudio()):
        bulletins.load_demo_bulletins()
    sample = Bulletin.objects.get(state="submitted", author__username="canbo.thanhsen")
    leader = Person.objects.get(username="lanhdao.thanhsen")
    actions.return_bulletin(bulletin_id=sample.pk, by=leader, reason="Thiếu giờ cấp lại nước.")

    bulletins.approve_when_heard.call(bulletin_id=str(sample.pk), username="lanhdao.thanhsen")

    sample.refresh_from_db()
    assert sample.state == "returned"
