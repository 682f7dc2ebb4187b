"""Before the tests: install what a machine may lack, if we may, and say loudly what stays missing.

A browser and the servers of the tests (PostgreSQL, Redis, Postfix) come from Debian's packages; as root they are
installed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there is used. The shell draws the same pages without windows, in a third of the time."""
WANTED = (
    # what, its Debian package, how to see that it is there
    ("Chromium, for the browser tests", "chromium-headless-shell", lambda: any(map(shutil.which, BROWSERS))),
    (
        "PostgreSQL, for its variant of the storage and queue tests",
        "postgresql",
        lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(shutil.which("initdb")),
    ),
    ("Postfix, for the test of sending through it", "postfix", lambda: Path("/usr/sbin/postfix").exists()),
    ("Redis, for its variant of the queue tests", "redis-server", lambda: bool(shutil.which("redis-server"))),
)


def main() -> None:
    missing = [(what, package) for what, package, is_there in WANTED if not is_there()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [package for _, package in missing]
        print(f"Installing for the tests: {', '.join(packages)} ...", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, **quiet)
    for what, package, is_there in WANTED:
        if not is_there():
            print(f"MISSING: {what}. Its tests are skipped; `apt-get install {package}` brings it.", file=sys.stderr)


if __name__ == "__main__":
    main()
