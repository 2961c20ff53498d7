# copydesk_embed(TARGET HEADER NAMESPACE DIRECTORY file ...)
#
# Compiles text files into TARGET. HEADER (under the build's generated/) declares, in
# copydesk::data::NAMESPACE, `std::span<const EmbeddedFile> files()`: name without directory, and text.
function(copydesk_embed target header namespace directory)
  set(generated ${PROJECT_BINARY_DIR}/generated/${header})
  string(REGEX REPLACE "\\.h$" ".cpp" generated_source ${generated})
  set(inputs "")
  foreach(file ${ARGN})
    list(APPEND inputs ${directory}/${file})
  endforeach()
  string(REPLACE ";" "|" joined "${inputs}")
  add_custom_command(
    OUTPUT ${generated} ${generated_source}
    COMMAND ${CMAKE_COMMAND} -DOUT=${generated_source} -DHEADER=${generated} -DNAMESPACE=${namespace}
            "-DFILES=${joined}" -P ${PROJECT_SOURCE_DIR}/src/data/embed_files.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/src/data/embed_files.cmake
    COMMENT "Embedding ${namespace} data"
    VERBATIM)
  target_sources(${target} PRIVATE ${generated} ${generated_source})
  # A file is one literal, and longer than the 65,536 characters that every compiler must take.
  set_source_files_properties(${generated_source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
endfunction()
