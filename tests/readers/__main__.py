"""`python -m tests.readers 2000`: as many random walks through account, gate and consent as told."""

import sys
import tempfile
from pathlib import Path

import django

import tests.isolation  # noqa: F401  # before Django's settings are read


def main(number):
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from hypothesis.stateful import run_state_machine_as_test

    from tests.readers.walks import Walk, walks, write_purposes

    settings.DATA = Path(tempfile.mkdtemp())
    write_purposes(settings.DATA)
    call_command("migrate", verbosity=0)
    run_state_machine_as_test(Walk, settings=walks(number))
    print(f"{number} walks of up to 25 steps kept every promise.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
