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
# The versions of Python that pyproject.toml promises; `make test-python PYTHONS=3.14` tries another.
PYTHONS := $(shell sed -n 's/.*"Programming Language :: Python :: \(3\.[0-9]*\)".*/\1/p' pyproject.toml)
OLDEST_PYTHON := $(firstword $(PYTHONS))
# Python of that version, from PATH or from pyenv, which must be told which one to offer.
python = PYENV_VERSION="$$(pyenv latest $(1) 2>/dev/null)" python$(1)
# The same commit gives the same files.
EPOCH = SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)"
SOURCES := connectkit codegen examples benchmarks release tests docs/.hooks

.DEFAULT_GOAL := help
.PHONY: help demo test soak mistakes check check-all-but-tests format lint types drift models docs bench bench-write bench-short test-floor test-moto test-python clients \
	dist test-dist release-check workflows clean

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

# --- for everyone -----------------------------------------------------------------------------------------------------

demo: $(VENV)/.user  ## run the quickstart on the simulated service
	$(RUN) examples/quickstart.py

# In as many processes as there are processors. With COVERAGE=1, how much of the package they run through is held as well.
test: $(VENV)/.dev  ## run the tests, all but the slow ones
	$(RUN) -m pytest --numprocesses auto --dist loadfile $(if $(COVERAGE),--cov --cov-report=term-missing)

soak: $(VENV)/.dev  ## run the tests that take minutes
	$(RUN) -m pytest -m slow --numprocesses auto --dist worksteal tests/soak

mistakes: $(VENV)/.dev  ## make the likeliest mistakes in copies, where a test must fail
	$(RUN) -m pytest -m mistakes --numprocesses auto --dist worksteal tests/mistakes

# --- for those who change it ------------------------------------------------------------------------------------------

check: check-all-but-tests  ## everything that CI checks
	@$(MAKE) --no-print-directory test COVERAGE=1

# What takes one processor goes two at a time, and a long download beside what computes; what is measured has the machine
# to itself.
check-all-but-tests: | $(VENV)/.docs .venv-release/.release
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target lint types drift docs demo workflows test-dist
	@$(MAKE) --no-print-directory bench-short
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target \
		$(JAVASCRIPT)/node_modules/.package-lock.json test-floor mistakes
	@$(MAKE) --no-print-directory clients
	@$(MAKE) --no-print-directory soak

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
	NO_MKDOCS_2_WARNING=1 $(RUN) -m mkdocs build --strict --quiet

bench: $(VENV)/.dev  ## measure against raw boto3 and other libraries, and hold the limits
	$(RUN) -m benchmarks --check --peers --long

# On a machine that does nothing else meanwhile.
bench-write: $(VENV)/.dev  ## the same, and put the figures into docs/benchmarks.md and the README
	$(RUN) -m benchmarks --check --peers --long --write

# The limits are for a quiet machine; on one that others use as well, a fifth more is no regression.
bench-short: $(VENV)/.dev  ## measure against raw boto3 alone, and fail where a limit is clearly missed
	$(RUN) -m benchmarks --check --slack 0.2

test-floor: .venv-floor/.floor  ## the tests, over the oldest versions that pyproject.toml allows
	.venv-floor/bin/python -m pytest --numprocesses auto --dist loadfile --ignore=tests/typing --ignore=tests/codegen

test-moto: $(MOTO_VERSIONS:%=test-moto-%)  ## the tests for moto and for pytest, over several versions of both

$(MOTO_VERSIONS:%=test-moto-%): test-moto-%: .venv-moto-%/.moto
	$(<D)/bin/python -m pytest -q tests/simulator/moto tests/test_pytest_plugin.py

clients: $(VENV)/.dev $(JAVASCRIPT)/node_modules/.package-lock.json  ## the AWS CLI and the AWS SDK for JavaScript on the simulator
	$(RUN) -m pytest -m clients tests/clients

# All of them, whatever one says: make --keep-going test-python
test-python: $(PYTHONS:%=test-python-%)  ## the tests, under each version of Python that pyproject.toml names

$(PYTHONS:%=test-python-%): test-python-%: .venv-python-%/.dev
	$(<D)/bin/python -m pytest --numprocesses auto --dist loadfile

# --- for a release ----------------------------------------------------------------------------------------------------

# Both from the tree: that the sdist gives the same wheel is for test-dist to show.
dist: .venv-release/.release  ## build the sdist and the wheel, and check what is in them
	rm -rf dist
	$(EPOCH) .venv-release/bin/python -m build --no-isolation --sdist --wheel
	.venv-release/bin/python -m twine check --strict dist/*
	.venv-release/bin/check-wheel-contents dist/*.whl

test-dist: dist $(VENV)/.dev  ## install what `make dist` built elsewhere, and use it there
	$(EPOCH) $(RUN) -m pytest -m dist tests/release

release-check: $(VENV)/.dev  ## say what stands in the way of a release
	$(RUN) -m release

workflows: .venv-release/.release  ## are the workflows and settings in .github right, and safe?
	.venv-release/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	.venv-release/bin/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	.venv-release/bin/zizmor --quiet --offline --pedantic .github

clean:  ## remove what the other targets made
	rm -rf .venv .venv-* $(JAVASCRIPT)/node_modules site dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*

# --- environments -----------------------------------------------------------------------------------------------------

$(VENV)/bin/python .venv-clients/bin/python .venv-release/bin/python $(MOTO_VERSIONS:%=.venv-moto-%/bin/python):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "Python 3.10 or newer is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(dir $(@D))
	$@ -m pip install --quiet --upgrade pip

# With the oldest Python too, where this machine has it.
.venv-floor/bin/python:
	$(call python,$(OLDEST_PYTHON)) -m venv .venv-floor 2>/dev/null || \
		{ echo "There is no Python $(OLDEST_PYTHON) here: $(PYTHON) stands in"; $(PYTHON) -m venv .venv-floor; }
	$@ -m pip install --quiet --upgrade pip

$(PYTHONS:%=.venv-python-%/bin/python): .venv-python-%/bin/python:
	@$(call python,$*) -c '' 2>/dev/null || \
		{ echo "There is no Python $* here; to leave it out: make test-python PYTHONS='$(filter-out $*,$(PYTHONS))'"; exit 1; }
	$(call python,$*) -m venv $(dir $(@D))
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

$(PYTHONS:%=.venv-python-%/.dev): .venv-python-%/.dev: pyproject.toml requirements/dev.txt | .venv-python-%/bin/python
	$(@D)/bin/python -m pip install --quiet --requirement requirements/dev.txt --editable .
	@touch $@

.venv-release/.release: requirements/release.txt | .venv-release/bin/python
	.venv-release/bin/python -m pip install --quiet --requirement requirements/release.txt
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
