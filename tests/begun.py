"""The data folder of a site that has just begun. Its tables take longer to make than most tests last: made once."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path


@cache
def _model() -> Path:
    folder = tempfile.mkdtemp(prefix="broadsheet-begun-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    environ = {**kept, "BROADSHEET_DATA": folder, "DJANGO_SETTINGS_MODULE": "broadsheet.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity", "0"], env=environ, check=True)
    return Path(folder) / "broadsheet.sqlite3"


def begin(data: Path) -> bool:
    """Whether a site had to begin there: where one has begun already, all stays as it is."""
    if (data / "broadsheet.sqlite3").exists():
        return False
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_model(), data / "broadsheet.sqlite3")
    return True
