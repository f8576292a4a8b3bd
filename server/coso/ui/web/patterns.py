"""The pattern pages: every part of the house with real words in it, for the eye, for pictures and for axe."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from coso.ui.forms import HouseForm, LimitedFileField, RadioCards
from coso.ui.lists import Action, Column, Empty, Filter, Line, ListSpec, list_response
from coso.ui.rows import MemoryRows
from coso.ui.web import samples

View = Callable[[HttpRequest], HttpResponseBase]


def _pattern(view: Callable[[HttpRequest], HttpResponseBase]) -> View:
    return wraps(view)(login_required(view))


class PatternForm(HouseForm, forms.Form):
    """A form with one of everything."""

    keep_draft = True

    title = forms.CharField(
        label="Tiêu đề", max_length=120, help_text="Câu đầu tiên người dân nghe thấy. Dưới 120 chữ cái."
    )
    body = forms.CharField(
        label="Nội dung", widget=forms.Textarea, help_text="Viết như nói: câu ngắn, việc cần làm đứng trước."
    )
    kind = forms.ChoiceField(
        label="Loại bản tin",
        choices=[("normal", "Thông thường"), ("priority", "Ưu tiên"), ("emergency", "Khẩn cấp")],
        widget=RadioCards(
            explain={
                "normal": "Xã tự chọn giờ phát.",
                "priority": "Xã sắp thứ tự khi trùng giờ. Không phát trong giờ yên tĩnh.",
                "emergency": "Phát ngay, chen mọi chương trình. Cần người thứ hai xác nhận.",
            },
            icons={"normal": "bulletin", "priority": "flag", "emergency": "siren"},
            tones={"priority": "need", "emergency": "danger"},
        ),
    )
    day = forms.DateField(label="Ngày phát", help_text="Ví dụ 24/11/2026.")
    place = forms.ChoiceField(
        label="Phát ở", choices=[("", "Chọn xã, phường"), ("18814", "Xã Kỳ Hoa"), ("18196", "Xã Sơn Kim 1")]
    )
    forms_of_it = forms.MultipleChoiceField(
        label="Làm thêm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("board", "Bảng tin điện tử"), ("leaflet", "Tờ rơi"), ("notes", "Đề cương cho tuyên truyền viên")],
    )
    recording = LimitedFileField(label="Bản thu âm", accept=[".mp3", ".ogg", ".wav"], most_megabytes=50, required=False)
    checked = forms.BooleanField(label="Tôi đã đọc lại và đối chiếu với nguồn", help_text="")


_WAY = [("Bản tin", "#ban-tin"), ("Xã Kỳ Hoa", "#ky-hoa"), ("Bản tin này", "")]


def _shell(request: HttpRequest, **more: Any) -> dict[str, Any]:
    return {"shell": samples.SampleShell(), **more}


@_pattern
def patterns(request: HttpRequest) -> HttpResponse:
    """Show every part."""
    return render(
        request,
        "ui/patterns/parts.html",
        _shell(
            request,
            title="Mẫu giao diện",
            sentence="Mọi trang của Cơ Sở ghép từ những mảnh này. Tên thật, số liệu mẫu.",
            samples=samples,
            now=7 * 60 + 40,
        ),
    )


@_pattern
def form_page(request: HttpRequest) -> HttpResponse:
    """Show a form; sent empty, it shows its errors."""
    form = PatternForm(request.POST, request.FILES) if request.method == "POST" else PatternForm()
    return render(
        request,
        "ui/patterns/form.html",
        _shell(
            request,
            title="Bản tin mới",
            sentence="Viết một lần, duyệt một lần, mọi kênh nói như nhau.",
            form=form,
            crumbs=_WAY,
        ),
    )


VILLAGES = ListSpec(
    key="mau-thon",
    title="Thôn nghe bản tin sáng nay",
    sentence="4 thôn đã nghe hoặc đang nghe, 2 thôn cần bạn.",
    columns=[
        Column("name", "Thôn", "name", sort="name"),
        Column("commune", "Xã, phường", "commune"),
        Column("state", "Tình trạng", "state", kind="state"),
        Column("people", "Nhân khẩu", "people", sort="people", kind="number"),
        Column("since", "Im lặng từ", "silent_since", sort="silent_since", kind="when"),
    ],
    search=["name", "commune"],
    search_label="Tìm thôn",
    filters=[
        Filter(
            "state",
            "Tình trạng",
            [("done", "Đã phát"), ("active", "Đang phát"), ("need", "Chưa tới"), ("danger", "Mất kết nối")],
            lambda rows, value: rows.keep(lambda row: row["tone"] == value),
        )
    ],
    default_sort="name",
    page_size=5,
    empty=Empty("Chưa có thôn nào", "Nhập danh sách thôn của xã trước.", "Nhập từ bảng tính", "#"),
    row_link=lambda row: f"#{row['key']}",
    primary=Action("Gọi trưởng thôn", "#goi"),
)


@_pattern
def list_page(request: HttpRequest) -> HttpResponseBase:
    """Show a list as a table."""
    return list_response(request, VILLAGES, MemoryRows(samples.village_rows()), extra=_shell(request))


LINES = ListSpec(
    key="mau-cau",
    title="Việc hôm nay",
    sentence="3 việc cần bạn trước 11:30.",
    columns=VILLAGES.columns,
    line=lambda row: Line(row["text"], "#", row["about"], row["chip"], row["aside"]),
)


@_pattern
def lines_page(request: HttpRequest) -> HttpResponseBase:
    """Show a list told as sentences."""
    need, active, done, waiting, danger, off = samples.CHIPS
    rows = [
        {"text": "3 cụm loa im lặng từ 05:10", "about": "Xã Sơn Kim 1", "chip": danger, "aside": "2 giờ 30 phút"},
        {
            "text": "“Lịch tiêm phòng đàn gia súc” chờ bạn duyệt",
            "about": "Xã Kỳ Hoa",
            "chip": need,
            "aside": "",
        },
        {
            "text": "“Điểm tư vấn pháp luật lưu động” đang phát",
            "about": "Phường Thành Sen",
            "chip": active,
            "aside": "",
        },
        {"text": "Bản tin sáng đã phát tới 24/24 thôn", "about": "Xã Kỳ Hoa", "chip": done, "aside": "06:00"},
        {"text": "Bản tin chiều", "about": "Ban Quản lý Khu kinh tế tỉnh", "chip": waiting, "aside": "17:00"},
        {"text": "“Thông báo tạm dừng cấp nước”", "about": "Xã Kỳ Hoa", "chip": off, "aside": "23/11/2026"},
    ]
    return list_response(request, LINES, MemoryRows(rows), extra=_shell(request))


@_pattern
def detail_page(request: HttpRequest) -> HttpResponse:
    """Show the page of one record with its history at the side."""
    return render(
        request,
        "ui/patterns/detail.html",
        _shell(
            request,
            title="Lịch tiêm phòng đàn gia súc vụ đông",
            sentence="Đã phát tới 5/6 thôn của Xã Kỳ Hoa. Chưa tới: Thôn 5 (mất điện từ 04:50).",
            samples=samples,
            chip=samples.CHIPS[1],
            crumbs=_WAY,
        ),
    )


@_pattern
def portal_page(request: HttpRequest) -> HttpResponse:
    """Show a village's public page."""
    return render(
        request,
        "ui/patterns/portal.html",
        {
            "title": "Thôn Hoa Trung",
            "sentence": "Xã Kỳ Hoa, tỉnh Hà Tĩnh",
            "place_name": "Xã Kỳ Hoa",
            "samples": samples,
        },
    )


@_pattern
def alert_page(request: HttpRequest) -> HttpResponse:
    """Show the operations board during an alert."""
    return render(
        request,
        "ui/patterns/alert.html",
        {
            "title": "Bão số 12: di dời khỏi vùng trũng trước 15:00",
            "sentence": "Xã Kỳ Hoa, Phường Sông Trí, Phường Hải Ninh",
            "released_at": samples.MORNING,
            "villages": samples.village_rows(),
        },
    )


@_pattern
def areas(request: HttpRequest) -> HttpResponse:
    """Give three made-up areas for the map of the pattern page."""
    return JsonResponse(samples.AREAS)
