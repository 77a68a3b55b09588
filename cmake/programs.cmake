# SPDX-License-Identifier: BSL-1.0
# What every program of this project is built with: mailwire itself and strict warnings. CMAKE_COMPILE_WARNING_AS_ERROR
# (set by the presets) makes them errors; a packager with a newer compiler need not care.
add_library(mailwire_warnings INTERFACE)
target_compile_options(mailwire_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)

# mailwire_target(TARGET [LIBRARY...]): TARGET uses mailwire and the libraries.
function(mailwire_target target)
    target_link_libraries(${target} PRIVATE mailwire::mailwire mailwire_warnings ${ARGN})
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
endfunction()

# The grammars, compiled once. Tests and examples link it, which takes most of the time off their many translation units;
# benchmarks and the consumers of tests/install are header-only.
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/src.cpp CONTENT "#include <mailwire/src.hpp>\n" @ONLY)
add_library(mailwire_separate STATIC EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/src.cpp)
mailwire_target(mailwire_separate)
target_compile_definitions(mailwire_separate PUBLIC MAILWIRE_SEPARATE_COMPILATION)

# mailwire_program(TARGET SOURCES source... [LIBRARIES library...]): a program in the folder bin of the build.
function(mailwire_program target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
    add_executable(${target} ${arg_SOURCES})
    mailwire_target(${target} ${arg_LIBRARIES})
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()

# mailwire_script_tests(LABEL script...): each script is one test. It finds the programs in the folder MAILWIRE_BIN.
# A script that could not run what it is for must fail: the word SKIPPED, or unittest's "skipped=", counts as failure.
function(mailwire_script_tests label)
    foreach(script IN LISTS ARGN)
        cmake_path(GET script STEM name)
        if(name MATCHES "^_")
            continue() # a helper, not a test
        endif()
        set(interpreter bash)
        if(script MATCHES "\\.py$")
            set(interpreter python3)
        endif()
        add_test(NAME ${label}.${name} COMMAND ${interpreter} ${script})
        set_tests_properties(${label}.${name} PROPERTIES
            LABELS ${label}
            TIMEOUT 600
            RUN_SERIAL TRUE
            FAIL_REGULAR_EXPRESSION "SKIPPED;skipped="
            ENVIRONMENT "MAILWIRE_BIN=${PROJECT_BINARY_DIR}/bin;MAILWIRE_CORPUS_DIR=${MAILWIRE_CORPUS_DIR};PYTHONDONTWRITEBYTECODE=1")
    endforeach()
endfunction()
