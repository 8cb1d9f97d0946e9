"""In: the environment of the tests. Out: the same wherever they run, in a GitHub workflow too."""

import os
import signal

for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH"):
    os.environ.pop(name, None)

# a shell that starts the tests in the background has its children ignore an interrupt
signal.signal(signal.SIGINT, signal.default_int_handler)
