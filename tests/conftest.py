"""In: the environment of the tests. Out: the same wherever they run, in a GitHub workflow too."""

import os
import signal

from hypothesis import settings

for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH"):
    os.environ.pop(name, None)

# a shell that starts the tests in the background has its children ignore an interrupt
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("any machine", deadline=None)  # a loaded one is slow, not wrong
settings.load_profile("any machine")
