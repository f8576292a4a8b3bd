"""Files that nobody chose to keep go after thirty days; whatever a record holds stays."""

from datetime import timedelta

import pytest

from coso.journal.models import Entry
from coso.kit import blobs, clock
from coso.registry.actions import boundaries, photos
from coso.registry.actions import files as actions
from coso.registry.models import DroppedFile, InspectionPhoto
from tests.app.registry.inspecting import filled, opened, photo
from tests.support.world import World
from tests.unit.registry.test_coverage_boundaries import feature, file_of, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Let days pass."""

    def pass_(days: int) -> None:
        then = clock.now() + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: then)

    return pass_


def test_a_file_that_was_dropped_goes_after_its_days_and_not_before(world: World, later) -> None:
    sha256 = blobs.put(b"taken off")
    actions.drop_file(sha256)

    later(29)
    assert (actions.erase_dropped(), blobs.has(sha256)) == (0, True)
    later(2)
    assert (actions.erase_dropped(), blobs.has(sha256)) == (1, False)

    assert Entry.objects.get(verb="registry.files_erased").data == {"files": 1}
    assert not DroppedFile.objects.exists()
    assert actions.erase_dropped() == 0


def test_a_photo_taken_off_an_inspection_goes_and_one_that_stands_stays(world: World, later) -> None:
    inspection = filled(world, opened(world)).inspection
    wrong = photos.take_photo(by=world.officer, inspection=inspection, data=photo(size=(640, 480)))
    right = photos.take_photo(by=world.officer, inspection=inspection, data=photo(size=(320, 240)))
    photos.remove_photo(by=world.officer, photo=wrong)

    later(31)
    actions.erase_dropped()

    assert (blobs.has(wrong.sha256), blobs.has(right.sha256)) == (False, True)
    assert list(InspectionPhoto.objects.all()) == [right]


def test_a_photo_taken_off_and_taken_again_stays(world: World, later) -> None:
    inspection = filled(world, opened(world)).inspection
    first = photos.take_photo(by=world.officer, inspection=inspection, data=photo())
    photos.remove_photo(by=world.officer, photo=first)
    again = photos.take_photo(by=world.officer, inspection=inspection, data=photo())

    later(31)

    assert (actions.erase_dropped(), blobs.has(again.sha256)) == (0, True)


def test_boundaries_looked_at_go_and_those_chosen_stay(world: World, later) -> None:
    one, other = (
        boundaries.check_boundaries(
            by=world.administrator, data=file_of(feature(code, shape)), code_property="code", true_on=clock.today()
        ).sha256
        for code, shape in (("18196", square(105.15, 18.39)), ("18562", square(105.82, 18.33)))
    )
    boundaries.add_boundaries(by=world.administrator, sha256=one, name="Xã", source="Sở", true_on=clock.today())

    later(31)
    actions.erase_dropped()

    assert (blobs.has(one), blobs.has(other)) == (True, False)


def test_a_file_that_another_record_holds_stays(world: World, later) -> None:
    inspection = filled(world, opened(world)).inspection
    kept = photos.take_photo(by=world.officer, inspection=inspection, data=photo())
    actions.drop_file(kept.sha256)

    later(31)

    assert (actions.erase_dropped(), blobs.has(kept.sha256)) == (0, True)
