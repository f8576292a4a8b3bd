# The two commands: `make run` starts the whole system with the demo province, `make test` tries all of it.
# Needed: python3 (3.11 or newer, with venv), make, and the package registries. `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
POSTGRES := $(BIN)/python -m tests.support.postgres
# The quick suite leaves out what `make slow` runs.
QUICK := not slow

.PHONY: help python setup run reset test test-setup unit sqlite postgres slow lint docs lock news

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile

python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "setup: FAILED. $(PYTHON) was not found. Install Python 3.11 or newer with venv" \
			"(Debian: apt-get install python3 python3-venv), then run again."; exit 1; }

setup: python ## make .venv with the coso command, the assets, the database and the places of Hà Tĩnh
	@$(PYTHON) scripts/setup.py

run: setup ## start the whole system with the demo province; Ctrl-C stops it
	@exec $(BIN)/coso serve --demo

reset: ## start over: remove the data folder
	@rm -rf var && echo "var/ is gone; \`make run\` makes it anew."

test-setup: python
	@$(PYTHON) scripts/setup.py --for-tests

test: test-setup ## the whole suite, on both databases
	@failed=; for part in unit sqlite postgres; do \
		$(MAKE) --no-print-directory $$part || failed="$$failed $$part"; \
	done; \
	if [ -n "$$failed" ]; then echo "make test: failed:$$failed"; exit 1; fi; echo "make test: all passed"

unit: ## the house's rules and everything that needs no database
	$(PYTEST) -n 2 -m "$(QUICK)" tests/house tests/unit

sqlite: ## what needs a database, and the walks through a real browser, on SQLite
	$(PYTEST) -n 2 -m "$(QUICK)" tests/app tests/journeys

postgres: ## what needs a database, on a PostgreSQL that a package brings
	$(POSTGRES) $(PYTEST) -n 2 -m "$(QUICK)" tests/app

slow: test-setup ## what takes longer than the quick suite allows
	@mkdir -p var; $(PYTEST) -m slow -p no:randomly --junitxml=var/slow.xml -o junit_family=xunit1 tests; result=$$?; \
	$(BIN)/python scripts/make_slow_table.py var/slow.xml > docs/reference/slow.md; exit $$result

lint: ## style, types, and who may import whom
	@failed=; for check in "ruff check ." "ruff format --check ." "mypy" "lint-imports --no-cache" \
		"djade --check $$(git ls-files 'server/**/*.html' | tr '\n' ' ')"; do \
		echo "$${check%% server/*}"; $(BIN)/$$check || failed="$$failed $${check%% *}"; \
	done; \
	if [ -n "$$failed" ]; then echo "make lint: failed:$$failed"; exit 1; fi; echo "make lint: all passed"

docs: ## print the reference pages anew
	$(BIN)/coso reference settings > docs/reference/settings.md
	$(BIN)/python -m tests.house.authorization > tests/house/authorization.csv
	$(BIN)/python scripts/make_commands.py > docs/reference/commands.md
	$(BIN)/python scripts/make_glossary.py > docs/glossary.md

lock: ## make requirements.lock anew from pyproject.toml; it holds hashes and no registry address
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements.lock

news: ## show the news that the next version would tell
	$(BIN)/towncrier build --draft --version next
