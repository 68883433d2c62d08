# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
DEMO_DATABASE := $(CURDIR)/var/demo.sqlite3
DEMO_SETTINGS := CRISIS_PLAN_DEMO=1 PORT=$(PORT) DATABASE_URL=sqlite:///$(DEMO_DATABASE)
FLASK := $(BIN)/flask --app wsgi
PYTEST := $(BIN)/python -m pytest -n 2

.PHONY: demo demo-reset demo-data test check run bench clean help

help: ## What each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

$(VENV)/installed-run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[postgres]'
	touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt $(VENV)/installed-run
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: demo-data ## Set up, seed the fictional CPTS, serve it at http://127.0.0.1:$(PORT)
	@$(DEMO_SETTINGS) $(FLASK) demo-accounts
	$(DEMO_SETTINGS) $(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --workers 1 --threads 8 wsgi:app

demo-data: $(VENV)/installed-run
	@mkdir -p var
	@$(DEMO_SETTINGS) $(FLASK) db upgrade
	@$(DEMO_SETTINGS) $(FLASK) demo

demo-reset: ## Start the demo over
	rm -f $(DEMO_DATABASE) $(DEMO_DATABASE)-wal $(DEMO_DATABASE)-shm
	$(MAKE) demo

run: $(VENV)/installed-run ## Serve in production (settings from the environment; refuses to start without a secret)
	CRISIS_PLAN_ENV=production $(FLASK) db upgrade
	CRISIS_PLAN_ENV=production $(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --workers 1 --threads 8 wsgi:app

test: $(VENV)/installed-dev system-tools check ## Everything that CI runs: checks, then the suite on both engines
	$(PYTEST)
	TEST_ENGINE=postgres $(PYTEST) $(ON_POSTGRES)

# What never meets the database, or only SQLite, is proved once; so is the walk through every page, each of which its own tests draw on both.
ON_POSTGRES = -m "not browser" --ignore=tests/document --ignore=tests/benchmarks --ignore=tests/promises/test_every_page.py

.PHONY: test-sqlite test-postgres
test-sqlite: $(VENV)/installed-dev system-tools ## The suite on SQLite
	$(PYTEST)

test-postgres: $(VENV)/installed-dev system-tools ## The suite on PostgreSQL (a real server that comes in a wheel)
	TEST_ENGINE=postgres $(PYTEST) $(ON_POSTGRES)

.PHONY: system-tools
system-tools: ## Find chromium and qpdf, or install Debian's packages
	@sh tests/system_tools.sh

check: $(VENV)/installed-dev ## ruff, mypy, import contracts, djlint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates

bench: $(VENV)/installed-dev demo-data ## Measure, side by side in one run
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m benchmarks
