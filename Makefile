# make        the programs, in build/release        make help   everything else
CC       ?= cc
CFLAGS   ?= -O2 -g
B        ?= build/release
SECONDS  ?= 10

WARN      = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion \
            -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wvla \
            -Wwrite-strings -Wcast-qual -Wcast-align -Wpointer-arith -Wundef -Wswitch-enum \
            -Wimplicit-fallthrough -Wnull-dereference -Werror
STD       = -std=c11 -ffp-contract=off -fPIC -pthread
CPPFLAGS  = -Iinclude -Itests/support -D_POSIX_C_SOURCE=200809L $(shell pkg-config --cflags gsl libcjson 2>/dev/null)
LDLIBS    = -lcsv $(shell pkg-config --libs gsl libcjson 2>/dev/null) -lnettle -lutf8proc -lm -pthread
SAN       = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

LIB       = $(wildcard src/base/*.c src/data/*.c src/math/*.c src/model/*.c src/out/*.c)
CMD       = $(wildcard src/cmd/*.c)
UNIT      = $(patsubst tests/%.c,$(B)/%,$(wildcard tests/unit/test_*.c))

.PHONY: all unit clean
.SECONDARY:
all: $(B)/leadcal ## build the programs

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARN) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c $< -o $@
$(B)/libleadcal.a: $(LIB:%.c=$(B)/%.o)
	$(AR) rcs $@ $^
$(B)/leadcal: $(CMD:%.c=$(B)/%.o) $(B)/libleadcal.a
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(B)/unit/%: $(B)/tests/unit/%.o $(B)/libleadcal.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ -lcmocka $(LDLIBS) -o $@
unit: $(UNIT) ## the unit tests
	@for t in $^; do $(RUN) $$t || exit 1; done
clean: ## remove everything built
	rm -rf build
-include $(shell find build -name '*.d' 2>/dev/null)
