# `cmake --install`: static libraries, public headers, and what find_package(recreq CONFIG) reads. Its targets are recreq::engine,
# recreq::compiler and one for each provider, recreq::recall.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(RECREQ_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/recreq)

# Installs recreq_<name> as recreq::<name>, with headers of its own.
function(recreq_install name)
  if(NOT RECREQ_INSTALL)
    return()
  endif()
  set_target_properties(recreq_${name} PROPERTIES EXPORT_NAME ${name})
  install(TARGETS recreq_${name} EXPORT recreq INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(FILES ${ARGN} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/recreq)
endfunction()

if(NOT RECREQ_INSTALL)
  return()
endif()

file(GLOB headers CONFIGURE_DEPENDS include/recreq/*.hpp)
recreq_install(engine ${headers})
# Static libraries do not contain those that they call; no header of these is installed.
foreach(part IN ITEMS simdjson rare_keywords)
  set_target_properties(recreq_${part} PROPERTIES EXPORT_NAME ${part})
  install(TARGETS recreq_${part} EXPORT recreq)
endforeach()

# The package depends on no other, so that its list of targets is all that there is to read.
install(EXPORT recreq NAMESPACE recreq:: FILE recreq-targets.cmake DESTINATION ${RECREQ_PACKAGE_DIR})
file(WRITE ${PROJECT_BINARY_DIR}/recreq-config.cmake "include(\${CMAKE_CURRENT_LIST_DIR}/recreq-targets.cmake)\n")
write_basic_package_version_file(${PROJECT_BINARY_DIR}/recreq-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/recreq-config.cmake ${PROJECT_BINARY_DIR}/recreq-config-version.cmake
  DESTINATION ${RECREQ_PACKAGE_DIR})
