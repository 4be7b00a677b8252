# make demo and make test need only Python 3.11 or later; they set up everything else themselves.
#   make demo    the whole loop on the shipped samples
#   make test    style, types, layers, tests
#   make bench   measure against named alternatives
#   make fuzz    a million inputs and more, for an hour and a half: FUZZ="--minutes 1" for less
#   make docs    write the generated pages, blank workbooks and pictures anew
#   make clean   remove what these commands made
# PYTHON=python3.12 chooses another interpreter.

PYTHON ?= python3
BIN := .venv/bin
OUT ?= demo-output
FONTS := fonts-noto-cjk
OFFICE := libreoffice-calc libreoffice-writer gnumeric poppler-utils chromium dovecot-imapd exim4-daemon-light p7zip-full libarchive-tools $(FONTS)
PROGRAMS := tests/programs/node_modules
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

# $(call apt,PACKAGES) installs Debian packages where that is allowed, and fails where it is not.
apt = { command -v apt-get >/dev/null || exit 1; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else exit 1; fi; \
	echo "Installing $(1)" >&2; \
	$$as_root apt-get update -qq && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(1); \
	} </dev/null >/dev/null

.PHONY: demo fonts test check style types pytest office bench fuzz docs clean

demo: $(BIN)/.installed fonts
	@$(BIN)/xlreport demo -o $(OUT)

# Chinese fonts for the PDFs, if xlreport finds none; where they cannot be installed, the demo says so.
fonts: $(BIN)/.installed
	@$(BIN)/python -c 'from xlreport.report.pdf import require_font; require_font()' 2>/dev/null || \
		($(call apt,$(FONTS))) || true

# Types and layers are looked at beside the tests: alone they keep one processor busy and the others waiting.
test: $(BIN)/.installed-test office
	@$(MAKE) --no-print-directory style
	@$(MAKE) --no-print-directory --jobs=2 types pytest

check: style types

style: $(BIN)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BIN)/.installed-test
	$(BIN)/mypy
	$(BIN)/lint-imports

# What Python compiles is kept, whatever the user's settings: compiling for the workers takes seven seconds.
# Many tests wait for other programs, so there is a worker more than there are processors.
pytest: $(BIN)/.installed-test
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses=$$($(BIN)/python -c 'import os; print(os.cpu_count() + 1)') --dist=worksteal

office: $(PROGRAMS)/.installed
	@if command -v soffice >/dev/null && command -v ssconvert >/dev/null && command -v pdftoppm >/dev/null && \
		command -v chromium >/dev/null && command -v /usr/sbin/dovecot >/dev/null && \
		command -v /usr/sbin/exim4 >/dev/null && command -v 7z >/dev/null && command -v bsdtar >/dev/null && \
		fc-list :lang=zh 2>/dev/null | grep -q .; then exit 0; fi; \
	($(call apt,$(OFFICE))) || echo "LibreOffice, Gnumeric, pdftoppm, Chromium, Dovecot, Exim, 7-Zip, bsdtar or Chinese fonts are missing and" \
		"cannot be installed from here. Tests that need them are skipped (with CI=true they fail)." \
		"Install: $(OFFICE)"

# SheetJS, ExcelJS and the Open XML SDK's validator, at the versions of tests/programs/package-lock.json; nothing of them is shipped.
$(PROGRAMS)/.installed: tests/programs/package-lock.json
	@{ command -v npm >/dev/null || ($(call apt,nodejs npm)); } && \
		npm ci --prefix tests/programs --ignore-scripts --no-audit --no-fund --silent && touch $@ || \
		echo "Node.js or npm is missing, or npm cannot reach its registry: tests with SheetJS, ExcelJS and the" \
		"Open XML SDK are skipped (with CI=true they fail). Install: nodejs npm, then: make office"

bench: $(BIN)/.installed-bench
	@$(BIN)/python benchmarks/run.py

fuzz: $(BIN)/.installed-fuzz
	@$(BIN)/python fuzz/run.py $(FUZZ)

docs: $(BIN)/.installed-test office
	$(BIN)/python samples/make_returns.py
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/pictures.py

clean:
	rm -rf .venv $(OUT) $(PROGRAMS) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up: the stamps make later runs fast --------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || ($(call apt,python3-venv)) || \
		{ echo "Python cannot make virtual environments here: apt-get install python3-venv"; exit 1; }
	@echo "Setting up .venv (once)"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(BIN)/.installed: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP_INSTALL) --editable .
	@touch $@

$(BIN)/.installed-test $(BIN)/.installed-bench $(BIN)/.installed-fuzz: $(BIN)/.installed-%: $(BIN)/.installed
	@$(PIP_INSTALL) --editable ".[$*]"
	@touch $@
