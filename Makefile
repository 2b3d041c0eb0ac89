# Chartdesk. `make help` says what each target does.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_HOME ?= $(if $(CHARTDESK_HOME),$(CHARTDESK_HOME),$(CURDIR)/demo-data)
STAMP := $(VENV)/installed

.DEFAULT_GOAL := help
# Every process of the program would compile all of it again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install install-dev demo doctor test endurance conformance histories story siege test-quick lint audit bench lock oracles clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@echo "· making the virtual environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Chartdesk needs Python 3.11 or newer; set PYTHON=... to one."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(STAMP): $(VENV)/bin/python requirements/runtime.lock pyproject.toml package-lock.json tools/frontend.py
	@echo "· installing the packages of the lock file"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: $(STAMP) ## the virtual environment and the front-end files, nothing else
	@echo "· preparing the front-end files"
	@$(BIN)/python tools/frontend.py

$(VENV)/installed-dev: $(STAMP) requirements/dev.lock
	@echo "· installing what the tests need"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

install-dev: install $(VENV)/installed-dev ## the same, with everything the tests need

demo: install ## a demo practice on http://127.0.0.1:8000 (PORT= for another port), until Ctrl-C
	@CHARTDESK_HOME="$(DEMO_HOME)" exec $(BIN)/chartdesk demo

doctor: install ## what is wrong with the demo's installation, and the cure
	@CHARTDESK_HOME="$(DEMO_HOME)" $(BIN)/chartdesk doctor

oracles: install-dev ## the validators of others, each in an environment of its own
	@$(BIN)/python tools/oracles.py

test: install-dev oracles ## the tests, with a real PostgreSQL, a real browser and the oracles
	@$(BIN)/python tools/browser.py
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not endurance"

endurance: install-dev ## the tests in which programs are killed, lines break and histories are random: the rest of them
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m endurance

conformance: install-dev ## others' FHIR clients and validator, in Node, against a real server
	@$(BIN)/python tools/conformance.py
	@$(BIN)/pytest tests/conformance/node tests/conformance/ccda tests/conformance/api/test_fhirpy.py tests/conformance/api/test_integrator_guide.py -n 2 --dist loadfile --no-loadscope-reorder

histories: install-dev ## four thousand random histories of claims, others each time (long): no cent is lost or doubled
	@HISTORIES=2000 HISTORY_SEED=$${HISTORY_SEED:-$$$$} $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder tests/journeys/test_no_cent_lost.py tests/journeys/test_no_cent_lost_elsewhere.py

story: install-dev ## seven days of a practice in three modes, over good and bad lines (long): the same charges and claims
	@STORY=whole $(BIN)/pytest tests/journeys/three_modes

siege: install-dev ## ten minutes under load in which the programs and PostgreSQL are killed (long): both ends are compared
	@SIEGE=600 SIEGE_SEED=$${SIEGE_SEED:-$$$$} $(BIN)/pytest -s tests/journeys/under_fire

test-quick: install-dev ## the tests without browser and journeys
	@$(BIN)/pytest tests/unit tests/spec tests/architecture

lint: install-dev ## ruff, mypy and the import contracts
	@$(BIN)/ruff check src tests tools bench
	@$(BIN)/ruff format --check src tests tools bench
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: install-dev ## the benchmarks, as one table
	@$(BIN)/python -m bench

lock: $(VENV)/bin/python ## write the lock files anew from pyproject.toml and package.json
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build -o requirements/runtime.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build --group dev -o requirements/dev.lock

audit: install-dev ## known faults of the packages that the lock file pins
	@$(BIN)/pip-audit --requirement requirements/runtime.lock --disable-pip

clean: ## remove what was built; the data of the demo stays
	@rm -rf $(VENV) .oracles node_modules src/chartdesk/web/static/vendor build artifacts
