# embed.cmake - write files as C arrays: cmake -D output= -D symbol= -D files=a|b -P embed.cmake
string(REPLACE "|" ";" files "${files}")
set(arrays "")
set(table "")
set(n 0)
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" hex HEX)
  file(SIZE "${file}" size)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  string(APPEND arrays "static const unsigned char file_${n}[] = {\n${bytes}0};\n")
  string(APPEND table "\t{\"${name}\", file_${n}, ${size}},\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE "${output}" "/* Made by embed.cmake; do not edit. */
#include \"base/embedded.h\"

${arrays}
extern const struct embedded ${symbol}[];
const struct embedded ${symbol}[] = {
${table}	{0, 0, 0},
};
")
