#pragma once

#include <string>
#include <string_view>

#include "pulsebench/render/page.hpp"

namespace pulsebench::render {

/// How a page finds its style and its script.
struct HtmlShell {
  /// The relative path of the folder with `page.css` and `page.js`, for the pages of a site, with a
  /// slash at its end; nothing: both stand in the page, which is one file.
  std::optional<std::string> assets = {};
  std::string home = {};  ///< of a site: where its index is; empty: not linked
};

inline constexpr std::size_t kMostHtmlBytes = 290'000;  ///< of a page

/// The page as one HTML document: it requests nothing, runs nothing but our script, and needs no
/// script to be read. Ends in a newline. Pure.
[[nodiscard]] std::string html_page(const Page& page, const HtmlShell& shell = {});

/// What `HtmlShell::assets` has under these names.
[[nodiscard]] std::string_view page_style();   ///< page.css
[[nodiscard]] std::string_view page_script();  ///< page.js

}  // namespace pulsebench::render
