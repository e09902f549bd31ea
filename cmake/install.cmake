# SPDX-License-Identifier: BSL-1.0
#
# What `cmake --install` gives: the headers, a CMake package (find_package(coincide), with COMPONENTS geo, sqlite, postgres for
# those adapters) and a pkg-config file. Header-only, so one package serves every architecture.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(coincide_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/coincide")

install(TARGETS coincide EXPORT coincide-targets FILE_SET HEADERS FILE_SET more)
install(EXPORT coincide-targets NAMESPACE coincide:: DESTINATION "${coincide_package_dir}")
if(TARGET coincide_geo)
    install(TARGETS coincide_geo EXPORT coincide-geo-targets FILE_SET HEADERS FILE_SET with_rtti)
    install(EXPORT coincide-geo-targets NAMESPACE coincide:: DESTINATION "${coincide_package_dir}")
endif()
foreach(adapter IN ITEMS sqlite postgres)
    if(TARGET coincide_${adapter})
        install(TARGETS coincide_${adapter} EXPORT coincide-${adapter}-targets FILE_SET HEADERS)
        install(EXPORT coincide-${adapter}-targets NAMESPACE coincide:: DESTINATION "${coincide_package_dir}")
    endif()
endforeach()

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/coincide-config.cmake.in"
                              "${PROJECT_BINARY_DIR}/coincide-config.cmake" INSTALL_DESTINATION "${coincide_package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/coincide-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES "${PROJECT_BINARY_DIR}/coincide-config.cmake" "${PROJECT_BINARY_DIR}/coincide-config-version.cmake"
        DESTINATION "${coincide_package_dir}")

configure_file("${PROJECT_SOURCE_DIR}/cmake/coincide.pc.in" "${PROJECT_BINARY_DIR}/coincide.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/coincide.pc" DESTINATION "${CMAKE_INSTALL_DATADIR}/pkgconfig")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
