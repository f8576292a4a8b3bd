"""Labels of areas that come in by a file."""

import pytest

from coso.places.models import AreaLabel
from coso.registers.actions import commit_import
from tests.app.registers.support import bring
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

HEAD = ["Xã, phường", "Mã xã", "Nhãn", "Quyết định", "Từ ngày", "Đến ngày"]


def test_two_rows_give_an_area_one_label_only_one_after_the_other(world: World) -> None:
    run = bring(
        ["Xã Sơn Kim 1", "", "bien-gioi", "QĐ 1", "01/01/2026", "31/03/2026"],
        ["Xã Sơn Kim 1", "", "bien-gioi", "QĐ 2", "01/04/2026", ""],
        ["xa son kim 1", "18196", "bien-gioi", "QĐ 3", "01/04/2026", ""],
        ["Xã Sơn Kim 1", "", "bien-gioi", "QĐ 4", "01/06/2026", ""],
        header=HEAD,
        kind="nhan-dia-ban",
    )

    assert ([error["row"] for error in run.errors], run.rows_new) == ([4, 5], 2)


def test_a_label_comes_in_with_its_decision(world: World) -> None:
    run = bring(["Xã Sơn Kim 1", "", "bien-gioi", "QĐ 1", "01/01/2026", ""], header=HEAD, kind="nhan-dia-ban")

    commit_import(import_id=run.pk, by="system")

    made = AreaLabel.objects.get()
    assert (made.place, made.kind_id, made.decision, made.valid_to) == (world.son_kim, "bien-gioi", "QĐ 1", None)
