#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pulsebench/compare/dashboard.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// One page of the site.
struct SitePage {
  std::string path;  ///< "index.html", "b/budget-consume-1a2b.html"
  render::Page page;
};

/// Makes the stem of a page's file from a name to show and what identifies it.
using FileStem = std::function<std::string(const std::string& shown, const std::string& identity)>;

/// Takes each page, one at a time: a site of many has no two in memory.
using TakePage = std::function<Result<void>(const SitePage& page)>;

/// The pages of a site over all stored results: an index, a page for each benchmark in `b/`, and
/// one for each run in `run/`. The same results make the same pages. Ends at the first error.
[[nodiscard]] Result<void> dashboard_pages(const std::vector<compare::MachineResults>& machines,
                                           const std::vector<baseline::Entry>& results,
                                           const FileStem& file_stem, const TakePage& take);

}  // namespace pulsebench::report
