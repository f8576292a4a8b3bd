"""The main job, end to end, with twelve loudspeaker programs: what a person would run to believe it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_the_main_job_ends_with_every_receipt(figure):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COSO_")}

    done = subprocess.run(
        [str(Path(sys.executable).with_name("coso")), "demo", "--headless"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("Every receipt is in.")
    steps = re.findall(r"^\[ *([\d.]+) s\]", done.stdout, re.MULTILINE)
    first_sound = re.search(r"first sound after ([\d.]+) s \(median\)", done.stdout)
    figure("steps", len(steps))
    figure("seconds", steps[-1])
    figure("seconds from release to first sound (median)", first_sound[1] if first_sound else "none")
