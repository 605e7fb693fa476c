# Translations, compiled in: po/<language>.po, checked and packed by msgfmt of GNU gettext.
file(GLOB translations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/po/*.po)
find_program(MSGFMT msgfmt)
set(catalogues "")
if(NOT MSGFMT)
  message(STATUS "without msgfmt (gettext): messages are in English only")
else()
  foreach(po IN LISTS translations)
    get_filename_component(language ${po} NAME_WE)
    add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/po/${language}.mo
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/po
      COMMAND ${MSGFMT} --check --no-hash -o ${CMAKE_BINARY_DIR}/po/${language}.mo ${po}
      DEPENDS ${po} VERBATIM)
    list(APPEND catalogues ${CMAKE_BINARY_DIR}/po/${language}.mo)
  endforeach()
endif()
embed(${CMAKE_CURRENT_BINARY_DIR}/base/builtin_languages.c builtin_languages ${catalogues})
