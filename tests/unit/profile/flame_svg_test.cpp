#include "pulsebench/profile/flame_svg.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

using namespace std::string_view_literals;
using pulsebench::profile::flame_svg;
using pulsebench::profile::FlameStyle;
using pulsebench::profile::StackTree;

namespace {

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("widths are shares of the picture") {
  StackTree tree;
  tree.add(std::array{"main"sv, "alpha"sv}, 75);
  tree.add(std::array{"main"sv, "beta"sv}, 25);
  const std::string svg = flame_svg(tree, {});
  CHECK(count(svg, "<g class=\"f\">") == 3);
  CHECK(svg.find("width=\"1200.00\"") != std::string::npos);
  CHECK(svg.find("width=\"900.00\"") != std::string::npos);
  CHECK(svg.find("x=\"900.00\" y=\"22\" width=\"300.00\"") != std::string::npos);
}

TEST_CASE("a name that is markup is text") {
  StackTree tree;
  tree.add(std::array{"</title><script>alert('&\"')</script>"sv}, 1);
  const std::string svg = flame_svg(tree, {.title = "<b>\x01", .with_script = false});
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(svg.find("<b>") == std::string::npos);
  CHECK(svg.find('\x01') == std::string::npos);
  CHECK(svg.find("&lt;/title&gt;&lt;script&gt;alert(&#39;&amp;&quot;&#39;)") != std::string::npos);
}

TEST_CASE("what is too narrow to be seen is left out") {
  StackTree tree;
  tree.add(std::array{"wide"sv}, 10'000);
  tree.add(std::array{"narrow"sv}, 1);
  const std::string svg = flame_svg(tree, {});
  CHECK(count(svg, "<g class=\"f\">") == 1);
}

TEST_CASE("a picture without samples is still one") {
  const std::string svg = flame_svg({}, {});
  CHECK(svg.starts_with("<svg "));
  CHECK(svg.ends_with("</svg>\n"));
}

TEST_CASE("the script is the picture's own, and ends no CDATA section") {
  CHECK(pulsebench::profile::flame_script().find("]]>") == std::string_view::npos);
  StackTree tree;
  tree.add(std::array{"f"sv}, 1);
  CHECK(count(flame_svg(tree, {}), "<script>") == 1);
  CHECK(count(flame_svg(tree, {}), "http") == 1);  // the name space, which nothing loads
}
