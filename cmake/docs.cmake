# SPDX-License-Identifier: BSL-1.0
#
# `cmake --build build/dev --target docs` writes the reference to build/dev/docs/html. Any warning fails it.

find_program(DOXYGEN doxygen)
if(DOXYGEN)
    configure_file("${PROJECT_SOURCE_DIR}/docs/Doxyfile.in" "${PROJECT_BINARY_DIR}/docs/Doxyfile" @ONLY)
    add_custom_target(docs COMMAND "${DOXYGEN}" -q "${PROJECT_BINARY_DIR}/docs/Doxyfile"
                      WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" VERBATIM)
endif()
