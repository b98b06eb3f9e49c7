# Every target works in a new clone: it makes the environment that it needs (Python 3.10+, git and make are enough).
# `make check` is everything that CI checks.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
JAVASCRIPT := tests/clients/javascript
# What `make test-moto` tries: where a line of moto begins and ends, and 5.1.22, which has Connect instances. The first
# goes with the oldest pytest that the plugin is for.
MOTO_VERSIONS := 5.0.0 5.0.28 5.1.0 5.1.22 5.2.5
$(MOTO_VERSIONS:%=.venv-moto-%/.moto): PYTEST := pytest==9.2.0
.venv-moto-5.0.0/.moto: PYTEST := pytest==8.0.0
SOURCES := connectkit codegen examples benchmarks tests

.DEFAULT_GOAL := help
.PHONY: help demo test soak check check-all-but-tests format lint types drift models docs bench test-floor test-moto clients clean

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

# --- for everyone -----------------------------------------------------------------------------------------------------

demo: $(VENV)/.user  ## run the quickstart on the simulated service
	$(RUN) examples/quickstart.py

# In as many processes as there are processors.
test: $(VENV)/.dev  ## run the tests, all but the slow ones
	$(RUN) -m pytest --numprocesses auto --dist loadfile

soak: $(VENV)/.dev  ## run the tests that take minutes
	$(RUN) -m pytest -m slow --numprocesses auto --dist worksteal tests/soak

# --- for those who change it ------------------------------------------------------------------------------------------

check: check-all-but-tests clients soak test  ## everything that CI checks

check-all-but-tests: lint types drift docs demo test-floor bench

format: $(VENV)/.dev  ## put the code in order
	$(RUN) -m ruff check --fix $(SOURCES)
	$(RUN) -m ruff format $(SOURCES)

lint: $(VENV)/.dev  ## format and lint rules
	$(RUN) -m ruff format --check $(SOURCES)
	$(RUN) -m ruff check $(SOURCES)

types: $(VENV)/.dev  ## mypy and pyright, both strict
	$(RUN) -m mypy
	$(VENV)/bin/basedpyright

drift: $(VENV)/.dev  ## are the generated models what the generator makes?
	$(RUN) -m codegen --check

models: $(VENV)/.dev  ## generate the models anew
	$(RUN) -m codegen

docs: $(VENV)/.docs  ## build the documentation, warnings being errors
	$(RUN) -m mkdocs build --strict --quiet

# The limits are for a quiet machine; on one that others use as well, a fifth more is no regression.
bench: $(VENV)/.dev  ## measure against raw boto3, and hold the limits
	$(RUN) -m benchmarks --check --slack 0.2

test-floor: .venv-floor/.floor  ## the tests, over the oldest versions that pyproject.toml allows
	.venv-floor/bin/python -m pytest --numprocesses auto --dist loadfile --ignore=tests/typing --ignore=tests/codegen

test-moto: $(MOTO_VERSIONS:%=test-moto-%)  ## the tests for moto and for pytest, over several versions of both

$(MOTO_VERSIONS:%=test-moto-%): test-moto-%: .venv-moto-%/.moto
	$(<D)/bin/python -m pytest -q tests/simulator/moto tests/test_pytest_plugin.py

clients: $(VENV)/.dev $(JAVASCRIPT)/node_modules/.package-lock.json  ## the AWS CLI and the AWS SDK for JavaScript on the simulator
	$(RUN) -m pytest -m clients tests/clients

clean:  ## remove what the other targets made
	rm -rf .venv .venv-* $(JAVASCRIPT)/node_modules site dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# --- environments -----------------------------------------------------------------------------------------------------

$(VENV)/bin/python .venv-floor/bin/python .venv-clients/bin/python $(MOTO_VERSIONS:%=.venv-moto-%/bin/python):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "Python 3.10 or newer is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(dir $(@D))
	$@ -m pip install --quiet --upgrade pip

$(VENV)/.user: pyproject.toml | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml requirements/dev.txt | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --requirement requirements/dev.txt --editable .
	@touch $@ $(VENV)/.user

$(VENV)/.docs: requirements/docs.txt $(VENV)/.dev
	$(RUN) -m pip install --quiet --requirement requirements/docs.txt
	@touch $@

.venv-floor/.floor: pyproject.toml requirements/floor.txt | .venv-floor/bin/python
	.venv-floor/bin/python -m pip install --quiet --requirement requirements/floor.txt --editable .
	@touch $@

.venv-clients/.clients: requirements/clients.txt | .venv-clients/bin/python
	.venv-clients/bin/python -m pip install --quiet --requirement requirements/clients.txt
	@touch $@

# Always with the npm and the node of that environment: what this machine has may be too old, or not there.
$(JAVASCRIPT)/node_modules/.package-lock.json: .venv-clients/.clients $(addprefix $(JAVASCRIPT)/,package.json package-lock.json .npmrc)
	cd $(JAVASCRIPT) && $(abspath .venv-clients)/bin/npm ci --loglevel=error
	@touch $@

$(MOTO_VERSIONS:%=.venv-moto-%/.moto): .venv-moto-%/.moto: pyproject.toml requirements/moto.txt | .venv-moto-%/bin/python
	$(@D)/bin/python -m pip install --quiet --requirement requirements/moto.txt moto==$* $(PYTEST) --editable .
	@touch $@
