"""The build of the static files, on a tiny set of packages."""

import pytest

from coso.ui import build_assets
from coso.ui.icons import ICONS

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">\n  <path d="M0 0h16"/>\n</svg>'


@pytest.fixture
def modules(tmp_path):
    folder = tmp_path / "node_modules"
    for source, _name in build_assets.parts(folder):
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(b"a{}\n/*# sourceMappingURL=a.css.map */" if source.suffix == ".css" else b"as it was")
    icons = folder / "bootstrap-icons/icons"
    icons.mkdir(parents=True)
    for file in ICONS.values():
        (icons / f"{file}.svg").write_text(SVG)
    (folder / "axe-core").mkdir()
    (folder / "axe-core/axe.min.js").write_text("axe")
    return folder


def test_a_second_build_finds_everything_right(modules, tmp_path):
    vendor = tmp_path / "vendor"
    written, same, removed = build_assets.build(modules, vendor)

    again = build_assets.build(modules, vendor)

    assert (same, removed) == (0, 0)
    assert again == (0, written, 0)


def test_what_is_no_longer_needed_goes(modules, tmp_path):
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "jquery.js").write_text("old")

    _written, _same, removed = build_assets.build(modules, vendor)

    assert removed == 1
    assert not (vendor / "jquery.js").exists()


def test_the_address_of_a_source_map_is_not_shipped(modules, tmp_path):
    build_assets.build(modules, tmp_path / "vendor")

    assert (tmp_path / "vendor/bootstrap/bootstrap.min.css").read_text() == "a{}\n"


def test_the_sprite_holds_each_icon_of_the_house_once(modules):
    sprite = build_assets.sprite(modules / "bootstrap-icons/icons").decode()

    assert sprite.count("<symbol ") == len(ICONS)
    assert '<symbol id="bell" viewBox="0 0 16 16"><path d="M0 0h16"/></symbol>' in sprite


def test_axe_stays_out_of_the_static_files(modules, tmp_path):
    build_assets.build(modules, tmp_path / "vendor", tmp_path / "axe.js")

    assert (tmp_path / "axe.js").read_text() == "axe"
    assert not list((tmp_path / "vendor").rglob("axe*"))


def test_a_missing_package_says_what_to_do(modules, tmp_path, capsys):
    (modules / "leaflet/dist/leaflet.js").unlink()

    with pytest.raises(build_assets.AssetsMissing, match=r"leaflet\.js is missing\. Run `npm ci`"):
        build_assets.build(modules, tmp_path / "vendor")

    assert not (tmp_path / "vendor").exists()
    assert build_assets.main(["--node-modules", str(tmp_path / "nowhere")]) == 1
    assert "Run `npm ci`" in capsys.readouterr().err
