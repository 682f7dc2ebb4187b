"""`make bench`: speed beside the peers, room by room. Names of rooms narrow it: `make bench ARGS=quotes`."""

import subprocess
import sys
from pathlib import Path


def rooms() -> list[str]:
    here = Path(__file__).parent
    modules = {path.stem for path in here.glob("*.py")} | {path.parent.name for path in here.glob("*/__main__.py")}
    return sorted(modules - {"__init__", "__main__"})


def main(wanted: list[str]) -> int:
    unknown = sorted(set(wanted) - set(rooms()))
    if unknown:
        print(f"no bench for {', '.join(unknown)}; there are: {', '.join(rooms())}", file=sys.stderr)
        return 2
    failed = []
    for room in wanted or rooms():
        print(f"\n== {room}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{room}"], check=False).returncode:
            failed.append(room)
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall well", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
