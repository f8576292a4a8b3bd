"""Compile every hand-kept catalogue (`.po`) into the form that gettext reads (`.mo`). No gettext tools are needed."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

SERVER = Path(__file__).resolve().parents[1] / "server"


def compile_catalogue(source: Path) -> None:
    """Write the `.mo` beside a `.po`; raise PoFileError with the line of a mistake."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    target = source.with_suffix(".mo")
    fresh = target.with_suffix(".new")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(target)


def main() -> int:
    """Compile all; 1 when one has a mistake, after naming it."""
    wrong = 0
    for source in sorted(SERVER.glob("**/locale/*/LC_MESSAGES/*.po")):
        try:
            compile_catalogue(source)
        except (PoFileError, UnicodeDecodeError, ValueError) as error:
            print(f"{source}: {error}", file=sys.stderr)
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
