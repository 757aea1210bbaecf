# make        the programs, in build/release        make help   everything else
CC       ?= cc
CFLAGS   ?= -O3 -g
B        ?= build/release
SECONDS  ?= 10
PREFIX   ?= /usr/local
DEMO      = recalibrate datasets/hubspot/contacts.csv datasets/hubspot/deals.csv -o build/demo --yes --force

WARN      = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion \
            -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wvla \
            -Wwrite-strings -Wcast-qual -Wcast-align -Wpointer-arith -Wundef -Wswitch-enum \
            -Wimplicit-fallthrough -Wnull-dereference -Werror
STD       = -std=c11 -ffp-contract=off -fPIC -pthread
CPPFLAGS  = -Iinclude -Itests/support -D_POSIX_C_SOURCE=200809L $(shell pkg-config --cflags gsl libcjson 2>/dev/null)
LDLIBS    = -lcsv -lz $(shell pkg-config --libs gsl libcjson 2>/dev/null) -lglpk -lnettle -lutf8proc -lm -pthread
CHECKED   = -fno-omit-frame-pointer -fno-sanitize-recover=all
SAN       = -O1 -g $(CHECKED) -fsanitize=address,undefined

LIB       = $(wildcard src/base/*.c src/data/*.c src/math/*.c src/model/*.c src/out/*.c)
CMD       = $(wildcard src/cmd/*.c)
# Tables kept as text: src/data/NAME.txt becomes $(B)/gen/NAME_table.c.
TABLES    = $(B)/gen/dialect_table.o $(B)/gen/free_mail_table.o
UNIT      = $(patsubst tests/%.c,$(B)/%,$(wildcard tests/unit/$(or $(ONLY),test_*).c))
FUZZ      = $(patsubst tests/%.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))
TIDY      = $(patsubst %.c,build/tidy/%.ok,$(LIB) $(CMD))
STYLED    = $(wildcard include/leadcal/*.h src/*/*.[ch] tests/*/*.[ch] scripts/*.c)
# The programs are the functions cmd_NAME of src/cmd; each also gets a link leadcal-NAME.
PROGRAMS  = $(subst _,-,$(shell sed -n 's/^int cmd_\([a-z_]*\).int argc.*/\1/p' src/cmd/cmd_*.c 2>/dev/null))

# What is run is said in a word; V=1 shows the whole line.
Q         = $(if $(V),,@)

# As many jobs as cores, unless the person said otherwise.
ifeq ($(MAKELEVEL),0)
ifeq ($(findstring j,$(filter-out --%,$(MAKEFLAGS))),)
MAKEFLAGS += -j$(shell nproc)
endif
endif

.PHONY: all shared setup setup-tools demo check check-tools check-long unit golden pollution references oracles examples \
        datasets datasets-check reports reports-check selftest layers clang san valgrind fuzz fuzz-run golden-locales \
        determinism schema browser interop shell \
        cover coverage quality lint tidy cppcheck format format-check bench bench-peers man install uninstall clean help
.SECONDARY:
all: $(B)/leadcal ## build the programs in build/release (installs nothing)

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D) && echo 'compile $<'
	$(Q)$(CC) $(STD) $(WARN) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c $< -o $@
$(B)/gen/%_table.c: src/data/%.txt scripts/%.awk
	@mkdir -p $(@D) && echo 'make    $@'
	$(Q)LC_ALL=C awk -f scripts/$*.awk $< >$@.new && mv $@.new $@
$(B)/gen/%.o: $(B)/gen/%.c Makefile
	@echo 'compile $<'
	$(Q)$(CC) $(STD) $(WARN) $(CFLAGS) $(CPPFLAGS) -Isrc/data -MMD -MP -c $< -o $@
$(B)/libleadcal.a: $(LIB:%.c=$(B)/%.o) $(TABLES)
	@rm -f $@ && echo 'archive $@'
	$(Q)$(AR) rcs $@ $^
$(B)/libleadcal.so: $(LIB:%.c=$(B)/%.o) $(TABLES)
	@echo 'link    $@'
	$(Q)$(CC) -shared $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(B)/leadcal: $(CMD:%.c=$(B)/%.o) $(B)/libleadcal.a
	@echo 'link    $@'
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
	@for p in $(PROGRAMS); do ln -sf leadcal $(B)/leadcal-$$p; done
$(B)/unit/%: $(B)/tests/unit/%.o $(B)/libleadcal.a
	@mkdir -p $(@D) && echo 'link    $@'
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -lcmocka $(LDLIBS) -o $@
$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(B)/libleadcal.a
	@mkdir -p $(@D) && echo 'link    $@'
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) $^ $(LDLIBS) -o $@
build/tidy/%.ok: %.c .clang-tidy $(wildcard include/leadcal/*.h)
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- $(STD) $(CPPFLAGS) 2>$@.log && touch $@

shared: $(B)/libleadcal.so ## build the library for other programs

# ---- the two commands, and what a newcomer needs
setup: ## install what building, running and testing need (Debian; as root or through sudo)
	@scripts/setup.sh build
setup-tools: setup ## install what check-tools needs besides
	@scripts/setup.sh tools
# What pkg-config says is asked again after the set-up: hence a new make.
demo: ## set up, build, and calibrate on a bundled export; says where the results are
	@scripts/setup.sh build
	@+$(MAKE) --no-print-directory all
	@echo 'leadcal $(DEMO)'
	@PATH="$(CURDIR)/$(B):$$PATH" leadcal $(DEMO)
	@echo && echo 'The results are in build/demo: begin with build/demo/report.html' && ls build/demo
check: ## set up, then unit tests, golden tests, layers, references, examples: what must pass before a commit
	@scripts/setup.sh build
	@+MAKE="$(MAKE)" scripts/check.sh layers selftest unit golden pollution references oracles examples datasets-check reports-check
check-tools: ## install and run the tools: both compilers, format, linters, sanitizers, valgrind, fuzzers, a browser
	@scripts/setup.sh build && scripts/setup.sh tools
	@+MAKE="$(MAKE)" SECONDS=60 scripts/check.sh format-check shell lint clang san valgrind fuzz golden-locales determinism schema browser interop
check-long: ## simulations that take minutes, and long fuzzing
	@scripts/setup.sh build && scripts/setup.sh tools
	@+LEADCAL_LONG=1 MAKE="$(MAKE)" SECONDS=300 scripts/check.sh unit pollution fuzz

# ---- the parts of check
unit: $(UNIT) ## the unit tests (ONLY='test_csv' names some)
	@scripts/unit.sh $(B)
golden: $(B)/leadcal ## the programs against their expected output (UPDATE=1 rewrites it; ONLY='rates-*' names some)
	@scripts/golden.sh $(B)
pollution: $(B)/leadcal ## polluted CSV files of every kind against what they should be read as
	@python3 scripts/pollution.py $(B)
references: ## each number from elsewhere stands beside its source
	@scripts/references.sh
$(B)/oracle-%: $(B)/tests/reference/%.o $(B)/libleadcal.a
	@echo 'link    $@'
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
oracles: $(B)/leadcal $(B)/oracle-metrics $(B)/oracle-penalised ## the programs against what R computed of the public data sets
	@python3 tests/reference/oracles.py $(B) $${LEADCAL_DATASETS:-../shared/datasets}
examples: $(B)/leadcal ## run every example of the README, docs and help texts
	@scripts/examples.sh $(B)
datasets: $(B)/leadcal ## make datasets/*.csv again
	@scripts/datasets.sh $(B) write
datasets-check: $(B)/leadcal ## datasets/*.csv are what `make datasets` makes, byte for byte
	@scripts/datasets.sh $(B) check
reports: $(B)/leadcal ## make the sample in reports/ again
	@scripts/reports.sh $(B) write
reports-check: $(B)/leadcal ## reports/ is what `make reports` makes, byte for byte
	@scripts/reports.sh $(B) check
layers: ## no include points up, and each outside library has one door
	@scripts/layers.sh
selftest: ## the checks themselves fail where they should
	@scripts/selftest.sh

coverage: $(B)/unit/test_coverage ## how often intervals hold in 2,000 simulated quarters: the table of docs/coverage.md
	@scripts/coverage.sh $(B)
quality: $(B)/leadcal ## log loss out of time against glmnet, in R: the table of docs/quality.md
	@scripts/setup.sh quality
	@python3 tests/reference/quality.py $(B) $${LEADCAL_DATASETS:-../shared/datasets} $(B)/quality

# ---- the parts of check-tools
clang: ## the unit tests, built by clang
	@+$(MAKE) --no-print-directory CC=clang B=build/clang all unit
san: ## unit and golden tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@+$(MAKE) --no-print-directory B=build/san CFLAGS="$(SAN)" unit golden
valgrind: ## the unit tests under memcheck
	@+RUN="valgrind -q --leak-check=full --error-exitcode=9" TIMEOUT=1500 $(MAKE) --no-print-directory unit
fuzz: ## each fuzz target for SECONDS=10
	@+$(MAKE) --no-print-directory CC=clang B=build/fuzz CFLAGS="$(SAN) -fsanitize=fuzzer-no-link" fuzz-run
fuzz-run: $(FUZZ)
	@scripts/fuzz.sh $(B) $(SECONDS)
golden-locales: $(B)/leadcal ## the golden tests in German, Turkish, Japanese and Arabic
	@for l in de_DE tr_TR ja_JP ar_EG; do GOLDEN_LOCALE=$$l.UTF-8 scripts/golden.sh $(B) || exit 1; done
determinism: $(B)/leadcal ## the same bytes at 1 and 7 threads and in other locales
	@scripts/same.sh $(B)
browser: $(B)/leadcal ## report.html and inspect --html in headless Chromium: no request, no script, axe-core, one sheet for page one
	@scripts/browser.sh $(B)
$(B)/typed-exports: $(B)/tests/interop/typed_exports.o $(B)/libleadcal.a
	@echo 'link    $@'
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
interop: $(B)/leadcal $(B)/typed-exports ## every export run by PostgreSQL, SQLite, python3, node and gcc
	@scripts/interop.sh $(B)
schema: $(B)/leadcal ## a model file against its JSON Schema
	@scripts/schema.sh $(B)
shell: ## shellcheck over the scripts
	@shellcheck -s sh scripts/*.sh && shellcheck .ci/run
lint: ## clang-tidy (one file a process) and cppcheck
	@+$(MAKE) --no-print-directory -k tidy cppcheck
tidy: $(TIDY)
cppcheck:
	@cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability \
	    --inline-suppr --suppress=missingIncludeSystem -Iinclude src
format: ## rewrite the sources in the house style
	@clang-format -i $(STYLED)
format-check: ## fail where they are not
	@clang-format --dry-run -Werror $(STYLED)
cover: ## line and branch coverage of the unit and golden tests (needs gcovr)
	@+$(MAKE) --no-print-directory B=build/cover CFLAGS="-O0 -g --coverage" unit golden
	@gcovr --root . --filter src/ --branches build/cover

# ---- speed, pages, installation
$(B)/bench-partition: $(B)/scripts/bench_partition.o $(B)/libleadcal.a
	@echo 'link    $@'
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
bench: $(B)/leadcal $(B)/bench-partition ## rates, fit and the exact split against peers or a second, as ratios
	@scripts/bench.sh $(B)
bench-peers: ## install the peers of bench: DuckDB for node, scikit-learn
	@scripts/bench.sh peers
man: $(B)/leadcal ## the manual pages, in build/man
	@scripts/man.sh $(B) build/man $(PROGRAMS)
install: all shared man ## install to PREFIX=/usr/local (DESTDIR= for packagers)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include/leadcal $(DESTDIR)$(PREFIX)/share/man/man1
	install $(B)/leadcal $(DESTDIR)$(PREFIX)/bin/leadcal
	for p in $(PROGRAMS); do ln -sf leadcal $(DESTDIR)$(PREFIX)/bin/leadcal-$$p; done
	install -m 644 $(B)/libleadcal.a $(B)/libleadcal.so $(DESTDIR)$(PREFIX)/lib/
	install -m 644 include/leadcal/*.h $(DESTDIR)$(PREFIX)/include/leadcal/
	install -m 644 build/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/leadcal $(PROGRAMS:%=$(DESTDIR)$(PREFIX)/bin/leadcal-%) $(DESTDIR)$(PREFIX)/lib/libleadcal.*
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/leadcal.1 $(PROGRAMS:%=$(DESTDIR)$(PREFIX)/share/man/man1/leadcal-%.1)
	rm -rf $(DESTDIR)$(PREFIX)/include/leadcal
clean: ## remove everything built
	rm -rf build
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

-include $(shell find $(B) -name '*.d' 2>/dev/null)
