# debian.cmake - Debian packages by CPack: review; review-desk, so that a server or a CI job goes without the
# library that speaks HTTP and what that brings; and review-ocr where Tesseract is there to build it.
# The readers of documents stay in review: without them a document is undecided everywhere.
#
# There is no configuration below /etc, so there are no conffiles: what is in force is in the ledger,
# what is a person's own is in git config.  Equal sources give equal bytes (packaging/reproducible.sh).
set(REVIEW_MAINTAINER "review maintainers <maintainers@review.invalid>" CACHE STRING "who answers for the packages")
set(epoch $ENV{SOURCE_DATE_EPOCH})
if(NOT epoch)
  message(FATAL_ERROR "SOURCE_DATE_EPOCH is not set; make package sets it to the time of the last commit")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME review)
set(CPACK_PACKAGE_CONTACT "${REVIEW_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL review desk)
if(TARGET review-ocr)
  list(APPEND CPACK_COMPONENTS_ALL ocr)
endif()
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_DEBIAN_REVIEW_PACKAGE_NAME review)
set(CPACK_DEBIAN_REVIEW_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_REVIEW_PACKAGE_DEPENDS poppler-data)
set(CPACK_DEBIAN_REVIEW_PACKAGE_RECOMMENDS "git, openssh-client")
set(CPACK_DEBIAN_REVIEW_PACKAGE_SUGGESTS "review-desk, review-ocr")
set(CPACK_COMPONENT_REVIEW_DESCRIPTION "confidentiality gate in front of a public directory
Documents are scanned for protected material, people sign off in stages, and
each signature is an entry of a ledger kept as signed git commits; only then
are the files released, and anybody can check that later.")
set(CPACK_DEBIAN_DESK_PACKAGE_NAME review-desk)
set(CPACK_DEBIAN_DESK_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_DESK_PACKAGE_DEPENDS "review (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_DESK_DESCRIPTION "desk in the browser for review
Lets a person read, decide and release in a browser on the same machine: a
server on 127.0.0.1 that stops when nobody uses it, started by review desk.")
set(CPACK_DEBIAN_OCR_PACKAGE_NAME review-ocr)
set(CPACK_DEBIAN_OCR_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_OCR_PACKAGE_DEPENDS "review (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_OCR_PACKAGE_RECOMMENDS "tesseract-ocr-eng, tesseract-ocr-chi-sim")
set(CPACK_COMPONENT_OCR_DESCRIPTION "text in pictures for review, by Tesseract
Lets review say what may be written in pictures and in pages without text:
a help for people, and never part of a record.")

# What Debian wants in the documentation folder of a package, compressed without a date.
string(TIMESTAMP day "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/packaging/changelog @ONLY CONTENT
"review (@PROJECT_VERSION@) unstable; urgency=medium

  * CHANGELOG.md has what changed.

 -- @REVIEW_MAINTAINER@  @day@
")
file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/*.[15])
foreach(file IN LISTS pages ITEMS ${CMAKE_BINARY_DIR}/packaging/changelog)
  get_filename_component(name ${file} NAME)
  set(packed ${CMAKE_BINARY_DIR}/packaging/${name}.gz)
  add_custom_command(OUTPUT ${packed} COMMAND gzip -9nc ${file} > ${packed} DEPENDS ${file} VERBATIM)
  list(APPEND all_packed ${packed})
  if(name MATCHES "\\.([15])$")
    install(FILES ${packed} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${CMAKE_MATCH_1} COMPONENT review)
  endif()
endforeach()
add_custom_target(packaging_files ALL DEPENDS ${all_packed})
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(REPLACE "review-review" "review" package "review-${component}")
  install(FILES ${CMAKE_SOURCE_DIR}/packaging/copyright ${CMAKE_BINARY_DIR}/packaging/changelog.gz
          DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
endforeach()

include(CPack)
