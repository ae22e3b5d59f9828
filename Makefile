# Everything runs from .venv; only Python 3.11+ and make are needed.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

export PYTHONDONTWRITEBYTECODE = # tests start the program hundreds of times: it is compiled once

.PHONY: help install demo serve test lint bench lock site gazetteer words supersenses docs clean

help: ## Show what can be made.
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'

install: .venv/runtime ## Set up .venv with the program: .venv/bin/byline.

demo: install ## Code the demo archive and show it.
	$(BIN)/byline demo

serve: .venv/dev ## Code the demo archive into a file, and show it in the browser.
	$(BIN)/byline code byline/demo/pages --manifest byline/demo/manifest.jsonl --to .venv/demo.byline
	$(BIN)/byline serve .venv/demo.byline

test: .venv/dev ## Run the tests.
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: .venv/dev ## Check style, types, import walls and generated docs.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/write_docs.py --check

bench: .venv/dev ## Measure speed and memory on the demo archive.
	$(BIN)/python benchmarks/throughput.py

docs: .venv/dev ## Write the generated pages of docs/.
	$(BIN)/python tools/write_docs.py

site: .venv/dev ## Build the site of docs/ in build/site.
	$(BIN)/python -m sphinx -b html -q -W --keep-going docs build/site

gazetteer: .venv/dev ## Compile the gazetteer again from its sources.
	$(BIN)/python tools/build_gazetteer.py

words: .venv/dev ## Write the word lists of truecasing again from their sources (needs Debian's scowl).
	$(BIN)/python tools/build_words.py

supersenses: .venv/dev ## Write the ontology of every verb again from WordNet (needs Debian's wordnet-base).
	$(BIN)/python tools/build_supersenses.py

lock: .venv/dev ## Renew the lock files from pyproject.toml.
	$(BIN)/python tools/lock.py

clean: ## Remove what was set up.
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Byline needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv

.venv/runtime: pyproject.toml requirements/runtime.lock | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/runtime.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/runtime requirements/dev.lock
	$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@
