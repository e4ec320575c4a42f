# Two commands matter: `make run` starts everything, `make test` tests everything.
SHELL := /bin/bash
PYTHON ?= $(shell for name in python3.11 python3.12 python3; do $$name -c '' 2>/dev/null && echo $$name && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed

APPS := accounts movements programs logging_app coaching gainsly
STRICT := gainsly/lib gainsly/core gainsly/stack $(wildcard programs/engine logging_app/metrics movements/catalogue \
		coaching/llm coaching/prompts coaching/streaming.py) \
	$(wildcard $(addsuffix /services,$(APPS)))
# enough of an environment to look at the code; nothing is connected to
LOOK := env -u DEBUG -u GAINSLY_LOCAL SECRET_KEY=only-to-look-at-the-code-0123456789-abcdefghijklmnopqrstuvwxyz \
	DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost:6379/0
MANAGE := $(LOOK) $(BIN)/python manage.py
LOCK := --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-options --no-header --no-annotate

.PHONY: run test lint check bench quality format lock browser

run: $(READY) ## the whole product on this machine, in the foreground
	@exec $(BIN)/python -m gainsly.stack

test: $(READY) browser ## every test, the browser journeys among them; a process a core
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(READY) ## style, types, contracts, migrations, settings, templates, schema
	$(BIN)/ruff check $(APPS) tests manage.py
	$(BIN)/ruff format --check $(APPS) tests manage.py
	$(LOOK) $(BIN)/mypy $(STRICT)
	$(BIN)/lint-imports
	$(LOOK) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING
	$(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) spectacular --validate --fail-on-warn --file /dev/null
	$(MANAGE) lint_movements
	$(BIN)/djlint templates --lint --quiet

check: lint test ## what has to hold before a change lands

bench: $(READY) ## the table of measured times
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.optimum --cases 12 --seconds 2
	$(BIN)/python -m tests.bench.scaling --copies 1 10 --grid 30

quality: $(READY) ## thousands of plans judged by the published rubric
	$(BIN)/python -m tests.bench.quality

format: $(READY)
	$(BIN)/ruff check --fix $(APPS) tests manage.py
	$(BIN)/ruff format $(APPS) tests manage.py

lock: $(READY) ## the locked requirements from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	$(BIN)/pip-compile $(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) $(UPGRADE) --extra local --extra dev --constraint requirements.txt \
		--output-file requirements-dev.txt pyproject.toml

# The environment is filled again only when the lock has changed in content.
$(READY): requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "Gainsly needs Python 3.11 or 3.12 on the path."; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { \
		echo "Python cannot make a virtual environment here; on Debian or Ubuntu: apt-get install $(PYTHON)-venv"; \
		rm -rf $(VENV); exit 1; }
	@cmp --silent requirements-dev.txt $(VENV)/.lock || { \
		echo "Installing the locked requirements ..."; \
		$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --requirement requirements-dev.txt \
		&& cp requirements-dev.txt $(VENV)/.lock; }
	@touch $@

browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null && exit 0; done; \
	echo "The browser tests need Chromium; trying to install it ..."; \
	sudo=$$(test "$$(id -u)" = 0 || echo "sudo -n"); \
	{ $$sudo apt-get update -qq && $$sudo apt-get install -y -qq chromium >/dev/null; } \
		|| { echo "It could not be installed here. Install Chromium so that 'chromium' is on the path."; exit 1; }
