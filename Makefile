# make audit    sets up by itself and audits samples/, or FILES="a.pdf folder/"
# make test     sets up by itself and runs the tests
# make check    what CI runs: format, lint, types, tests
# make bench    measures against the libraries' own figures
# make docs     makes docs/rules.md anew from rules/
# make samples  makes samples/ and docs/pictures/ anew (needs LibreOffice and Chromium)
# make clean    removes what the other targets set up

PYTHON ?= python3
VENV ?= .venv
FILES ?= samples
BIN := $(VENV)/bin

.PHONY: audit test check bench docs samples clean
.DEFAULT_GOAL := audit

# Findings are the result of an audit, not a failure of make: its exit status is
# printed with the conclusion, and only 2 (usage) and 4 (internal error) stop make.
# For a script: `.venv/bin/auditor check ...` ends with the status itself.
audit: $(BIN)/.installed
	@$(BIN)/auditor check $(FILES); status=$$?; \
	case $$status in 0|1|3) exit 0;; *) exit $$status;; esac

test: $(BIN)/.installed-dev
	$(BIN)/python -m pytest -n auto

check: $(BIN)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

bench: $(BIN)/.installed-dev
	@status=0; for file in tests/bench/bench_*.py; do \
	echo "== $$file"; $(BIN)/python $$file || status=1; done; exit $$status

docs: $(BIN)/.installed
	$(BIN)/auditor rules --format markdown > docs/rules.md

samples: $(BIN)/.installed-dev
	$(BIN)/python -m tests.generator.make_samples
	$(BIN)/python -m tests.generator.make_kin
	$(BIN)/python -m tests.generator.make_pictures

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "auditor needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(BIN)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing auditor into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(BIN)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "installing auditor and what its tests need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(BIN)/.installed
