# room.cmake - how a room is built.  Kept out of the table so that the table stays a page.


add_library(house INTERFACE)   # how every room is compiled
target_compile_definitions(house INTERFACE _POSIX_C_SOURCE=200809L)
target_link_libraries(house INTERFACE m)   # of the C library
target_compile_options(house INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
  -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla -Wswitch-enum
  -Werror=implicit-fallthrough -fno-common -fstack-protector-strong)

# A foreign library as an imported target `foreign_<name>`.
function(foreign name module)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${module})
  add_library(foreign_${name} INTERFACE)
  target_link_libraries(foreign_${name} INTERFACE PkgConfig::${name})
endfunction()

# One the program can do without, which means `without`: `define` is set where it is found.
# -DREVIEW_WITHOUT_<name>=ON: as if it were not.
function(optional name module define without)
  option(REVIEW_WITHOUT_${name} "build without ${module}" OFF)
  add_library(foreign_${name} INTERFACE)
  if(NOT REVIEW_WITHOUT_${name})
    pkg_check_modules(${name} IMPORTED_TARGET GLOBAL ${module})
  endif()
  if(${name}_FOUND)
    target_link_libraries(foreign_${name} INTERFACE PkgConfig::${name})
    target_compile_definitions(foreign_${name} INTERFACE ${define})
  else()
    message(STATUS "without ${module}: ${without}")
  endif()
  set(${name}_FOUND ${${name}_FOUND} PARENT_SCOPE)
endfunction()

# Of an optional library only the part `linked` is linked; the part `loaded` the program opens when it needs it,
# by the name `define` is set to: what the linker's libx.so points to, libx.so.5.
function(loaded_later name linked loaded define)
  if(${name}_FOUND)
    find_library(${name}_linked ${linked} HINTS ${${name}_LIBRARY_DIRS} REQUIRED)
    find_library(${name}_loaded ${loaded} HINTS ${${name}_LIBRARY_DIRS} REQUIRED)
    file(READ_SYMLINK ${${name}_loaded} file)
    set_target_properties(PkgConfig::${name} PROPERTIES INTERFACE_LINK_LIBRARIES "${${name}_linked};${CMAKE_DL_LIBS}")
    target_compile_definitions(foreign_${name} INTERFACE ${define}="${file}")
  endif()
endfunction()

# Sources are the *.c of the folder; GENERATED ones are made at build time by <room>/generate.cmake,
# which is included here and must leave them in ${CMAKE_CURRENT_BINARY_DIR}/<room>/.
function(room_sources out name)
  file(GLOB sources CONFIGURE_DEPENDS ${name}/*.c)
  if(ARGN)
    include(${name}/generate.cmake)
    foreach(file IN LISTS ARGN)
      list(APPEND sources ${CMAKE_CURRENT_BINARY_DIR}/${name}/${file})
    endforeach()
  endif()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

function(room name)
  cmake_parse_arguments(PARSE_ARGV 1 r "" "" "DOORS;NEEDS;FOREIGN;GENERATED")
  set(doors ${CMAKE_BINARY_DIR}/doors/${name})
  foreach(door IN LISTS r_DOORS)
    file(CONFIGURE OUTPUT ${doors}/${name}/${door} @ONLY
         CONTENT "#include \"@CMAKE_CURRENT_SOURCE_DIR@/@name@/@door@\"\n")
    list(APPEND door_files ${doors}/${name}/${door})
  endforeach()
  room_sources(sources ${name} ${r_GENERATED})

  add_library(${name} STATIC ${sources})
  if(r_GENERATED)
    target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  endif()
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${doors} FILES ${door_files})
  list(TRANSFORM r_FOREIGN PREPEND foreign_)
  target_link_libraries(${name} PRIVATE house ${r_NEEDS} ${r_FOREIGN})
  if(NOT name STREQUAL base)
    target_link_libraries(${name} PUBLIC base)
  endif()
  list(JOIN r_NEEDS " " needs)
  set_property(GLOBAL APPEND_STRING PROPERTY house_plan "${name} base ${needs}\n")
  set_property(GLOBAL PROPERTY house_needs_${name} "${r_NEEDS}")
endfunction()

# A program is a folder with a main.c.  With DOORS the rest of the folder is a library that another program
# can need; these doors may include other rooms', which that program then needs too.
function(program name folder)
  cmake_parse_arguments(PARSE_ARGV 2 r "" "INTO;PACKAGE" "NEEDS;GENERATED;DOORS")
  room_sources(sources ${folder} ${r_GENERATED})
  if(r_DOORS)
    foreach(door IN LISTS r_DOORS)
      file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/doors/${folder}/${folder}/${door} @ONLY
           CONTENT "#include \"@CMAKE_CURRENT_SOURCE_DIR@/@folder@/@door@\"\n")
    endforeach()
    list(FILTER sources EXCLUDE REGEX "/main[.]c$")
    add_library(${folder} STATIC ${sources})
    target_include_directories(${folder} INTERFACE ${CMAKE_BINARY_DIR}/doors/${folder})
    target_link_libraries(${folder} PRIVATE house base ${r_NEEDS} Threads::Threads)
    program_facts(${folder})
    list(JOIN r_NEEDS " " needs)
    set_property(GLOBAL APPEND_STRING PROPERTY house_plan "${folder} base ${needs}\n")
    list(PREPEND r_NEEDS ${folder})
    set(sources ${folder}/main.c)
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE house base ${r_NEEDS} Threads::Threads)
  target_link_options(${name} PRIVATE -Wl,--build-id=sha1)   # base/kept.h asks for it
  program_facts(${name})
  if(NOT r_PACKAGE)
    set(r_PACKAGE ${CMAKE_INSTALL_DEFAULT_COMPONENT_NAME})
  endif()
  install(TARGETS ${name} RUNTIME DESTINATION ${r_INTO} COMPONENT ${r_PACKAGE})
endfunction()

function(program_facts target)
  target_compile_definitions(${target} PRIVATE REVIEW_VERSION="${PROJECT_VERSION}"
    REVIEW_LIBEXEC="${CMAKE_INSTALL_FULL_LIBEXECDIR}/review")
endfunction()

function(plan_write)
  get_property(plan GLOBAL PROPERTY house_plan)
  file(WRITE ${CMAKE_BINARY_DIR}/house-plan.txt "${plan}")
endfunction()

# embed(<output.c> <symbol> files...): the files as `const struct embedded <symbol>[]`, ended by a
# NULL name, so that the program needs no data directory to find.
function(embed output symbol)
  list(JOIN ARGN "|" files)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D output=${output} -D symbol=${symbol} "-Dfiles=${files}"
            -P ${CMAKE_SOURCE_DIR}/src/embed.cmake
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/src/embed.cmake VERBATIM)
endfunction()
