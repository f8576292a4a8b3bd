"""Settings are typed, described, and refused clearly."""

from pathlib import Path

import pytest

from coso.site import options


def test_nothing_set_gives_a_system_for_this_machine_alone():
    values = options.load({})

    assert values["COSO_BIND"] == "127.0.0.1"
    assert values["COSO_DATA"] == Path("var")
    assert values["COSO_DEBUG"] is False
    assert values["COSO_PORT"] == 8000


@pytest.mark.parametrize(
    ("name", "text", "kind"), [("COSO_PORT", "tám nghìn", "number"), ("COSO_DEBUG", "maybe", "yes/no")]
)
def test_a_value_of_the_wrong_kind_is_named_with_what_it_takes(name, text, kind):
    with pytest.raises(options.BadOption, match=f"{name} takes a {kind}, not '{text}'"):
        options.load({name: text})


def test_every_option_is_described_in_a_sentence():
    assert [option.name for option in options.OPTIONS if len(option.about) < 15 or option.about[-1] not in ".)"] == []


def test_the_reference_page_has_a_row_for_every_option():
    page = options.reference()

    assert [option.name for option in options.OPTIONS if f"| `{option.name}` |" not in page] == []
