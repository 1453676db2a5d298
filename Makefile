# make setup | run | test | check | bench | schemas | readme | lock
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# what Gongbao runs on, and what its tests need besides
RUNS := .venv/.runs
TESTS := .venv/.tests

.PHONY: setup run test check bench schemas readme lock clean
.DELETE_ON_ERROR:

setup: $(RUNS)

$(RUNS): requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "no .venv could be made: Python 3.11 with its venv module is needed (Debian: apt install python3-venv)" >&2; exit 1; }
	$(PIP) --require-hashes -r requirements.txt
	@# the backend warns that the folder is called like the package, which is meant
	PYTHONWARNINGS=ignore $(PIP) --no-deps --no-build-isolation -e .
	$(BIN)/python -m workers.compile_tables
	@touch $@

$(TESTS): $(RUNS) requirements-dev.txt
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

run: setup
	$(BIN)/gongbao run samples --out out

test: $(TESTS)
	$(BIN)/python -m pytest tests

check: $(TESTS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TESTS)
	$(BIN)/python -m pytest tests/bench -s -o python_files='bench_*.py' -o timeout=1800

schemas: setup
	$(BIN)/python -m workers.export_schemas
	$(BIN)/python -m workers.reference

# The made parts of README.md and the output of its tour, anew.
readme: $(TESTS)
	$(BIN)/python -m workers.reference
	$(BIN)/python -m tests.readme

# New versions within requirements*.in, with their hashes and no address.
lock:
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile -q -U --generate-hashes --no-emit-options --strip-extras --no-header --allow-unsafe --no-annotate -o requirements.txt requirements.in
	$(BIN)/pip-compile -q -U --generate-hashes --no-emit-options --strip-extras --no-header --allow-unsafe --no-annotate -o requirements-dev.txt requirements-dev.in

clean:
	rm -rf .venv out var
