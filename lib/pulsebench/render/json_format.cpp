#include <cassert>
#include <string>

#include "pulsebench/render/formats.hpp"

namespace pulsebench::render {

/// The page's document for programs, which does not change with what the page shows.
std::string write_json(const Page& page, const Style&) {
  assert(page.json);
  return page.json();
}

}  // namespace pulsebench::render
