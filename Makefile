# make setup | run | test | check | bench | schemas | lock
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: setup run test check bench schemas lock clean
.DELETE_ON_ERROR:

setup: $(STAMP)

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@# the backend warns that the folder is called like the package, which is meant
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: setup
	$(BIN)/gongbao run samples --out out

test: setup
	$(BIN)/python -m pytest tests

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python -m pytest tests/bench -s -o python_files='bench_*.py' -o timeout=1800

schemas: setup
	$(BIN)/python -m workers.export_schemas
	$(BIN)/python -m workers.reference

# New versions within requirements*.in, with their hashes and no address.
lock:
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile -q -U --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --no-header --allow-unsafe --no-annotate -o requirements.txt requirements.in
	$(BIN)/pip-compile -q -U --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --no-header --allow-unsafe --no-annotate -o requirements-dev.txt requirements-dev.in

clean:
	rm -rf .venv out var
