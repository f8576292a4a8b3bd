"""The journal says in words what the signer and the devices say in codes."""

import inspect
import re

import pytest

from coso.broadcast import signer
from coso.broadcast.kinds import SIGNER_REFUSALS
from coso.devices.kinds import FAULTS, fault_name
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso_agent import rules as device_rules


def codes_in(module) -> set[str]:
    return set(re.findall(r'Refused\("(\w+)"', inspect.getsource(module)))


def test_every_code_of_the_signer_has_words():
    assert codes_in(signer) - set(SIGNER_REFUSALS) == set()


def test_every_code_of_a_devices_rules_has_words():
    assert {f"refused_{code}" for code in codes_in(device_rules)} - set(FAULTS) == set()


@pytest.mark.parametrize(
    ("verb", "data", "sentence"),
    [
        (
            "slot.scheduled",
            {"place": "Thôn 1", "starts_at": "2026-11-24T22:30:00+00:00"},
            "Xếp lịch phát bản tin tại Thôn 1 lúc 05:30 25/11/2026.",
        ),
        (
            "slot.cancelled",
            {"place": "Thôn 1", "starts_at": "2026-11-24T22:30:00+00:00"},
            "Hủy lượt phát bản tin tại Thôn 1 lúc 05:30 25/11/2026.",
        ),
        ("alert.released", {"areas": 2}, "Phát lệnh bản tin khẩn cấp tới cụm loa của 2 địa bàn."),
        ("signer.refused", {"reason": "other_revision"}, "Từ chối ký: nội dung không phải bản đã duyệt."),
        ("signer.refused", {"reason": "of_tomorrow"}, "Từ chối ký, mã lý do: of_tomorrow."),
        ("device.fault_noticed", {"kind": "log_gap"}, "Thiết bị gửi nhật ký phát thiếu mục."),
    ],
)
def test_an_entry_reads_as_a_whole_sentence(settings, verb, data, sentence):
    settings.LANGUAGE_CODE = "vi"

    assert sentence_of(Entry(verb=verb, data=data)) == sentence


def test_a_fault_of_a_newer_device_is_told_with_its_code():
    assert fault_name("refused_of_tomorrow") == "Thiết bị từ chối nội dung được gửi đến, mã lý do: of_tomorrow."
