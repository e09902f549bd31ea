# SPDX-License-Identifier: BSL-1.0
#
# The library: INTERFACE targets.
#   coincide::coincide   everything but the adapters below: the standard library, date, tl::expected, range-v3
#   coincide::geo        coincide::coincide, <coincide/adapters/boost_geometry.hpp> and places.hpp, which need Boost 1.81 headers
#   coincide::sqlite     coincide::coincide, <coincide/adapters/sqlite_store.hpp>, which needs SQLite 3.24
#   coincide::postgres   coincide::coincide, <coincide/adapters/postgres_store.hpp> and postgres_projection.hpp, which need libpq 14

find_package(date CONFIG REQUIRED)
find_package(tl-expected CONFIG REQUIRED)
find_package(range-v3 CONFIG REQUIRED)  # no version: the package accepts only its own exact number

file(GLOB_RECURSE coincide_headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/coincide/*.hpp")
list(FILTER coincide_headers EXCLUDE REGEX "/adapters/(boost_geometry|places|sqlite_store|postgres_[a-z]+)\\.hpp$")

# Compiling each header alone takes minutes: a quick check may leave out the longest, and those that hold nothing but data.
set(coincide_more_headers ${coincide_headers})
list(FILTER coincide_more_headers INCLUDE REGEX "/coincide/(ledger|normalize/providers|adapters)/")
list(REMOVE_ITEM coincide_headers ${coincide_more_headers})
option(COINCIDE_VERIFY_ALL_HEADERS "Headers are compiled alone also in ledger, adapters and normalize/providers" ON)

add_library(coincide INTERFACE)
add_library(coincide::coincide ALIAS coincide)
target_sources(coincide INTERFACE FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${coincide_headers}
                                  FILE_SET more TYPE HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${coincide_more_headers})
if(NOT COINCIDE_VERIFY_ALL_HEADERS)
    set_target_properties(coincide PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
endif()
target_compile_features(coincide INTERFACE cxx_std_20)
target_link_libraries(coincide INTERFACE date::date tl::expected range-v3::range-v3)

# A project that only adds the folder need not have Boost; it then has no coincide::geo.
if(PROJECT_IS_TOP_LEVEL)
    find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS headers)
else()
    find_package(Boost 1.81 CONFIG QUIET COMPONENTS headers)
endif()
if(Boost_FOUND)
    add_library(coincide_geo INTERFACE)
    add_library(coincide::geo ALIAS coincide_geo)
    set_target_properties(coincide_geo PROPERTIES EXPORT_NAME geo)
    target_sources(coincide_geo INTERFACE
                   FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES "${PROJECT_SOURCE_DIR}/include/coincide/adapters/boost_geometry.hpp"
                   FILE_SET with_rtti TYPE HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES "${PROJECT_SOURCE_DIR}/include/coincide/adapters/places.hpp")
    if(CMAKE_CXX_FLAGS MATCHES "-fno-rtti")  # Boost's R-tree has a dynamic_cast
        set_target_properties(coincide_geo PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
    endif()
    target_link_libraries(coincide_geo INTERFACE coincide Boost::headers)
endif()

# storage_adapter(<name> <library> <header...>): a target for adapters that need a library, where it is installed.
function(storage_adapter name library)
    if(NOT TARGET ${library})
        return()
    endif()
    add_library(coincide_${name} INTERFACE)
    add_library(coincide::${name} ALIAS coincide_${name})
    set_target_properties(coincide_${name} PROPERTIES EXPORT_NAME ${name})
    target_sources(coincide_${name} INTERFACE FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${ARGN})
    target_link_libraries(coincide_${name} INTERFACE coincide ${library})
endfunction()
find_package(SQLite3 3.24 QUIET)
storage_adapter(sqlite SQLite::SQLite3 "${PROJECT_SOURCE_DIR}/include/coincide/adapters/sqlite_store.hpp")
find_package(PostgreSQL 14 QUIET)
file(GLOB postgres_headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/coincide/adapters/postgres_*.hpp")
storage_adapter(postgres PostgreSQL::PostgreSQL ${postgres_headers})
