# SPDX-License-Identifier: BSL-1.0
#
# Makes one page of the report's sources, as C++ text:
#
#     cmake -D PAGE=report/index.html -D OUT=report_source.cpp -P inline_page.cmake
#
# In the page, {{name}} stands for the file of that name beside it; {{data}} is where the program puts what it found. Sources
# are taken as they are; a compiler reads them as raw strings.

cmake_path(GET PAGE PARENT_PATH folder)
file(READ "${PAGE}" page)
string(REGEX MATCHALL "{{[a-z_]+\\.[a-z]+}}" marks "${page}")
foreach(mark IN LISTS marks)
    string(REGEX REPLACE "[{}]" "" name "${mark}")
    file(READ "${folder}/${name}" content)
    string(REGEX REPLACE "\n$" "" content "${content}")
    string(REPLACE "${mark}" "${content}" page "${page}")
endforeach()

string(FIND "${page}" "{{data}}" at)
if(at EQUAL -1)
    message(FATAL_ERROR "${PAGE} has no {{data}}")
endif()
string(SUBSTRING "${page}" 0 ${at} before)
math(EXPR at "${at} + 8")
string(SUBSTRING "${page}" ${at} -1 after)

file(WRITE "${OUT}" "// Made by cmake/inline_page.cmake from the sources of the report.
#include \"report_source.hpp\"

namespace reconcile {

const std::string_view page_before_data = R\"~page~(${before})~page~\";

const std::string_view page_after_data = R\"~page~(${after})~page~\";

}  // namespace reconcile
")
