"""What every form of the house has in common."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import translation

from coso.ui.forms import DateInput, HouseForm, LimitedFileField, RadioCards


class Bulletin(HouseForm, forms.Form):
    title = forms.CharField(label="Tiêu đề", help_text="Câu đầu tiên.")
    kind = forms.ChoiceField(
        label="Loại", choices=[("normal", "Thông thường"), ("priority", "Ưu tiên")], widget=RadioCards()
    )
    day = forms.DateField(label="Ngày", required=False)
    sound = LimitedFileField(label="Bản thu", accept=[".mp3"], most_megabytes=1, required=False)
    own = forms.CharField(label="Nguồn", error_messages={"required": "Nguồn nào?"})


def shown(source, form):
    with translation.override("vi"):
        return Template(source).render(Context({"form": form}))


def test_an_error_stands_beside_its_field_and_is_tied_to_it():
    page = shown("{% ui_field form.title %}", Bulletin({"title": ""}))

    described = re.search(r'<input[^>]*aria-describedby="([^"]*)"', page)
    assert described is not None
    assert described[1] == "id_title_helptext id_title_error"
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page
    assert 'aria-invalid="true"' in page
    assert page.index("Câu đầu tiên.") < page.index("Hãy điền mục này.") < page.index("<input")


def test_what_was_typed_is_kept_and_escaped():
    page = shown("{% ui_field form.title %}", Bulletin({"title": 'Bão "số 12" <b>'}))

    assert 'value="Bão &quot;số 12&quot; &lt;b&gt;"' in page


def test_the_summary_on_top_leads_to_each_field():
    page = shown("{% ui_errors form %}", Bulletin({}))

    assert "Có 3 chỗ cần sửa" in page
    assert '<a href="#id_title">Tiêu đề: Hãy điền mục này.</a>' in page
    assert '<a href="#id_kind_0">Loại: Hãy chọn một mục.</a>' in page
    assert '<a href="#id_own">Nguồn: Nguồn nào?</a>' in page


def test_a_form_that_was_not_sent_has_no_summary():
    assert shown("{% ui_errors form %}", Bulletin()).strip() == ""


def test_a_choice_that_must_be_read_is_a_group_of_cards():
    page = shown("{% ui_field form.kind %}", Bulletin({"kind": "priority"}))

    assert "<legend" in page
    assert page.count('type="radio"') == 2
    assert re.search(r'value="priority" checked', page)


def test_a_date_is_handed_to_the_browser_as_it_wants_it():
    form = Bulletin({"day": "24/11/2026"})

    assert isinstance(form.fields["day"].widget, DateInput)
    with translation.override("vi"):
        form.is_valid()
    assert form.cleaned_data["day"].isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("name", "size", "code"), [("a.exe", 10, "kind"), ("a.mp3", 1024 * 1024 + 1, "size"), ("mp3", 10, "kind")]
)
def test_a_file_of_another_kind_or_size_is_refused(name, size, code):
    field = LimitedFileField(accept=[".mp3"], most_megabytes=1)

    with pytest.raises(forms.ValidationError) as refused:
        field.clean(SimpleUploadedFile(name, b"x" * size))

    assert refused.value.code == code


def test_a_file_that_fits_is_taken_whatever_the_case_of_its_name():
    file = SimpleUploadedFile("BẢN TIN.MP3", b"x")

    assert LimitedFileField(accept=[".mp3"], most_megabytes=1).clean(file) is file


def test_what_is_accepted_is_said_beside_the_field():
    page = shown("{% ui_field form.sound %}", Bulletin())

    assert "Nhận tệp .mp3; tối đa 1 MB." in page
    assert 'accept=".mp3"' in page
    assert 'aria-describedby="id_sound_accepted"' in page


def test_the_sentences_of_an_action_go_beside_their_fields():
    form = Bulletin({"title": "Bão", "kind": "normal", "own": "UBND"})

    form.take_errors({"title": ["Trùng tiêu đề."], "elsewhere": ["Ngoài địa bàn."]})

    assert form.errors["title"] == ["Trùng tiêu đề."]
    assert form.non_field_errors() == ["Ngoài địa bàn."]


def test_a_key_of_a_draft_cannot_break_out_of_its_attribute():
    form = Bulletin()
    form.keep_draft = True

    page = Template("<form {% form_attrs form key %}>").render(Context({"form": form, "key": 'a"><b>'}))

    assert 'data-keep="a&quot;&gt;&lt;b&gt;"' in page
    assert 'enctype="multipart/form-data"' in page


def test_a_file_that_a_refused_form_cannot_keep_is_asked_for_again():
    sound = SimpleUploadedFile("a.mp3", b"x")
    sent = {"title": "Lũ", "kind": "normal", "own": "UBND"}

    refused, taken = Bulletin({**sent, "own": ""}, {"sound": sound}), Bulletin(sent, {"sound": sound})

    assert "Hãy chọn lại tệp này" in shown("{% ui_field form.sound %}", refused)
    assert "Hãy chọn lại tệp này" not in shown("{% ui_field form.sound %}", Bulletin({**sent, "own": ""}))
    assert "Hãy chọn lại tệp này" not in shown("{% ui_field form.sound %}", taken)


def test_a_number_in_words_is_refused_in_an_officers_words():
    class Repair(HouseForm, forms.Form):
        cost = forms.IntegerField(label="Chi phí")

    with translation.override("vi"):
        assert Repair({"cost": "1,5 triệu"}).errors["cost"] == ["Hãy ghi một số nguyên, chỉ gồm chữ số."]
