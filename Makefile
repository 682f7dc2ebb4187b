# Broadsheet: two commands are enough, `make up` and `make test`. The rest is for those who change it.
# PYTHON chooses the interpreter, PORT the port of the site, DATA the data folder.

PYTHON ?= python3
PORT ?= 8000
DATA ?= data
BIN = .venv/bin
HAS_PYTHON = command -v $(PYTHON) >/dev/null || { \
	echo "broadsheet: there is no $(PYTHON) here; install Python 3.11 or newer, or say where it is: make PYTHON=/path/to/python3 up" >&2; \
	exit 1; }

.PHONY: up test check bench evals messages lock clean

up: .venv/run.stamp
	@$(BIN)/broadsheet up --port $(PORT) --data $(DATA) $(ARGS)

test: .venv/dev.stamp
	@$(BIN)/python tests/prepare.py
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy broadsheet
	$(BIN)/lint-imports

bench: .venv/dev.stamp
	$(BIN)/python -m bench $(ARGS)

evals: .venv/dev.stamp
	$(BIN)/python -m evals $(ARGS)

# The interface's words in every language: new ones come in, gone ones go.
messages: .venv/dev.stamp
	$(BIN)/python deploy/messages.py

# What the project runs on, pinned and hashed, without addresses of any index.
lock: .venv/dev.stamp
	echo setuptools | $(BIN)/uv pip compile pyproject.toml - --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.11 -q $(ARGS) -o requirements.lock
	echo setuptools | $(BIN)/uv pip compile pyproject.toml - --extra dev --universal --generate-hashes --no-header \
		--no-annotate --python-version 3.11 -q $(ARGS) -o requirements-dev.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/run.stamp: requirements.lock pyproject.toml deploy/prepare.py
	@$(HAS_PYTHON)
	@$(PYTHON) deploy/prepare.py requirements.lock run.stamp

.venv/dev.stamp: requirements-dev.lock pyproject.toml deploy/prepare.py
	@$(HAS_PYTHON)
	@$(PYTHON) deploy/prepare.py requirements-dev.lock dev.stamp
	@touch .venv/run.stamp
