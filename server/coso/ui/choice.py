"""One choice among thousands: words are typed, the first matches are offered, one is taken.

Without a script the words go to the page with the button "Find", and the matches come back as radio buttons; nothing
else that was typed is lost. With a script (`static/ui/js/combobox.js`) it is a combobox as in ARIA 1.2.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Found:
    """The first matches of some words: (value, words) of each."""

    options: list[tuple[str, str]] = field(default_factory=list)
    more: bool = False
    """Whether there are others."""


class Typed(str):
    """What came of the field: the value that was chosen, with the words beside it."""

    words: str
    """What stands in the text field."""
    asked: str
    """The words to which the offered choice belongs, as the page knew them."""
    pressed: bool
    """Whether "Find" was pressed."""

    @classmethod
    def of(cls, value: str, words: str = "", asked: str = "", *, pressed: bool = False) -> "Typed":
        """Gather what was sent."""
        made = cls(value)
        made.words, made.asked, made.pressed = words.strip(), asked.strip(), pressed
        return made

    @property
    def is_asking(self) -> bool:
        """Tell whether other matches are asked for.

        Without a script, Enter in any field presses the first button of a form, which is "Find": words that the
        page answered already mean that the form itself is sent.
        """
        return self.pressed and self.words != self.asked

    @property
    def is_stale(self) -> bool:
        """Tell whether other words stand there than those to which the choice belongs."""
        return self.words != self.asked and bool(self.words)


class SearchChoice(forms.Widget):
    """The field: its page must be drawn by `{% ui_field %}` or `{% ui_form %}`."""

    address: str = ""
    """Where a script asks for matches: takes `q`, answers {"options": [{"value", "words"}], "more": …}."""
    find: Callable[[str], Found] | None = None
    """Finds the matches of some words for the page itself."""
    name_of: Callable[[str], str] | None = None
    """Says a value that was chosen; empty when it is none of those offered."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        """Read what was chosen, with the words typed."""
        words, asked = data.get(f"{name}-words", ""), data.get(f"{name}-asked", "")
        return Typed.of(data.get(name, ""), words, asked, pressed=f"{name}-find" in data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether the field was not on the page."""
        return name not in data and f"{name}-words" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """Leave the browser's own words out: ours say more."""
        return False

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Draw it."""
        given = value if isinstance(value, Typed) else Typed.of("" if value is None else str(value))
        chosen = self.name_of(given) if given and self.name_of else ""
        typed = given.words or chosen
        asks = bool(given.words) and given.words != chosen
        found = self.find(given.words) if asks and self.find else Found()
        options = [(str(given), chosen)] if chosen else []
        options += [option for option in found.options if option[0] != given]
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "attrs": {key: one for key, one in (attrs or {}).items() if key != "id"},
            "typed": typed,
            "value": str(given) if chosen else "",
            "chosen": chosen,
            "options": options,
            "asks": asks,
            "more": found.more,
            "none": asks and not found.options,
            "optional": not self.is_required,
            "address": self.address,
        }
        return SafeString(render_to_string("ui/parts/search_choice.html", context))
