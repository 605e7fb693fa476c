# The fold table, made from the Unicode Character Database, OpenCC's character list, and our own
# lists of look-alikes and stars.  Debian: unicode-data, libopencc-data, opencc.
find_path(UCD UnicodeData.txt PATHS /usr/share/unicode NO_DEFAULT_PATH)
find_file(OPENCC_CHARACTERS TSCharacters.ocd2 PATHS /usr/share/opencc NO_DEFAULT_PATH)
find_program(OPENCC_DICT opencc_dict)
if(NOT UCD OR NOT OPENCC_CHARACTERS OR NOT OPENCC_DICT)
  message(FATAL_ERROR "the fold table needs unicode-data, libopencc-data and opencc (Debian package names)")
endif()

add_executable(make_fold_table text/generate/make_fold_table.c text/generate/ucd.c)
target_include_directories(make_fold_table PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/text)
set(fold_out ${CMAKE_CURRENT_BINARY_DIR}/text)
set(fold_lists ${CMAKE_CURRENT_SOURCE_DIR}/text/generate/lookalikes.txt
               ${CMAKE_CURRENT_SOURCE_DIR}/text/generate/stars.txt
               ${CMAKE_CURRENT_SOURCE_DIR}/text/generate/letters.txt)
add_custom_command(OUTPUT ${fold_out}/simplified.txt
  COMMAND ${OPENCC_DICT} -i ${OPENCC_CHARACTERS} -f ocd2 -t text -o ${fold_out}/simplified.txt
  DEPENDS ${OPENCC_CHARACTERS} VERBATIM)
add_custom_command(OUTPUT ${fold_out}/fold_table.c
  COMMAND make_fold_table ${UCD} ${fold_out}/simplified.txt ${fold_lists} ${fold_out}/fold_table.c
  DEPENDS make_fold_table ${fold_out}/simplified.txt ${fold_lists} VERBATIM)
