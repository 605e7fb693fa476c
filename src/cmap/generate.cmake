# The predefined CMaps, the text of each CID, and the glyph list, from Adobe's files as Debian packs them:
# poppler-data (its cMap/ folder only) and libfont-ttf-perl.
find_path(CMAP_RESOURCES Adobe-GB1/Adobe-GB1-UCS2 PATHS /usr/share/poppler/cMap NO_DEFAULT_PATH)
find_file(GLYPH_LIST PSNames.pm PATHS /usr/share/perl5/Font/TTF NO_DEFAULT_PATH)
if(NOT CMAP_RESOURCES OR NOT GLYPH_LIST)
  message(FATAL_ERROR "the CMap tables need poppler-data and libfont-ttf-perl (Debian package names)")
endif()

add_executable(make_cmap_table cmap/generate/make_cmap_table.c cmap/generate/glyph_list.c cmap/parse.c cmap/draft.c cmap/token.c cmap/cmap.c)
target_include_directories(make_cmap_table PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/cmap ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(make_cmap_table PRIVATE house base)
file(GLOB cmap_files ${CMAP_RESOURCES}/*/*)
set(cmap_out ${CMAKE_CURRENT_BINARY_DIR}/cmap)
file(MAKE_DIRECTORY ${cmap_out})
add_custom_command(OUTPUT ${cmap_out}/cmap_table.c
  COMMAND make_cmap_table ${CMAP_RESOURCES} ${GLYPH_LIST} ${cmap_out}/cmap_table.c
  DEPENDS make_cmap_table ${cmap_files} ${GLYPH_LIST} VERBATIM)
