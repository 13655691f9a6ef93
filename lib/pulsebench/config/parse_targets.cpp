#include <fmt/format.h>

#include "pulsebench/config/fields.hpp"
#include "pulsebench/config/load.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::config {
namespace {

using nlohmann::json;

void read_target(const json& value, const std::string& path, Targets& targets, Problem& problem) {
  Fields fields(value, path, {"id", "max_ns_per_op", "max_allocations_per_op", "source"}, problem);
  if (fields.require("id") == nullptr) return;
  const bool of_heap = fields.find("max_allocations_per_op") != nullptr;
  if (!of_heap && fields.require("max_ns_per_op") == nullptr) return;
  std::string id;
  fields.read("id", id);
  Target target;
  if (fields.find("max_ns_per_op") != nullptr) {
    double ns = 0.0;
    fields.read("max_ns_per_op", ns, {0.001, 1e12});
    target.cost = NsPerOp{ns};
  }
  if (of_heap) fields.read("max_allocations_per_op", target.allocations.emplace(), {0.0, 1e12});
  std::string source;
  fields.read("source", source);
  if (const auto checked = BenchmarkId::parse(id); !checked) {
    problem.note(fields.path_of("id"), fmt::format("is unusable: {}", checked.error().message));
  }
  if (!targets.emplace(id, target).second) {
    problem.note(fields.path_of("id"), fmt::format("names '{}' a second time", printable(id, 60)));
  }
}

}  // namespace

Result<Targets> parse_targets(std::string_view text, std::string_view file_name) {
  const Result<json> parsed = parse_json(text, file_name);
  if (!parsed) return Failure{parsed.error()};
  Problem problem(file_name);
  Fields fields(*parsed, "", {"schema", "version", "targets"}, problem);
  const json* schema = fields.require("schema");
  if (schema != nullptr && *schema != "pulsebench-targets") {
    problem.note("schema", "must be \"pulsebench-targets\"");
  }
  const json* version = fields.require("version");
  if (version != nullptr && *version != 1) {
    problem.note("version", "must be 1; a newer pulsebench may have written the file");
  }
  const json* list = fields.require("targets");
  if (list != nullptr && !list->is_array()) problem.note("targets", "must be a list");
  if (problem.noted()) return problem.failure();

  Targets targets;
  for (std::size_t i = 0; i < list->size(); ++i) {
    read_target((*list)[i], fmt::format("targets[{}]", i), targets, problem);
  }
  if (problem.noted()) return problem.failure();
  return targets;
}

}  // namespace pulsebench::config
