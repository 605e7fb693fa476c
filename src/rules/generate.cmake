# The shipped packs, compiled in: rules/ at the top is their one source.
file(GLOB packs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/*.yaml ${CMAKE_SOURCE_DIR}/rules/*.txt)
embed(${CMAKE_CURRENT_BINARY_DIR}/rules/builtin_packs.c builtin_packs ${packs})
