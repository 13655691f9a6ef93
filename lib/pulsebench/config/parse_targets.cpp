#include <fmt/format.h>

#include "pulsebench/config/load.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::config {
namespace {

using json::Bounds;
using json::Reader;

void read_target(Reader& fields, Targets& targets) {
  fields.know_only({"id", "max_ns_per_op", "max_allocations_per_op", "source"});
  const std::string id = fields.text("id", json::kPrintable);
  const bool of_heap = fields.has("max_allocations_per_op");
  if (!of_heap) fields.require("max_ns_per_op");
  Target target;
  if (fields.has("max_ns_per_op")) target.cost = NsPerOp{fields.real("max_ns_per_op", 0.001, 1e12)};
  if (of_heap) target.allocations = fields.real("max_allocations_per_op", 0.0, 1e12);
  std::string source;
  fields.read("source", source, json::kPrintable);
  if (const auto checked = BenchmarkId::parse(id); !checked) {
    fields.note("id", fmt::format("is unusable: {}", checked.error().message));
  }
  if (!targets.emplace(id, target).second) {
    fields.note("id", fmt::format("names '{}' a second time", printable(id, 60)));
  }
}

}  // namespace

Result<Targets> parse_targets(std::string_view text, std::string_view file_name) {
  PB_TRY(const json::Value parsed, json::parse(text, file_name));
  json::Problem problem;
  Reader fields{parsed, problem};
  fields.know_only({"schema", "version", "targets"});
  const json::Value* schema = fields.require("schema");
  if (schema != nullptr && *schema != "pulsebench-targets") {
    fields.note("schema", "must be \"pulsebench-targets\"");
  }
  const json::Value* version = fields.require("version");
  if (version != nullptr && *version != 1) {
    fields.note("version", "must be 1; a newer pulsebench may have written the file");
  }
  Targets targets;
  fields.each("targets", 1'000'000, [&](Reader& target) { read_target(target, targets); });
  if (problem.noted()) return problem.in(file_name);
  return targets;
}

}  // namespace pulsebench::config
