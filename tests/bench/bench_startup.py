"""In: nothing. Out: how long `auditor --version` takes, as a ratio to `import click` alone."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 15
LIMIT = 2.0
COMMANDS = {
    "import click": [sys.executable, "-c", "import click"],
    "auditor --version": [sys.executable, "-m", "auditor", "--version"],
}


def measure() -> dict[str, float]:
    """Give the median seconds of each command; the rounds alternate, so that load hits both."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            started = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            seconds[name].append(time.perf_counter() - started)
    return {name: median(times) for name, times in seconds.items()}


def main() -> int:
    seconds = measure()
    base, ours = seconds["import click"], seconds["auditor --version"]
    for name, time_s in seconds.items():
        print(f"{name:<20} {time_s * 1000:7.1f} ms")
    print(f"ratio                {ours / base:7.2f}    (limit {LIMIT})")
    return 0 if ours / base <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
