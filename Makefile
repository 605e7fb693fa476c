# A thin wrapper: cmake does the work, this gives it short names.
PREFIX  ?= /usr/local
DESTDIR ?=
TIME    ?= 60

help:
	@echo "make demo     install what is missing, build, and walk through samples/"
	@echo "make test     the same set-up, then the whole suite, twice (plain and sanitizers)"
	@echo "make install  PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)"
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
	cmake --preset clang && cmake --build --preset clang
	ctest --preset dev -j2
	cmake --preset asan && cmake --build --preset asan
	ctest --preset asan -j2

install: release
	DESTDIR="$(DESTDIR)" cmake --install build/release --prefix "$(PREFIX)"

bench: release
	@PATH="$(CURDIR)/build/release/src:$$PATH" sh tests/bench/run.sh

fuzz:
	@.ci/setup test
	cmake --preset fuzz && cmake --build --preset fuzz
	@sh tests/fuzz/run.sh build/fuzz/tests $(TIME)

soak: fuzz
	REVIEW_SOAK=1 ctest --preset dev -j2

clean:
	rm -rf build

.PHONY: help release demo test install bench fuzz soak clean
