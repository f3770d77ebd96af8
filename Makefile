.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup check prove test browser lint client docs serve bench bench-peers bench-emulators soundness mutation mutation-emulator lock clean java

PYTHON ?= $(firstword $(foreach name,python3.11 python3,$(shell command -v $(name))))
BIN := .venv/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps
READY := .venv/.ready
NODE := build/node/.ready
CONNEXION := build/connexion/.ready
FAULTS ?= 50
# Read at every start: compiled once, as some environments never keep what Python compiles on the way.
STARTED := anyio click h11 httptools jsonschema_rs uvicorn uvloop yaml

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## .venv with the locked versions and the project itself

$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) --no-compile --requirement requirements.lock
	$(INSTALL) --no-build-isolation --editable .
	$(BIN)/python -m compileall -q conformance
	cd .venv/lib/python*/site-packages && "$(CURDIR)/$(BIN)/python" -m compileall -q $(STARTED)
	touch $@

check: $(READY) ## how the embedded emulator keeps the contract
	$(BIN)/conformance check

prove: $(READY) ## that each fault of the emulator is caught, and each requirement can fail
	$(BIN)/conformance prove

test: $(READY) ## every test, and that nothing generated is stale
	$(BIN)/python -m pytest

browser: $(READY) ## the HTML report in a real browser (Debian's Chromium is installed if there is none)
	command -v chromium chromedriver > /dev/null || { apt-get update -q && apt-get install -qy chromium chromium-driver; }
	$(BIN)/python -m pytest tests/browser

lint: $(READY) ## style, types, direction of imports, the contract
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/openapi-spec-validator spec/openapi.yaml
	if command -v npx > /dev/null; then npx --yes @redocly/cli@2.77.0 lint --extends recommended spec/openapi.yaml; fi

client: $(READY) ## the client, generated anew from the contract
	$(BIN)/conformance client

docs: $(READY) ## docs/requirements.md, written anew from the contract
	$(BIN)/python -m conformance.requirements.page

serve: $(READY) ## the emulator on http://127.0.0.1:8080
	$(BIN)/conformance serve --port 8080

bench: $(READY) .venv/.compiled ## speed, beside today's tools; DATA=… names a folder of large public contracts
	DATA=$(DATA) $(BIN)/python -m bench

mutation: build/mutation/.ready ## which small changes to the code that derives and judges the tests notice (hours)
	build/mutation/bin/python -m bench.mutation $(ONLY)

mutation-emulator: build/mutation/.ready ## which small changes to the emulator the suite itself notices (15 min)
	build/mutation/bin/python -m bench.mutation --emulator $(ONLY)

build/mutation/.ready: requirements.lock
	$(PYTHON) -m venv --clear build/mutation
	build/mutation/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement requirements.lock
	build/mutation/bin/pip install --quiet --disable-pip-version-check --constraint requirements.lock mutmut==3.8.1
	touch $@

DATA ?= ../shared/data

soundness: $(READY) ## that cases break what they say and nothing else, on the schemas in DATA and over thousands of seeds
	$(BIN)/python -m bench.isolation $(DATA)
	$(BIN)/python -m bench.seeds

bench-peers: $(READY) .venv/.compiled $(NODE) java ## today's tools and ourselves on FAULTS of our faults (50): docs/benchmarks.md
	$(BIN)/python -m bench.peers $(FAULTS)

# So that what others need to start is no less ready than what we need.
.venv/.compiled: $(READY)
	$(BIN)/python -m compileall -q -j 0 .venv/lib > /dev/null
	touch $@

bench-emulators: $(READY) $(NODE) $(CONNEXION) java ## other emulators made from our contract: docs/emulators.md
	$(BIN)/python -m bench.emulators

$(NODE): bench/node/package.json bench/node/package-lock.json
	command -v npm > /dev/null || { echo "this needs Node with npm: install both"; exit 1; }
	mkdir -p build/node
	cp bench/node/package.json bench/node/package-lock.json bench/node/.npmrc build/node
	cd build/node && npm ci --loglevel=error
	touch $@

$(CONNEXION): bench/emulators/files/requirements.txt
	$(PYTHON) -m venv --clear build/connexion
	build/connexion/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	touch $@

java:
	command -v java > /dev/null || { command -v apt-get > /dev/null && apt-get install --yes default-jre-headless; } \
	  || { echo "Specmatic needs Java: install a headless runtime of version 17 or newer"; exit 1; }

lock: ## requirements.lock: the newest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear build/lock
	build/lock/bin/pip install --quiet --disable-pip-version-check '.[dev]'
	{ echo "# Every package of the environment, exactly; written by make lock."; \
	  build/lock/bin/pip freeze --exclude conformance-suite; } > requirements.lock

clean: ## everything that a clean clone does not have
	rm -rf .venv build dist mutants .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
