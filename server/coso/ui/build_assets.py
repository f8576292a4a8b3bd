"""Copy the third-party files that pages need from the packages that bring them: `python -m coso.ui.build_assets`.

Nothing here is committed: `static/vendor/` is made anew from `node_modules`, with the licence beside each part.
Running it again changes only what differs and removes what is no longer needed.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from coso.ui.faces import CUTS, LETTERS
from coso.ui.icons import ICONS

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "static" / "vendor"
REPOSITORY = HERE.parents[2]

_SOURCE_MAP = re.compile(rb"\n?(/\*|//)[#@] sourceMappingURL=[^\n]*\n?")
_SVG = re.compile(r"<svg\b[^>]*viewBox=\"(?P<box>[^\"]+)\"[^>]*>(?P<inside>.*)</svg>", re.DOTALL)

_FONTS = [
    ("be-vietnam-pro", ["400-normal", "400-italic", "500-normal", "600-normal"]),
    ("tinos", ["400-normal", "400-italic", "700-normal"]),
]
_INSIDE_PROTOMAPS = {
    "@mapbox/point-geometry": "LICENSE",
    "@mapbox/vector-tile": "LICENSE.txt",
    "color2k": "LICENSE",
    "fflate": "LICENSE",
    "pbf": "LICENSE",
    "potpack": "LICENSE",
    "quickselect": "LICENSE",
    "rbush": "LICENSE",
}


class AssetsMissing(Exception):
    """A package is not where it was looked for; install the packages first, then run this again."""


def parts(modules: Path) -> Iterator[tuple[Path, str]]:
    """Name every file to copy: (where it is, its name under `static/vendor/`)."""
    yield modules / "bootstrap/dist/css/bootstrap.min.css", "bootstrap/bootstrap.min.css"
    yield modules / "bootstrap/dist/js/bootstrap.bundle.min.js", "bootstrap/bootstrap.bundle.min.js"
    yield modules / "bootstrap/LICENSE", "bootstrap/LICENSE"
    yield modules / "bootstrap-icons/LICENSE", "icons-LICENSE"
    for name in ("leaflet.js", "leaflet.css"):
        yield modules / "leaflet/dist" / name, f"leaflet/{name}"
    for name in ("layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png", "marker-shadow.png"):
        yield modules / "leaflet/dist/images" / name, f"leaflet/images/{name}"
    yield modules / "leaflet/LICENSE", "leaflet/LICENSE"
    # Drawn with only where an operator has a base map; its one file holds the parts whose licences stand beside it.
    yield modules / "protomaps-leaflet/dist/protomaps-leaflet.js", "protomaps-leaflet/protomaps-leaflet.js"
    yield modules / "protomaps-leaflet/LICENSE", "protomaps-leaflet/LICENSE"
    for part, name in _INSIDE_PROTOMAPS.items():
        yield modules / part / name, f"protomaps-leaflet/{part.replace('/', '-').lstrip('@')}-LICENSE"
    # For print: `coso.ui.faces` makes TrueType of them.
    for cut in CUTS:
        for letters in LETTERS:
            name = f"tinos-{letters}-{cut}.woff"
            yield modules / "@fontsource/tinos/files" / name, f"fonts/{name}"
    for family, cuts in _FONTS:
        for cut in cuts:
            for letters in ("vietnamese", "latin"):
                name = f"{family}-{letters}-{cut}.woff2"
                yield modules / "@fontsource" / family / "files" / name, f"fonts/{name}"
        yield modules / "@fontsource" / family / "LICENSE", f"fonts/{family}-LICENSE"


def read(source: Path) -> bytes:
    """Read one file of a package, without the address of its source map, which is not shipped.

    Raises AssetsMissing when it is not there.
    """
    try:
        content = source.read_bytes()
    except OSError as error:
        raise AssetsMissing(f"{source} is missing. Run `npm ci` in the repository first.") from error
    return _SOURCE_MAP.sub(b"\n", content) if source.suffix in {".js", ".css"} else content


def sprite(icons: Path) -> bytes:
    """Make one SVG of the icons that the house uses; each is a symbol named by our word for it."""
    symbols = []
    for word, file in sorted(ICONS.items()):
        match = _SVG.search(read(icons / f"{file}.svg").decode())
        if match is None:
            raise AssetsMissing(f"{file}.svg is not an SVG with a viewBox.")
        inside = re.sub(r"\s*\n\s*", "", match["inside"])
        symbols.append(f"<symbol id={quoteattr(word)} viewBox={quoteattr(match['box'])}>{inside}</symbol>")
    return ('<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n").encode()


def write(target: Path, content: bytes) -> bool:
    """Write a file unless it already says the same; tell whether it was written."""
    if target.is_file() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return True


def build(modules: Path, vendor: Path = VENDOR, axe: Path | None = None) -> tuple[int, int, int]:
    """Bring `vendor` up to date; give how many files were (written, already right, removed)."""
    if not modules.is_dir():
        raise AssetsMissing(f"{modules} is not a folder. Run `npm ci` in the repository first.")
    wanted = {vendor / name: read(source) for source, name in parts(modules)}
    wanted[vendor / "icons.svg"] = sprite(modules / "bootstrap-icons/icons")
    written = sum(write(target, content) for target, content in wanted.items())
    removed = 0
    for old in sorted(vendor.rglob("*")):
        if old.is_file() and old not in wanted:
            old.unlink()
            removed += 1
    # The accessibility checker is for tests only: it never reaches the static files.
    checker = modules / "axe-core/axe.min.js"
    if axe is not None and checker.is_file():
        write(axe, checker.read_bytes())
    return written, len(wanted) - written, removed


def main(arguments: list[str] | None = None) -> int:
    """Build from the command line; 0 when done, 1 with a sentence when a package is missing."""
    parser = argparse.ArgumentParser(prog="coso.ui.build_assets", description=__doc__)
    parser.add_argument("--node-modules", type=Path, default=REPOSITORY / "node_modules", metavar="DIR")
    modules: Path = parser.parse_args(arguments).node_modules
    try:
        written, same, removed = build(modules, axe=REPOSITORY / "var" / "axe" / "axe.min.js")
    except AssetsMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    sys.stdout.write(f"static/vendor: {written} files written, {same} already right, {removed} removed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
