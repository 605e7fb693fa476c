# The hook scripts, compiled in: hooks/ at the top is their one source.
file(GLOB hooks CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/hooks/*)
embed(${CMAKE_CURRENT_BINARY_DIR}/cli/builtin_hooks.c builtin_hooks ${hooks})
