"""Benchmarks, found in `bench/` of the checkout: each file has a `run()` that gives its figures."""

import importlib.util
from pathlib import Path
from typing import Any

import coso

FOLDER = Path(coso.__file__).resolve().parents[2] / "bench"


class NoSuchBench(Exception):
    """There is no benchmark of that name; `coso bench` lists them."""


def names() -> list[str]:
    """List the benchmarks of this checkout."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.name.startswith("_"))


def run(name: str) -> dict[str, Any]:
    """Run one benchmark; give its figures.

    Raises NoSuchBench, and AssertionError when a result is wrong: a quick wrong answer has no speed.
    """
    if name not in names():
        raise NoSuchBench(name)
    spec = importlib.util.spec_from_file_location(f"coso_bench_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    figures: dict[str, Any] = module.run()
    return figures
