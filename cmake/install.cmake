# SPDX-License-Identifier: BSL-1.0
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(mailwire_config_dir ${CMAKE_INSTALL_DATADIR}/cmake/mailwire)

install(DIRECTORY include/mailwire DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/mailwire)

install(TARGETS mailwire EXPORT mailwire INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT mailwire NAMESPACE mailwire:: FILE mailwire-targets.cmake DESTINATION ${mailwire_config_dir})

configure_package_config_file(cmake/mailwire-config.cmake.in mailwire-config.cmake
    INSTALL_DESTINATION ${mailwire_config_dir}
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(mailwire-config-version.cmake
    VERSION ${PROJECT_VERSION}
    COMPATIBILITY SameMinorVersion
    ARCH_INDEPENDENT)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/mailwire-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/mailwire-config-version.cmake
    DESTINATION ${mailwire_config_dir})

configure_file(cmake/mailwire.pc.in mailwire.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/mailwire.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
