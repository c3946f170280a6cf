# Every target sets up what it needs first; the second time that takes no time and no network.
PYTHON ?= python3
JOBS ?= 2
RUN = $(PYTHON) installers/bootstrap.py run --
TEST = $(PYTHON) installers/bootstrap.py test --

.PHONY: run test tour bench soak lint format lock notices translations clean

run:            ## open the desk; without a screen: play the tour on a virtual one
	@$(RUN) main.py $(ARGS)

tour:           ## play the shift story, pictures and report in out/tour/
	@$(TEST) main.py --tour

test: lint      ## lint, then every test; ARGS="-k name" for some
	@$(TEST) -m pytest -n $(JOBS) $(ARGS)

bench:          ## all benchmarks; ONLY=name for one (map-… measure QGIS and Chromium beside)
	@$(TEST) -m tests.bench $(ONLY)

soak:           ## what takes hours: a shift, the map, the wall, its judge; TOCC_SOAK_MINUTES, TOCC_SHIFT_MINUTES, TOCC_VIDEO_MINUTES
	@$(TEST) -m tests.bench --soak

lint:           ## ruff and mypy, strict
	@$(TEST) -m ruff check .
	@$(TEST) -m ruff format --check .
	@$(TEST) -m mypy

format:
	@$(TEST) -m ruff format .
	@$(TEST) -m ruff check --fix .

lock:           ## pin the dependencies anew; UPGRADE=--upgrade for newer versions
	@$(TEST) installers/lock.py $(UPGRADE)

notices:        ## write THIRD-PARTY-NOTICES.md from what is installed
	@$(RUN) installers/notices.py

translations:   ## bring en.ts up to date with the code and pack en.qm
	@$(RUN) installers/translations.py

package:        ## the desk as one folder, dist/tocc-desk
	@$(TEST) -m PyInstaller --noconfirm installers/tocc_desk.spec

clean:          ## results and caches; the environment stays
	rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -type d -exec rm -rf {} +
