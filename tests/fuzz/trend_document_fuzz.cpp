#include <string>

#include "claims.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/report/trend_page.hpp"

// A trend that was stored: what is read is shown in every format, and can be written and read
// again.

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = report::read_trends(fuzz::text_of(data, size), "trend.json");
  if (!read) return fuzz::require_clear_line(read.error()), 0;
  const auto page = report::trend_page(read->trends, read->rule, true);
  for (const render::Format& format : render::formats()) {
    if (format.of_stacks) continue;  // this page has none
    const std::string text = render::write(page, format, {}, true);
    fuzz::require(!text.empty() && text.back() == '\n', "a report ends in a newline");
  }
  const std::string written = report::trend_json(read->trends, read->rule);
  fuzz::require(report::read_trends(written, "again.json").has_value(), "what is written is read");
  return 0;
}
