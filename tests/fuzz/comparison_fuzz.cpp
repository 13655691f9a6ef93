#include <fuzzer/FuzzedDataProvider.h>

#include <array>
#include <fstream>
#include <iterator>
#include <string>

#include "claims.hpp"
#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/compare/compare.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/config/load.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/report/comparison_page.hpp"
#include "pulsebench/report/run_page.hpp"

// What follows decoding: a small result whose numbers are replaced is judged against itself with
// others replaced, and both are reported in every format.

using namespace pulsebench;

namespace {

const std::string& small_result() {
  static const std::string text = [] {
    std::ifstream file{PULSEBENCH_SMALL_RESULT};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
  }();
  fuzz::require(!text.empty(), "the small result is there");
  return text;
}

std::string number(FuzzedDataProvider& input) {
  constexpr std::array kEdges{
      "0",     "1",      "1e-300", "5e-324", "1e300",      "1.7976931348623157e308",
      "-1",    "0.001",  "1e9",    "1e17",   "4294967296", "9007199254740993",
      "99999", "1000000"};
  if (input.ConsumeBool()) return input.PickValueInArray(kEdges);
  return std::to_string(input.ConsumeFloatingPointInRange(0.0, 1e6));
}

/// The result with about one number of sixteen replaced.
std::string altered(FuzzedDataProvider& input) {
  constexpr const char* kDigits = "0123456789.eE+-";
  const std::string& text = small_result();
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins = text[at] >= '0' && text[at] <= '9' &&
                        std::string_view{" [,:\n"}.find(text[at - 1]) != std::string_view::npos;
    if (!begins || input.remaining_bytes() == 0) {
      result += text[at++];
      continue;
    }
    const std::size_t end = std::min(text.find_first_not_of(kDigits, at), text.size());
    const bool replaced = input.ConsumeIntegralInRange<int>(0, 15) == 0;
    result += replaced ? number(input) : text.substr(at, end - at);
    at = end;
  }
  return result;
}

void write_in_every_format(const render::Page& page) {
  for (const render::Format& format : render::formats()) {
    if (format.of_stacks) continue;  // this page has none
    const std::string text = render::write(page, format, {}, true);
    fuzz::require(!text.empty() && text.back() == '\n', "a report ends in a newline");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input{data, size};
  const auto base = baseline::decode(altered(input), "base.json");
  if (!base) return fuzz::require_clear_line(base.error()), 0;
  const auto candidate = baseline::decode(altered(input), "candidate.json");
  if (!candidate) return fuzz::require_clear_line(candidate.error()), 0;
  const auto comparison =
      compare::compare(*base, *candidate, config::defaults(), {"base", "candidate"});
  const int code = compare::exit_code_of(comparison, false, 0);
  fuzz::require(code == 0 || comparison.benchmarks.size() > 0, "nothing judged is not an alarm");
  write_in_every_format(report::comparison_page(comparison, {}));
  write_in_every_format(report::baseline_page(*candidate, {}));
  return 0;
}
