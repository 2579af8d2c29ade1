# find_package(roast) gives the target roast::roast, wherever the package's folder lies.
get_filename_component(_roast_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET roast::roast)
  add_library(roast::roast SHARED IMPORTED)
  set_target_properties(roast::roast PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${_roast_prefix}/include")
  if(WIN32)
    set_target_properties(roast::roast PROPERTIES
      IMPORTED_LOCATION "${_roast_prefix}/bin/roast.dll" IMPORTED_IMPLIB "${_roast_prefix}/lib/roast.lib")
  elseif(APPLE)
    set_target_properties(roast::roast PROPERTIES IMPORTED_LOCATION "${_roast_prefix}/lib/libroast.dylib")
  else()
    set_target_properties(roast::roast PROPERTIES IMPORTED_LOCATION "${_roast_prefix}/lib/libroast.so" IMPORTED_NO_SONAME TRUE)
  endif()
endif()
