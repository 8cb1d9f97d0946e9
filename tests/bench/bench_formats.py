"""In: nothing. Out: how well each format is read, in short; the whole: tests.generator.formats."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.generator.formats import main

if __name__ == "__main__":
    sys.exit(main(["--count", "6", "--converted", "2", "--layouts", "0", *sys.argv[1:]]))
