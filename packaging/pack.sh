#!/bin/sh
# pack.sh - the Debian packages of this tree, in build/package/.
#
# CPack makes folders, and the members of a package, by the umask of who packs; both are for everybody.
set -eu
cd "$(dirname "$0")/.."
umask 022
cmake --preset package >/dev/null
cmake --build --preset package
cd build/package
cpack --config CPackConfig.cmake
