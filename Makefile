# A thin wrapper: cmake does the work, this gives it short names.
PREFIX  ?= /usr/local
DESTDIR ?=
TIME    ?= 60
# what drives whole programs for long: once in `test`, under the sanitizers in `soak`
LONG     = ^(attack|machines|desk|case\.(examples|demo|help|key|language|policy|progress|rules|sync)\.|case\.case\.(alike|decisions|walk)|$\
case\.hook\.(forge|server|public_memory)|case\.audit\.(history|independent|kit|long|office_clock|parts|state_damage|tamper)|$\
case\.release\.collisions|case\.scan\.ocr)

help:
	@echo "make demo     install what is missing, build, and walk through samples/"
	@echo "make test     the same set-up, then the whole suite, and again under sanitizers but for the longest"
	@echo "make install  PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)"
	@echo "make package  Debian packages, into build/package/;  make package-test  installed, used, removed in a clean Debian"
	@echo "make reproducible  two builds in two places, compared"
	@echo "make precision  what the rules find in manuals nobody has to protect"
	@echo "make bench    figures;  make fuzz TIME=$(TIME)  seconds a target;  make soak  the long tests"

release:
	@.ci/setup build
	@cmake --preset release >/dev/null
	@cmake --build --preset release

demo: release
	@PATH="$(CURDIR)/build/release/src:$$PATH" sh samples/demo.sh

test:
	@.ci/setup test
	cmake --preset dev && cmake --build --preset dev
	cmake --preset clang -DBUILD_TESTING=OFF && cmake --build --preset clang
	cmake --preset release && cmake --build --preset release
	ctest --preset dev -j2
	cmake --preset asan && cmake --build --preset asan
	ctest --preset asan -j2 -E '$(LONG)'

# The same sources give the same bytes, whenever and wherever they are built.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date -r CHANGELOG.md +%s)

package:
	@.ci/setup package
	sh packaging/pack.sh

package-test: package
	lintian --suppress-tags bogus-mail-host build/package/*.deb
	sh packaging/test.sh build/package

reproducible:
	@.ci/setup package
	sh packaging/reproducible.sh

install: release
	umask 022; DESTDIR="$(DESTDIR)" cmake --install build/release --prefix "$(PREFIX)"

bench: release
	@.ci/setup bench
	@.ci/setup test
	@cmake --preset release -B build/bench -DBUILD_TESTING=ON >/dev/null
	@cmake --build build/bench --target ledger_maker signatures sandbox
	@PATH="$(CURDIR)/build/release/src:$(CURDIR)/build/bench/tests:$$PATH" python3 -B tests/bench/run.py --out tests/bench/RESULTS.md

precision: release
	@.ci/setup bench
	@PATH="$(CURDIR)/build/release/src:$$PATH" python3 -B tests/bench/precision.py

fuzz:
	@.ci/setup test
	cmake --preset fuzz && cmake --build --preset fuzz
	@sh tests/fuzz/run.sh build/fuzz/tests $(TIME)

soak: fuzz release
	REVIEW_SOAK=1 ctest --preset dev -j2
	cmake --preset clang -DBUILD_TESTING=ON && cmake --build --preset clang
	cmake --preset asan && cmake --build --preset asan && ctest --preset asan -j2
	@PATH="$(CURDIR)/build/release/src:$$PATH" python3 -B tests/bench/run.py --only memory --big 10

clean:
	rm -rf build

.PHONY: help release demo test package package-test reproducible install bench precision fuzz soak clean
