# The calendars, compiled in: calendar/ at the top is their one source.
file(GLOB calendars CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/calendar/*.yaml)
embed(${CMAKE_CURRENT_BINARY_DIR}/policy/builtin_calendars.c builtin_calendars ${calendars})
