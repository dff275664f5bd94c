# make run: the dashboard on the shipped entries. make test: everything the project promises.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test check bench format

run: .venv/run.done
	$(BIN)/streamlit run app.py

test: .venv/test.done
	./tests/programs.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict geo
	$(BIN)/pytest --numprocesses auto --dist loadfile

bench: .venv/test.done
	$(BIN)/python -m benchmarks

format: .venv/test.done
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/run.done: requirements.txt constraints.txt
	@$(PYTHON) -c "import sys; (3, 11) <= sys.version_info[:2] <= (3, 13) or sys.exit('Glimpse needs Python 3.11 to 3.13; name one: make PYTHON=python3.12 run')"
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet -r requirements.txt -c constraints.txt
	touch $@

.venv/test.done: .venv/run.done requirements-dev.txt
	$(BIN)/pip install --quiet -r requirements-dev.txt -c constraints.txt
	touch $@
