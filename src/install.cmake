# What `cmake --install` puts where: programs, library, headers, CMake package, pkg-config file, manual, completions.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/copydesk)
install(TARGETS copydesk EXPORT copydesk-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/copydesk DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")
install(EXPORT copydesk-targets NAMESPACE copydesk:: DESTINATION ${package_dir})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/copydesk-config.cmake.in
  ${PROJECT_BINARY_DIR}/generated/copydesk-config.cmake INSTALL_DESTINATION ${package_dir})
# While the version is 0.x, the next minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/generated/copydesk-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/generated/copydesk-config.cmake
  ${PROJECT_BINARY_DIR}/generated/copydesk-config-version.cmake DESTINATION ${package_dir})

# Relative to its own place, so that an installed tree can be moved.
file(RELATIVE_PATH pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${CMAKE_CURRENT_LIST_DIR}/copydesk.pc.in ${PROJECT_BINARY_DIR}/generated/copydesk.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/generated/copydesk.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

# Completions carry the programs' names, so they are written with the prefix that a packager chose.
set(PROGRAMS "")
foreach(name extract clean dedupe tokenize)
  list(APPEND PROGRAMS ${COPYDESK_PROGRAM_PREFIX}${name})
endforeach()
set(completions ${PROJECT_BINARY_DIR}/completions)
set(programs ${PROGRAMS})
list(JOIN PROGRAMS " " PROGRAMS)
foreach(file copydesk.bash _copydesk copydesk.fish)
  configure_file(${PROJECT_SOURCE_DIR}/tools/completions/${file}.in ${completions}/${file} @ONLY)
endforeach()
# bash loads a file by the name of the program that is completed.
foreach(name ${programs})
  install(FILES ${completions}/copydesk.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ${name})
endforeach()
install(FILES ${completions}/_copydesk DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${completions}/copydesk.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
