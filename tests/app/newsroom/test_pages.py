"""The newsroom's pages, as a person at the desk meets them."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.kit import clock, ids
from coso.newsroom import actions, ports, queries
from coso.newsroom.models import Bulletin, Sound
from coso.plans.models import Evidence

from .conftest import BODY, TITLE, write
from .test_writing import _task

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, world):
    """Sign somebody in: desk("officer")."""

    def sign_in(who):
        client.force_login(getattr(world, who))
        return client

    return sign_in


def _text(answer):
    """Give what a person reads on a page, on one line."""
    plain = re.sub(r"<(script|style|title)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(plain).split())


def _at(name, bulletin, *more):
    return reverse(f"newsroom:{name}", args=[bulletin.pk, *more])


def _form(world, **more):
    return {"title": TITLE, "body": BODY, "rank": "normal", "areas": [world.son_kim.pk], "is_public": "on", **more}


# The list


def test_the_list_tells_the_leader_what_waits_for_him(world, submitted, desk):
    write(world, title="Bản nháp khác")

    page = _text(desk("leader").get(reverse("newsroom:list")))

    assert "1 bản tin chờ bạn." in page
    assert "Chờ bạn duyệt" in page
    assert "Xã Sơn Kim 1" in page
    assert "2 kết quả" in page


def test_the_list_narrows_to_what_waits(world, submitted, desk):
    write(world, title="Bản nháp khác")

    page = _text(desk("leader").get(reverse("newsroom:list"), {"viec": "toi"}))

    assert TITLE in page
    assert "Bản nháp khác" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "tiem chung"}, {"Tiêm chủng"}),
        ({"trang-thai": "draft"}, {"Tiêm chủng", "Cắt nước"}),
        ({"loai": "priority"}, {"Cắt nước"}),
        ({"trang-thai": "approved"}, set()),
    ],
)
def test_the_list_is_searched_and_filtered(world, desk, asked, found):
    write(world, title="Tiêm chủng")
    write(world, title="Cắt nước", body="Ngày mai cắt nước.", rank="priority")

    page = _text(desk("officer").get(reverse("newsroom:list"), asked))

    assert {title for title in ("Tiêm chủng", "Cắt nước") if title in page} == found


def test_the_list_filters_by_the_commune_that_hears_it(world, desk):
    write(world, by=world.editor, title="Cho cả tỉnh", areas=[world.province])
    write(world, by=world.editor, title="Cho một thôn", areas=[world.villages[0]])
    write(world, by=world.editor, title="Cho xã khác", areas=[world.thach_ha])

    page = _text(desk("editor").get(reverse("newsroom:list"), {"noi": world.son_kim.pk}))

    assert "Cho cả tỉnh" in page
    assert "Cho một thôn" in page
    assert "Cho xã khác" not in page


def test_the_list_goes_out_as_a_spreadsheet(world, written, desk):
    answer = desk("officer").get(reverse("newsroom:list"), {"export": "xlsx"})

    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][:3] == ("Tiêu đề", "Trạng thái", "Loại")
    assert rows[1][:5] == (TITLE, "Bản nháp", "Thông thường", "Xã Sơn Kim 1", "Lê Thị Đào")


def test_the_list_needs_as_many_queries_for_thirty_bulletins_as_for_three(world, desk, django_assert_max_num_queries):
    for number in range(30):
        write(world, title=f"Bản tin {number}", areas=world.villages[:2])
    client = desk("officer")

    with django_assert_max_num_queries(20):
        answer = client.get(reverse("newsroom:list"))

    assert answer.status_code == 200


def test_an_empty_list_says_what_to_do(world, desk):
    page = _text(desk("officer").get(reverse("newsroom:list")))

    assert "Chưa có bản tin nào" in page
    assert "Viết bản tin" in page


# Writing


def test_the_form_says_what_each_class_means_and_ticks_no_place_beforehand(world, desk):
    answer = desk("officer").get(reverse("newsroom:write"))

    page = _text(answer)
    assert "Phát ngay, chen mọi chương trình, kể cả giờ yên tĩnh." in page
    assert "Phải có người thứ hai duyệt." in page
    assert f'id="place-{world.son_kim.pk}"' in answer.content.decode()
    assert f'id="place-{world.son_kim.pk}" checked' not in answer.content.decode()


def test_a_saved_form_becomes_a_draft_that_can_be_heard(world, desk):
    until = (clock.local(clock.now()) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    answer = desk("officer").post(reverse("newsroom:write"), _form(world, expires_at=until), follow=True)

    bulletin = Bulletin.objects.get()
    assert answer.redirect_chain == [(_at("bulletin", bulletin), 302)]
    assert (bulletin.author, bulletin.is_public) == (world.officer, True)
    assert clock.local(bulletin.expires_at).strftime("%Y-%m-%dT%H:%M") == until
    assert queries.current_sound(bulletin) is not None
    assert "Đã lưu bản nháp; đang làm âm thanh." in _text(answer)
    assert "<audio controls" in answer.content.decode()


def test_a_form_sent_twice_makes_one_bulletin_with_the_last_words(world, desk):
    client, key = desk("officer"), ids.new_id()

    client.post(reverse("newsroom:write"), _form(world, key=key))
    client.post(reverse("newsroom:write"), _form(world, key=key, title="Tiêu đề sửa sau"))

    assert Bulletin.objects.get().title == "Tiêu đề sửa sau"


def test_a_form_from_a_task_is_begun_with_its_title_and_source(world, desk):
    task = _task(world)

    page = desk("editor").get(reverse("newsroom:write"), {"task": task.pk}).content.decode()

    assert f'value="{task.title}"' in page
    assert "(Theo văn bản 82.pdf.)" in page


def test_a_bulletin_from_a_task_is_its_evidence(world, desk):
    task = _task(world)

    desk("officer").post(f"{reverse('newsroom:write')}?task={task.pk}", _form(world))

    assert Evidence.objects.get().ref == f"bulletin:{Bulletin.objects.get().pk}"


@pytest.mark.parametrize("task", ["999", "abc", "²", "9" * 30])
def test_a_task_that_is_not_there_is_not_found(world, desk, task):
    answer = desk("officer").get(reverse("newsroom:write"), {"task": task})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Hãy viết tiêu đề."),
        ({"title": "a" * 201}, "Đang có 201 ký tự, tối đa 200 ký tự."),
        ({"body": ""}, "Hãy viết điều người dân cần nghe."),
        ({"rank": "9"}, "Hãy chọn một trong ba loại bản tin."),
        ({"areas": []}, "Hãy chọn ít nhất một nơi sẽ nghe bản tin."),
        ({"areas": ["abc"]}, "Có nơi nằm ngoài địa bàn bạn phụ trách"),
        ({"areas": ["99999"]}, "Có nơi nằm ngoài địa bàn bạn phụ trách"),
        ({"expires_at": "mai"}, "Hãy ghi ngày và giờ, ví dụ 24/11/2026 17:00."),
        ({"expires_at": "2020-01-01T08:00"}, "Thời hạn hiệu lực phải là lúc chưa tới"),
        ({"key": "khong-phai"}, "Biểu mẫu gửi lên không trọn vẹn."),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(world, desk, wrong, sentence):
    answer = desk("officer").post(reverse("newsroom:write"), {**_form(world), "body": BODY, **wrong})

    page = _text(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert "phải sửa" in page or "cần sửa" in page
    kept = wrong.get("body", BODY) or TITLE
    assert kept in unescape(answer.content.decode())
    assert not Bulletin.objects.exists()


def test_another_units_place_is_refused(world, desk):
    form = _form(world, areas=[world.son_kim.pk, world.other_villages[0].pk])

    answer = desk("officer").post(reverse("newsroom:write"), form)

    assert answer.status_code == 422
    assert "Có nơi nằm ngoài địa bàn bạn phụ trách" in _text(answer)
    assert not Bulletin.objects.exists()


def test_finding_a_place_without_javascript_keeps_what_was_typed_and_ticked(world, desk):
    form = _form(world, areas=[world.villages[1].pk], find="đông 2", do="find")

    page = desk("editor").post(reverse("newsroom:write"), form).content.decode()

    assert f'value="{world.villages[1].pk}" id="place-{world.villages[1].pk}" checked' in page
    assert f'id="place-{world.other_villages[1].pk}"' in page
    assert f'id="place-{world.other_villages[0].pk}"' not in page
    assert f'value="{TITLE}"' in page
    assert not Bulletin.objects.exists()


def test_a_village_is_found_by_its_communes_name_too(world, desk):
    page = _text(desk("editor").get(reverse("newsroom:places"), {"find": "thôn 2 sơn kim"}))

    assert page == "Thôn 2 Xã Sơn Kim 1"


def test_the_picker_never_shows_a_place_of_another_unit(world, desk):
    page = _text(desk("officer").get(reverse("newsroom:places"), {"find": "thon", "areas": world.thach_ha.pk}))

    assert "Thôn 1" in page
    assert "Thôn Đông" not in page
    assert "Thạch Hà" not in page


def test_the_reading_is_shown_before_anything_is_saved(world, desk):
    form = {"title": "Thông báo", "body": "UBND xã cấp 25 kg gạo ngày 05/12/2026."}

    page = _text(desk("officer").post(reverse("newsroom:spoken"), form))

    assert "Văn bản sẽ đọc" in page
    assert "hai mươi lăm ki lô gam gạo" in page or "hai mươi lăm ki-lô-gam gạo" in page
    assert not Bulletin.objects.exists()


def test_editing_shows_what_stands_and_saves_a_new_revision(world, returned, desk):
    client = desk("officer")
    shown = client.get(_at("edit", returned)).content.decode()

    client.post(_at("edit", returned), _form(world, body=BODY + " Mang theo sổ.", edits=0))

    returned.refresh_from_db()
    assert f'value="{TITLE}"' in shown
    assert (returned.revision, returned.body) == (2, BODY + " Mang theo sổ.")
    assert queries.current_sound(returned).revision == 2


def test_two_who_edit_at_once_lose_no_word(world, written, desk):
    client = desk("officer")
    client.post(_at("edit", written), _form(world, body="Bản của chị Đào.", edits=0))

    answer = desk("editor").post(_at("edit", written), _form(world, body="Bản của chị Hoa.", edits=0))

    page = unescape(answer.content.decode())
    written.refresh_from_db()
    assert answer.status_code == 422
    assert "Bản của chị Đào." in page
    assert "Bản của chị Hoa." in page
    assert 'name="edits" value="1"' in page
    assert written.body == "Bản của chị Đào."


def test_a_submitted_bulletin_is_not_edited(world, submitted, desk):
    client = desk("officer")

    answers = [client.get(_at("edit", submitted)), client.post(_at("edit", submitted), _form(world, body="Khác"))]

    submitted.refresh_from_db()
    assert [answer.status_code for answer in answers] == [409, 409]
    assert submitted.body == BODY


def test_what_was_typed_when_a_colleague_submitted_is_shown_once_more(world, submitted, desk):
    answer = desk("officer").post(_at("edit", submitted), _form(world, body="Nội dung viết dở của chị Đào."))

    assert answer.status_code == 409
    assert "Nội dung viết dở của chị Đào." in unescape(answer.content.decode())
    assert "Hãy chép lại nội dung của bạn" in _text(answer)


# One bulletin


def test_a_bulletin_shows_both_texts_its_sound_and_its_history(world, submitted, desk):
    answer = desk("officer").get(_at("bulletin", submitted))

    page = _text(answer)
    assert "Đang chờ Phạm Văn Ân hoặc Trần Văn Bình duyệt." in page
    assert "từ 7h30" in page
    assert "bảy giờ ba mươi" in page
    assert '<mark data-span="' in answer.content.decode()
    assert "Gửi duyệt bản thứ 1." in page
    assert "Lê Thị Đào" in page
    assert "3 thôn" in page


def test_the_author_reads_why_it_came_back(world, returned, desk):
    page = _text(desk("officer").get(_at("bulletin", returned)))

    assert "Lý do trả lại" in page
    assert "Ghi thêm số điện thoại của trạm." in page
    assert "Sửa theo góp ý" in page


def test_a_communicator_reads_an_approved_bulletin_without_what_was_said_about_it(world, returned, desk):
    actions.submit_bulletin(bulletin_id=returned.pk, by=world.officer)
    actions.approve_bulletin(bulletin_id=returned.pk, by=world.leader)

    answer = desk("communicator").get(_at("bulletin", returned))

    assert answer.status_code == 200
    assert "Ghi thêm số điện thoại" not in _text(answer)


def test_panels_and_steps_of_upper_apps_stand_on_the_page(world, approved, desk, monkeypatch):
    monkeypatch.setattr(ports, "_panels", [])
    monkeypatch.setattr(ports, "_lives", [])
    ports.register_panel(lambda request, bulletin: f"Lịch phát của {bulletin.title}")
    ports.register_panel(lambda request, bulletin: "")

    page = _text(desk("officer").get(_at("bulletin", approved)))

    assert f"Lịch phát của {TITLE}" in page
    assert "Phát sóng" in page


@pytest.mark.parametrize("who", ["other_officer", "other_leader", "communicator"])
@pytest.mark.parametrize("name", ["bulletin", "sound"])
def test_a_draft_does_not_exist_outside_its_scope(world, written, desk, name, who):
    assert desk(who).get(_at(name, written)).status_code == 404


# Submitting and approving


def test_submitting_twice_is_harmless(world, written, desk):
    client = desk("officer")

    first = client.post(_at("submit", written), follow=True)
    second = client.post(_at("submit", written), follow=True)

    assert "Đã gửi duyệt" in _text(first)
    assert second.status_code == 200
    assert Sound.objects.count() == 1


def test_the_leader_reads_listens_and_is_told_what_will_happen(world, submitted, desk):
    answer = desk("leader").get(_at("review", submitted))

    page = _text(answer)
    assert "Sẽ phát tới 3 thôn, vào giờ do xã chọn: Xã Sơn Kim 1." in page
    assert "Văn bản sẽ đọc" in page
    assert "<audio controls" in answer.content.decode()


def test_an_alarm_says_that_it_sounds_at_once(world, desk):
    alarm = write(world, rank="emergency", areas=world.villages[:2])
    actions.submit_bulletin(bulletin_id=alarm.pk, by=world.officer)

    page = _text(desk("leader").get(_at("review", alarm)))

    assert "Sẽ phát NGAY tới 2 thôn, kể cả trong giờ yên tĩnh: Thôn 1, Thôn 2 (Xã Sơn Kim 1)." in page
    assert "Duyệt và phát ngay" in page


def test_approving_twice_is_harmless(world, submitted, desk):
    client, sound = desk("leader"), queries.current_sound(submitted)
    form = {"revision": 1, "sound": sound.pk, "submission": queries.submission_of(submitted)}

    first = client.post(_at("review", submitted), form, follow=True)
    second = client.post(_at("review", submitted), form, follow=True)

    submitted.refresh_from_db()
    assert submitted.approved_by == world.leader
    assert "phát tới 3 thôn" in _text(first)
    assert second.status_code == 200


def test_a_bulletin_that_was_submitted_anew_is_read_anew(world, submitted, desk):
    form = {"revision": 1, "sound": queries.current_sound(submitted).pk, "submission": queries.submission_of(submitted)}
    actions.return_bulletin(bulletin_id=submitted.pk, by=world.approver, reason="Chỉ phát ở Thôn 1.")
    wider = {"title": submitted.title, "body": submitted.body, "rank": "priority", "areas": [world.son_kim]}
    actions.edit_bulletin(bulletin_id=submitted.pk, by=world.officer, expires_at=None, is_public=True, **wider)
    actions.submit_bulletin(bulletin_id=submitted.pk, by=world.officer)

    answer = desk("leader").post(_at("review", submitted), form)

    submitted.refresh_from_db()
    assert answer.status_code == 409
    assert (submitted.state, submitted.rank, submitted.revision) == ("submitted", "priority", 1)


@pytest.mark.parametrize("form", [{}, {"revision": "2", "sound": "1"}, {"revision": "x", "sound": "²"}])
def test_approving_what_was_not_on_the_page_is_refused(world, submitted, desk, form):
    answer = desk("leader").post(_at("review", submitted), form)

    submitted.refresh_from_db()
    assert answer.status_code == 409
    assert submitted.state == "submitted"


def test_the_author_does_not_reach_the_approval(world, submitted, desk):
    answer = desk("officer").get(_at("review", submitted))

    assert answer.status_code == 403


def test_a_return_without_a_reason_is_asked_again(world, submitted, desk):
    answer = desk("leader").post(_at("return", submitted), {"reason": "sai"})

    submitted.refresh_from_db()
    assert answer.status_code == 422
    assert "Hãy ghi lý do trong vài từ (ít nhất 5 ký tự)." in _text(answer)
    assert submitted.state == "submitted"


def test_returning_twice_is_harmless(world, submitted, desk):
    client, form = desk("leader"), {"reason": "Thiếu địa điểm tiêm."}

    client.post(_at("return", submitted), form)
    second = client.post(_at("return", submitted), form, follow=True)

    submitted.refresh_from_db()
    assert (submitted.state, second.status_code) == ("returned", 200)


def test_withdrawing_asks_why_first(world, approved, desk):
    client = desk("leader")

    asked = _text(client.get(_at("withdraw", approved)))
    client.post(_at("withdraw", approved), {"reason": ""})
    approved.refresh_from_db()
    still = approved.state
    client.post(_at("withdraw", approved), {"reason": "Trạm y tế đổi ngày."})

    approved.refresh_from_db()
    assert "Không hoàn tác được." in asked
    assert (still, approved.state) == ("approved", "withdrawn")


# Sound


def test_a_recording_that_is_no_sound_is_told_beside_its_field(world, written, desk):
    file = BytesIO(b"%PDF-1.7 khong phai am thanh")
    file.name = "ban-thu.wav"

    answer = desk("officer").post(_at("record", written), {"file": file})

    assert answer.status_code == 422
    assert "“ban-thu.wav” không phải tệp âm thanh đọc được." in _text(answer)
    assert not Sound.objects.exists()


def test_a_recording_of_another_kind_is_refused_by_its_name(world, written, desk):
    file = BytesIO(b"MZ")
    file.name = "ban-thu.exe"

    answer = desk("officer").post(_at("record", written), {"file": file})

    assert answer.status_code == 422
    assert not Sound.objects.exists()


def test_a_failure_says_what_to_do_on_the_page(world, written, studio, desk):
    studio.fails_with = (
        "No voice can speak here: install espeak-ng (apt install espeak-ng) or the wheel espeakng-loader."
    )
    client = desk("officer")

    page = _text(client.post(_at("make_sound", written), follow=True))

    assert "Máy này chưa có giọng đọc: hãy cài espeak-ng" in page
    assert "Làm lại âm thanh" in page


def _listen(client, bulletin, sound, kind="mp3", **headers):
    answer = client.get(_at("listen", bulletin, sound.pk, kind), headers=headers)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, body


def test_a_sound_is_served_whole_or_in_part_and_kept_by_the_browser(world, submitted, desk):
    client, sound = desk("leader"), queries.current_sound(submitted)

    whole, data = _listen(client, submitted, sound)
    part, some = _listen(client, submitted, sound, range="bytes=4-9")
    beyond, _none = _listen(client, submitted, sound, range=f"bytes={len(data)}-")
    again, nothing = _listen(client, submitted, sound, **{"if-none-match": whole["ETag"]})

    assert (whole.status_code, whole["Content-Type"]) == (200, "audio/mpeg")
    assert whole["Cache-Control"] == "private, max-age=31536000, immutable"
    assert (part.status_code, some) == (206, data[4:10])
    assert part["Content-Range"] == f"bytes 4-9/{len(data)}"
    assert beyond.status_code == 416
    assert (again.status_code, nothing) == (304, b"")


@pytest.mark.parametrize(("who", "kind", "status"), [
    ("other_officer", "mp3", 404), ("communicator", "mp3", 404), ("auditor", "opus", 200), ("officer", "wav", 404),
])  # fmt: skip
def test_a_sound_is_heard_by_those_who_know_of_its_bulletin(world, submitted, desk, who, kind, status):
    answer, _data = _listen(desk(who), submitted, queries.current_sound(submitted), kind)

    assert answer.status_code == status


def test_a_sound_of_another_bulletin_is_not_found(world, submitted, desk):
    other = write(world, title="Bản khác")
    actions.request_sound(bulletin_id=other.pk, by=world.officer)

    answer, _data = _listen(desk("officer"), submitted, queries.current_sound(other))

    assert answer.status_code == 404


# Everywhere


def test_the_rail_counts_what_waits(world, submitted, desk):
    answer = desk("leader").get(reverse("newsroom:list"))

    entry = re.search(r'<a[^>]*href="/ban-lam-viec/ban-tin/"[^>]*>.*?</a>', answer.content.decode(), re.DOTALL)[0]
    assert "Bản tin" in entry
    assert ">1<" in entry
