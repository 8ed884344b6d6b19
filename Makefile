# Everything from nothing but Python 3.11 or later (with venv) and make.
#
#   make setup                       the environment that the others use; they make it themselves, too
#   make report [DOSSIER=my-story]   one HTML file in report/
#   make test                        tests, notebooks, style and types
#   make test-browser                the report opened in Chromium
#   make test-ranges                 the lowest versions allowed, and the newest of everything
#   make coverage                    branches of the readers, the engine and the proofs that are tested
#   make fuzz [TIMES=2] [SEED=1]     inputs made to break it, kills at any moment; half an hour
#   make lab                         JupyterLab on the first notebook
#   make notebooks                   all notebooks executed anew, their outputs kept; pictures, list of rooms
#   make bench                       the benchmarks, with the peers they compare with
#   make docs                        these pages and the public names as a small site, in build/docs
#   make dist                        what is published, built and looked over, in dist
#   make lock [UPGRADE=]             fresh versions in both lock files, or what is missing in them

.DELETE_ON_ERROR:
.PHONY: setup report test test-browser test-ranges test-lowest test-newest coverage fuzz lab notebooks bench docs dist lock clean

DOSSIER ?=
REPORT  ?= report/bakhmut.html
FIRST   := 01-what-the-article-says.ipynb
# How many times as much `make fuzz` tries, and its first seed; 1000 is beyond those of `make test`.
TIMES   ?= 1
SEED    ?= 1000
COUNTED := tests/base tests/dossier tests/meaning tests/engine tests/whole/test_cases.py
# More options for JupyterLab, such as LAB=--no-browser; the address that it prints opens the same.
LAB     ?=
UPGRADE ?= --upgrade
VENV    := .venv
BIN     := $(VENV)/bin
# Each file of tests in one process: what it sets up is made once.
PYTEST  := $(BIN)/python -m pytest -q --numprocesses logical --maxprocesses 4 --dist loadscope
# Compiled code is kept, whatever the environment says: else each process that a test starts would
# compile anew what has changed since the set-up.
export PYTHONDONTWRITEBYTECODE =
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps
# Hash-checked wheels only: nothing is built, so nothing but the lock decides what is installed.
LOCKED  := $(INSTALL) --require-hashes --only-binary=:all: --requirement
# Left out: a grammar of addresses that jsonschema needs for none of ours, and compiles, two seconds
# long, in each process that loads it.
COMPILE  = $(UV) pip compile pyproject.toml --quiet $(UPGRADE) --no-config --universal \
           --python-version 3.11 --generate-hashes --no-header \
           --no-emit-package rfc3987-syntax --no-emit-package lark \
           --extra report --extra lab --extra pdf --extra docs --extra test
UV      := $(VENV)-lock/bin/uv

setup: $(VENV)/ready

report: $(VENV)/ready
	@mkdir -p $(dir $(REPORT))
	@$(BIN)/bakhmut report $(DOSSIER) -o $(REPORT)
	@echo "Open it in a browser: $(REPORT)"

test: $(VENV)/ready
	@mkdir -p build
	$(PYTEST) --no-loadscope-reorder -m "not browser" --nbval --nbval-current-env \
	  --junitxml=build/test.xml
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test-browser: $(VENV)/ready
	@mkdir -p build
	$(PYTEST) tests/browser -m browser --junitxml=build/test-browser.xml

# In fresh environments, where no lock decides what is installed; one beside the other.
test-ranges: $(UV)
	@$(MAKE) --jobs 2 --keep-going --output-sync=target test-lowest test-newest
	.ci/same build/ranges/lowest.html build/ranges/newest.html

test-lowest test-newest: test-%: $(UV)
	.ci/ranges $(UV) $*

# What is counted stands in pyproject.toml. Not a part of `make test`: counting takes twice the time.
coverage: $(VENV)/ready
	$(BIN)/python -m pytest -q $(COUNTED) --cov --cov-report=term

# Each stage prints its seeds and counts, and uses all cores; the last line says which found a fault.
fuzz: $(VENV)/fuzz
	$(BIN)/python tests/fuzz all $(TIMES) --seed $(SEED)

lab: $(VENV)/ready
	$(BIN)/jupyter lab notebooks/$(FIRST) --LabApp.default_url=/lab/tree/$(FIRST) $(LAB)

# The picture of the panel wants Chromium.
notebooks: $(VENV)/ready
	$(BIN)/python docs/notebooks.py
	$(BIN)/python docs/pictures.py
	$(BIN)/python docs/rooms.py

bench: $(VENV)/bench
	$(BIN)/python -m benchmarks

docs: $(VENV)/ready
	$(BIN)/sphinx-build -q --fail-on-warning --conf-dir docs . build/docs
	@echo "Open it in a browser: build/docs/README.html"

# As somebody would who has only what is committed.
dist: $(VENV)-lock/bin/twine
	rm -rf dist build/clone
	git clone -q . build/clone
	$(VENV)-lock/bin/python -m build --outdir dist build/clone
	$(VENV)-lock/bin/twine check --strict dist/*

lock: $(UV)
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra bench --constraint requirements.lock --output-file requirements-bench.lock
	$(UV) pip compile --group fuzz --quiet $(UPGRADE) --no-config --universal --python-version 3.11 \
	  --generate-hashes --no-header --output-file requirements-fuzz.lock

clean:
	rm -rf $(VENV) $(VENV)-* build dist report

# The locked packages first, then this one in place: a change of the code needs no new set-up.
$(VENV)/ready: $(VENV)/locked pyproject.toml
	@$(INSTALL) --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q bakhmut
	@touch $@

$(VENV)/locked: requirements.lock
	@$(call make_venv,$(VENV))
	@echo "Installing the locked packages into $(VENV) (once) ..."
	@$(LOCKED) requirements.lock
	@touch $@

$(VENV)/bench: $(VENV)/ready requirements-bench.lock
	@$(LOCKED) requirements-bench.lock
	@touch $@

$(VENV)/fuzz: $(VENV)/ready requirements-fuzz.lock
	@$(LOCKED) requirements-fuzz.lock
	@touch $@

$(UV):
	@$(call make_venv,$(VENV)-lock)
	@$(VENV)-lock/bin/python -m pip install -qq --disable-pip-version-check uv

$(VENV)-lock/bin/twine: $(UV)
	@$(VENV)-lock/bin/python -m pip install -qq --disable-pip-version-check build twine

# The first Python that is new enough and can make an environment.
define make_venv
for python in python3 python3.11 python3.12 python3.13 python3.14 python; do \
  $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
    exec $$python -m venv --clear $(1); \
done; \
echo "bakhmut needs Python 3.11 or later with its venv module; none was found (tried python3, python3.11 to python3.14 and python)." >&2; \
exit 1
endef
