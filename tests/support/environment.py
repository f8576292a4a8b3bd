"""The environment of tests, set before Django reads its settings: they never touch a running system's data.

Loaded by `-p tests.support.environment` in pyproject.toml, since pytest-django reads the settings before any conftest.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="coso-test-"))
(DATA / "static").mkdir()
os.environ["COSO_DATA"] = str(DATA)
os.environ["COSO_SECRET_KEY"] = "only-for-tests"
os.environ["DJANGO_SETTINGS_MODULE"] = "coso.site.settings"
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
