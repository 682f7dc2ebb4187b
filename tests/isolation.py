"""Loaded before anything else (`-p tests.isolation`): tests never see the operator's settings or data."""

import atexit
import os
import shutil
import tempfile

for name in [name for name in os.environ if name.startswith("BROADSHEET_") and not name.startswith("BROADSHEET_TEST_")]:
    if name not in {"BROADSHEET_EVAL_DATA", "BROADSHEET_DATABASE_URL"}:
        del os.environ[name]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
_folder = tempfile.mkdtemp(prefix="broadsheet-tests-")
os.environ["BROADSHEET_DATA"] = _folder
os.environ["BROADSHEET_SECRET_KEY"] = "only-for-tests-" * 4
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
