"""Make the virtual environment: python3 is all it needs. Runs on old Pythons too, to say that they are too old.

Run as `python3 deploy/prepare.py LOCK_FILE STAMP`.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def stop(sentence):
    sys.exit("broadsheet: " + sentence)


def main(lock, stamp):
    if sys.version_info < OLDEST:
        stop(
            "Python %d.%d is too old; 3.11 or newer is needed. Install it and say where: make PYTHON=python3.12 up"
            % sys.version_info[:2]
        )
    if not os.access(ROOT, os.W_OK):
        stop("the folder %s is not writable by this user; copy the project to one that is, or change its owner." % ROOT)
    if not os.path.exists(PYTHON):
        make_environment()
    print("Installing what Broadsheet runs on (once; %s) ..." % lock, flush=True)
    run("-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", os.path.join(ROOT, lock))
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    with open(os.path.join(VENV, stamp), "w") as file:
        file.write(lock)


def make_environment():
    try:
        import ensurepip  # noqa: F401  # asked for before venv, which fails later and less clearly
        import venv  # noqa: F401
    except ImportError:
        stop(
            "this Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv;"
            " elsewhere install Python with its venv module."
        )
    made = subprocess.run([sys.executable, "-m", "venv", VENV])
    if made.returncode:
        stop("the virtual environment %s could not be made; the lines above say why." % VENV)


def run(*arguments):
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore")
    done = subprocess.run([PYTHON] + list(arguments), env=environment)
    if done.returncode:
        stop(
            "installing failed; the lines above say why. With a network it is safe to try again;"
            " `make clean` starts from nothing."
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
