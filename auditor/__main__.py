"""In: `python -m auditor`. Out: the command line."""

from auditor.cli import main

main()
