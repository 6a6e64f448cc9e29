EXTENSION = kzcluster
EXTVERSION = $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" kzcluster.control)

# the install script is the parts, one after the other; upgrade scripts are written by hand
DATA_built = sql/kzcluster--$(EXTVERSION).sql
DATA = $(wildcard sql/kzcluster--*--*.sql)

MODULE_big = kzcluster
OBJS = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c src/*/*.c)))

IGRAPH_CFLAGS ?= $(shell pkg-config --cflags igraph 2>/dev/null || \
	echo -I/usr/include/igraph -I/usr/include/`$(CC) -dumpmachine`/igraph)
IGRAPH_LIBS ?= $(shell pkg-config --libs igraph 2>/dev/null || echo -ligraph)
GSL_LIBS ?= $(shell pkg-config --libs gsl 2>/dev/null || echo -lgsl -lgslcblas)
PG_CPPFLAGS = -Isrc $(IGRAPH_CFLAGS)
PG_CFLAGS = -std=gnu11 -Wall -Wextra -Wno-unused-parameter -Wvla -fvisibility=hidden -ffp-contract=off
SHLIB_LINK += $(IGRAPH_LIBS) $(GSL_LIBS)

# no bitcode: inlined by the JIT compiler, the same formula could round differently
override with_llvm = no

# inputs under test/, golden outputs in expected/
REGRESS = $(patsubst test/sql/%.sql,%,$(sort $(wildcard test/sql/*.sql)))
REGRESS_OPTS = --inputdir=test --load-extension=postgis --load-extension=kzcluster
ISOLATION = $(patsubst test/specs/%.spec,%,$(sort $(wildcard test/specs/*.spec)))
ISOLATION_OPTS = --inputdir=test --outputdir=. --load-extension=postgis --load-extension=kzcluster
PROVE_TESTS = $(sort $(wildcard test/t/*.pl))
TAP_TESTS = $(if $(PROVE_TESTS),1)

EXTRA_CLEAN = sql/kzcluster--?.?.?.sql results output_iso regression.diffs regression.out tmp_check

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# any header may reach any object
$(OBJS): $(wildcard src/*.h src/*/*.h)

sql/kzcluster--$(EXTVERSION).sql: $(sort $(wildcard sql/parts/*.sql)) kzcluster.control
	cat $(filter %.sql,$^) > $@

.PHONY: unit format lint
unit:
	$(MAKE) -C test/unit PG_CONFIG="$(PG_CONFIG)" IGRAPH_CFLAGS="$(IGRAPH_CFLAGS)" IGRAPH_LIBS="$(IGRAPH_LIBS)" \
		GSL_LIBS="$(GSL_LIBS)"
format:
	clang-format -i $(wildcard src/*.[ch] src/*/*.[ch] test/unit/*.[ch] test/fuzz/*.[ch])
lint:
	@status=0; for check in test/lint/*; do $$check || test $$? = 77 || status=1; done; exit $$status
