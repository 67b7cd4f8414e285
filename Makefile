# The two commands of the README are `make demo` and `make test`; the others are for those who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Folders of tests that take about half of the time.
DERIVATIONS := tests/engine tests/server tests/follow tests/serve tests/front

# pictures are not compared by a test: times and speeds in them differ from run to run
# faults: the loops that kill and break a running load, follow and serve, and prove the store, for some twenty minutes; the suite has short ones
# clients: programs of others (the API server's own code, SQL clients) against a running serve and follow; needs Go, downloads modules
.PHONY: clients faults pictures demo test check unit unit-derivations unit-rest reference dashboards format clean alerts

demo: $(READY)
	$(BIN)/auditradar demo

test: check unit

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("auditradar needs Python 3.11 or newer; try make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --constraint constraints.txt --group dev --editable .
	touch $@

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# two processes, for each opens engines of its own; what a half says is printed when it has ended
unit: $(READY)
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target unit-derivations unit-rest

unit-derivations:
	$(BIN)/pytest -q $(DERIVATIONS)

unit-rest:
	$(BIN)/pytest -q $(addprefix --ignore=,$(DERIVATIONS))

reference: $(READY)
	$(BIN)/auditradar reference build

faults: $(READY)
	AUDITRADAR_FAULT_ROUNDS=30 $(BIN)/pytest tests/serve/test_faults.py tests/serve/test_trouble.py tests/follow/test_process.py \
		tests/engine/test_delivery.py -k 'kill or loses or away or outage'

clients: $(READY)
	$(BIN)/pytest -m clients tests/clients

alerts: $(READY)
	$(BIN)/python -m auditradar.dashboards.alerting

dashboards: $(READY)
	$(BIN)/auditradar dashboards build

pictures: $(READY)
	$(BIN)/python docs/pictures/draw.py

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
