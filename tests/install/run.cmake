# SPDX-License-Identifier: BSL-1.0
# Installs mailwire into an empty folder, then configures, builds and runs one consumer, which prints the version.
function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${work_dir})
run(${CMAKE_COMMAND} --install ${binary_dir} --prefix ${work_dir}/prefix)

set(ENV{PKG_CONFIG_PATH} ${work_dir}/prefix/share/pkgconfig)
run(${CMAKE_COMMAND} -S ${source_dir}/tests/install/${consumer} -B ${work_dir}/build -G ${generator}
    -D CMAKE_CXX_COMPILER=${compiler}
    -D CMAKE_PREFIX_PATH=${work_dir}/prefix
    -D mailwire_version=${version}
    -D mailwire_source_dir=${source_dir})
run(${CMAKE_COMMAND} --build ${work_dir}/build)

execute_process(COMMAND ${work_dir}/build/consumer OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
if(NOT printed STREQUAL "${version}\n")
    message(FATAL_ERROR "the consumer printed '${printed}' instead of '${version}'")
endif()
