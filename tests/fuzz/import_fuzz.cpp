// Reads the input as the foreign format that the variable PULSEBENCH_FORMAT names.
#include <cmath>
#include <cstdlib>
#include <string>

#include "claims.hpp"
#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/exchange/importers.hpp"

using namespace pulsebench;

namespace {

const exchange::Importer& importer() {
  const char* format = std::getenv("PULSEBENCH_FORMAT");
  const auto* found = exchange::find_importer(format == nullptr ? "" : format);
  fuzz::require(found != nullptr, "PULSEBENCH_FORMAT names a format");
  return *found;
}

/// The input; for a folder, its two files, with an empty line between.
exchange::Source source_of(std::string_view text) {
  const std::size_t end = text.find("\n\n");
  if (importer().name != "criterion" || end == std::string_view::npos) {
    return {.name = "f", .files = {{"f", std::string{text}}}};
  }
  return {.name = "f",
          .files = {{"f/new/benchmark.json", std::string{text.substr(0, end)}},
                    {"f/new/sample.json", std::string{text.substr(end + 2)}}},
          .is_folder = true};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const exchange::Source source = source_of(fuzz::text_of(data, size));
  if (const auto known = exchange::recognise(source); !known) {
    fuzz::require_clear_line(known.error());
  }
  const auto document = exchange::import_source(source, importer());
  if (!document) return fuzz::require_clear_line(document.error()), 0;
  for (const auto& benchmark : document->benchmarks) {
    if (!benchmark.value) continue;
    const double ns = benchmark.value->value;
    fuzz::require(std::isfinite(ns) && ns > 0.0, "a time is a time");
  }
  const auto stored = baseline::decode(baseline::encode(*document), "f");
  fuzz::require(stored.has_value(), "what is imported can be stored and read");
  return 0;
}
