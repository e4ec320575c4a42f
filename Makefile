# Two commands matter: `make run` starts everything, `make test` tests everything.
SHELL := /bin/bash
VENV ?= .venv
BIN := $(VENV)/bin
LOCAL_ENV := SECRET_KEY=only-to-look-at-the-code-0123456789-abcdefghijklmnop DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost:6379/0
SOURCES := accounts movements programs logging_app coaching gainsly tests manage.py

.PHONY: run test lint bench lock check format browser

run: $(VENV)/.installed  ## the whole product on this machine, in the foreground
	@exec $(BIN)/python -m gainsly.stack

test: $(VENV)/.installed browser  ## every test, the browser journeys too
	$(BIN)/python -m pytest

lint: $(VENV)/.installed  ## style, types, contracts, migrations, templates, schema
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/lint-imports
	$(LOCAL_ENV) $(BIN)/mypy $(TYPED)
	$(LOCAL_ENV) $(BIN)/python -W error -m tests.lint
	$(BIN)/djlint templates --check --lint --quiet

check: lint test

bench: $(VENV)/.installed  ## the table of measured times
	$(BIN)/python -m tests.bench

format: $(VENV)/.installed
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

lock: $(VENV)/.installed  ## new locked requirements from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	$(BIN)/pip-compile $(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) $(UPGRADE) --extra local --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
