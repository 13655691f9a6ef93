#include <string>

#include "claims.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/report/comparison_page.hpp"

// A comparison that was stored: what is read is shown in every format, and can be written and read
// again.

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = report::read_comparison(fuzz::text_of(data, size), "verdict.json");
  if (!read) return fuzz::require_clear_line(read.error()), 0;
  const auto page = report::comparison_page(
      read->comparison, {.rows = report::Rows::all, .exit_code = read->exit_code});
  for (const render::Format& format : render::formats()) {
    if (format.of_stacks) continue;  // this page has none
    const std::string text = render::write(page, format, {}, true);
    fuzz::require(!text.empty() && text.back() == '\n', "a report ends in a newline");
  }
  const std::string written = report::comparison_json(read->comparison, read->exit_code);
  fuzz::require(report::read_comparison(written, "again.json").has_value(),
                "what is written is read");
  return 0;
}
