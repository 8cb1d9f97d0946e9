"""In: the environment of the tests. Out: the same wherever they run, in a GitHub workflow too."""

import os

for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH"):
    os.environ.pop(name, None)
