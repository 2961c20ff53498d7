# Run by copydesk_embed: writes HEADER and OUT from FILES (separated by |).
string(REPLACE "|" ";" FILES "${FILES}")
set(entries "")
foreach(path ${FILES})
  get_filename_component(name ${path} NAME)
  file(READ ${path} text)
  string(APPEND entries "    {\"${name}\", R\"~~data~~(${text})~~data~~\"sv},\n")
endforeach()
get_filename_component(header_name ${HEADER} NAME)
file(WRITE ${HEADER} "// Generated. Do not edit.
#pragma once

#include <span>

#include \"data/embedded_file.h\"

namespace copydesk::data::${NAMESPACE} {
std::span<const EmbeddedFile> files() noexcept;
}  // namespace copydesk::data::${NAMESPACE}
")
file(WRITE ${OUT} "// Generated. Do not edit.
#include \"${header_name}\"

// Both compilers take literals far over the 65,536 bytes that the standard makes sure of.
#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace copydesk::data::${NAMESPACE} {
namespace {
using namespace std::string_view_literals;  // a length that is known costs no loop at compile time
constexpr EmbeddedFile kFiles[] = {
${entries}};
}  // namespace
std::span<const EmbeddedFile> files() noexcept { return kFiles; }
}  // namespace copydesk::data::${NAMESPACE}
")
