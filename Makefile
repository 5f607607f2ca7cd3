# Everything a developer or a stranger types. `make` alone lists it.
PYTHON ?= python3
IN = .venv/bin/python
MANAGE = $(IN) manage.py
# The first try on one's own machine: invented persons, no TLS.
TRY = HOMEWARD_DEMO=1 HOMEWARD_INSECURE_LOCAL=1

# What is compiled once is not compiled again by each of the processes of each start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install dev setup run stop test coverage format check messages dictionary pictures crash soak mutants bench benchimport clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install:
	@$(PYTHON) scripts/install.py

dev:
	@$(PYTHON) scripts/install.py --dev

setup: install  ## virtual environment, packages, migrated database with areas
	@$(MANAGE) setup

run: install  ## the same, then serve with demo data on 127.0.0.1 (PORT=8000)
	@$(TRY) $(MANAGE) setup --unless-done
	@$(TRY) exec $(MANAGE) serve

stop:  ## stop the server and the embedded PostgreSQL
	@$(MANAGE) stop

test: dev  ## the whole suite on a real PostgreSQL (ARGS="-k word")
	@$(IN) -m pytest -n 2 --dist loadscope --no-loadscope-reorder $(ARGS)

coverage: dev  ## the suite without browser: fails where it reaches less of the code than it did (long)
	@$(IN) -m pytest -n 2 --dist loadscope --no-loadscope-reorder --ignore=tests/e2e --cov --cov-fail-under=96.6 $(ARGS)

format: dev  ## put code and templates into their one form
	@$(IN) -m ruff check --fix --quiet; $(IN) -m ruff format --quiet
	@.venv/bin/djade --target-version 5.2 $$(find templates -name "*.html") || true

check: dev  ## format, lint, layers, types, templates, migrations, translations
	@$(IN) scripts/check.py

messages: dev  ## collect translatable texts into locale/ (needs gettext)
	@$(MANAGE) make_messages

dictionary: dev  ## write docs/data-dictionary.md from the models
	$(MANAGE) data_dictionary

pictures: dev  ## take the pictures of README and help anew (needs Chromium)
	@$(IN) scripts/pictures.py

crash: dev  ## kill -9 of server and PostgreSQL while clients post check-ins
	@$(IN) scripts/crash_test.py

soak: dev  ## random lives by the thousand, and every address drawn for every visitor (long)
	@HYPOTHESIS_PROFILE=soak WHOLE_SWEEP=1 $(IN) -m pytest -n 2 -v -rP tests/cases/test_lives.py tests/cases/test_querysets.py \
		tests/transfers/test_every_door.py tests/transfers/test_merged_files.py tests/e2e/test_reveal.py tests/covers/test_nobody_falls_between.py tests/architecture/test_url_matrix.py \
		tests/architecture/test_read_pages.py tests/architecture/test_forms_of_pages.py tests/e2e/test_admin_pages.py tests/e2e/test_pages.py \
		tests/drugtests/test_by_chance.py tests/assistance/test_by_chance.py tests/imports/test_qionghai_ledgers.py tests/imports/killed_at_any_moment.py tests/exports/test_ledgers_out.py tests/e2e/test_import.py tests/demo/test_same_lines.py $(ARGS)

mutants: dev  ## small faults put into the code one at a time: the tests should see each (long)
	@$(IN) -m pip install --quiet --disable-pip-version-check -c constraints.txt "cosmic-ray~=8.7"
	@$(IN) -m scripts.mutants $(ARGS)

bench: dev  ## pages beside bare SQL and the admin at 30,000 persons (long; ARGS="--anew")
	@$(IN) -m scripts.bench $(ARGS)

benchimport: dev  ## a register of 50,000 and 200,000 check-ins come in, in CPU seconds (long; ARGS="--persons 5000")
	@$(IN) scripts/bench_import.py $(ARGS)

clean:  ## remove what can be made again; data in var/ stay
	-@$(MANAGE) stop 2>/dev/null
	rm -rf .venv .ruff_cache .mypy_cache .import_linter_cache .hypothesis var/static var/static.mark
	find . -name __pycache__ -prune -exec rm -rf {} +
