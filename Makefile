# Two commands do all set-up on a fresh machine: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint bench interop wheel anonymization corpora models names clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	@# First, and alone: a later line must not fetch another build of it.
	$(BIN)/pip install --quiet -c constraints.txt torch
	$(BIN)/pip install --quiet -c constraints.txt -e ".[dev]"
	touch $@

demo: $(STAMP)  ## four synthetic interviews, from files to suggestions
	$(BIN)/themes run corpora/demo --attributes corpora/demo/attributes.csv --out demo-output --overwrite
	@echo
	@echo "Look at demo-output/report.html in a browser, at demo-output/suggestions.xlsx in a"
	@echo "spreadsheet, and open demo-output/project.qdpx in your QDA program."

test: $(STAMP) lint  ## everything that must hold
	$(BIN)/python -m pytest -q -n auto

lint: $(STAMP)
	$(BIN)/ruff check src scripts tests
	$(BIN)/ruff format --check src scripts tests
	$(BIN)/lint-imports

bench: $(STAMP)  ## ratios of times, and peak memory
	$(BIN)/python scripts/benchmark.py

interop: $(STAMP)  ## our project files, opened by a reader that somebody else wrote
	$(BIN)/python scripts/interop.py

wheel: $(STAMP)  ## build the wheel, install it in an empty environment, use it there
	$(BIN)/python scripts/check_wheel.py

anonymization: $(STAMP)  ## how much personal data is found, and what it costs
	$(BIN)/themes evaluate anonymization corpora/help-seeking-en corpora/help-seeking-nl

corpora: $(STAMP)  ## counts, agreement and quality of the synthetic corpora
	$(BIN)/python scripts/check_corpora.py

models: $(STAMP)  ## train the default model again; the same bytes, if nothing changed
	$(BIN)/python scripts/train_default.py

names: $(STAMP)  ## train the networks that recognize names again: an hour on one core
	$(BIN)/python scripts/train_ner.py

clean:
	rm -rf $(VENV) demo-output
