#include "pulsebench/report/explanation_json.hpp"

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "pulsebench/render/text.hpp"
#include "pulsebench/report/explanation_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kMostInstructions = 1e18;  // per operation
constexpr double kMostNs = 1e18;            // per operation
constexpr json::Bounds kInstructions{-kMostInstructions, kMostInstructions};

/// Empty where the field is null.
std::optional<double> instructions_in(json::Reader& fields, const char* key) {
  const json::Value* value = fields.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return fields.real(key, kInstructions.low, kInstructions.high);
}

void add_source(Json& json, const std::optional<SourceLine>& where) {
  if (!where) return;
  json["source"] = {{"file", printable(where->file, render::kLongestText)}, {"line", where->line}};
}

std::optional<InlinedChange> inlined_in(json::Reader& function) {
  auto fields = function.child("inlined");
  if (!fields) return std::nullopt;
  return InlinedChange{.name = fields->text("function"),
                       .where = read_source(*fields),
                       .difference = fields->real("difference_instructions_per_op",
                                                  kInstructions.low, kInstructions.high)};
}

}  // namespace

nlohmann::ordered_json explanation_json(const compare::Judged& judged) {
  const Explanation& explanation = *judged.explanation;
  Json json = {{"text", printable(describe_explanation(judged), render::kLongestText)}};
  if (const auto& time = explanation.time) {
    json["time"] = {{"function", printable(time->name, render::kLongestText)},
                    {"change_ns_per_op", time->change_ns},
                    {"low_ns_per_op", time->low_ns},
                    {"high_ns_per_op", time->high_ns}};
  }
  if (!explanation.not_timed.empty()) {
    json["not_timed_because"] = printable(explanation.not_timed, render::kLongestText);
  }
  if (!explanation.counted()) {
    json["reason"] = printable(explanation.reason, render::kLongestText);
    return json;
  }
  json["base_instructions_per_op"] = explanation.base;
  json["candidate_instructions_per_op"] = explanation.candidate;
  json["operations"] = explanation.operations;
  Json functions = Json::array();
  for (const FunctionChange& change : explanation.functions) {
    const auto count = [](const std::optional<double>& side) {
      return side ? Json(*side) : Json(nullptr);
    };
    Json function = {{"function", printable(change.name, render::kLongestText)},
                     {"base_instructions_per_op", count(change.base)},
                     {"candidate_instructions_per_op", count(change.candidate)}};
    if (!change.object.empty()) {
      function["object"] = printable(change.object, render::kLongestText);
    }
    add_source(function, change.where);
    if (const auto& inlined = change.inlined) {
      function["inlined"] = {{"function", printable(inlined->name, render::kLongestText)},
                             {"difference_instructions_per_op", inlined->difference}};
      add_source(function["inlined"], inlined->where);
    }
    functions.push_back(std::move(function));
  }
  json["functions"] = std::move(functions);
  return json;
}

std::optional<SourceLine> read_source(json::Reader& fields) {
  auto source = fields.child("source");
  if (!source) return std::nullopt;
  return SourceLine{.file = source->text("file"),
                    .line = source->small("line", 1, std::numeric_limits<int>::max())};
}

std::optional<Explanation> read_explanation(json::Reader& benchmark) {
  auto fields = benchmark.child("explanation");
  if (!fields) return std::nullopt;
  Explanation explanation;
  if (auto time = fields->child("time")) {
    const auto ns = [&](const char* key) { return time->real(key, -kMostNs, kMostNs); };
    explanation.time = FunctionTime{.name = time->text("function"),
                                    .change_ns = ns("change_ns_per_op"),
                                    .low_ns = ns("low_ns_per_op"),
                                    .high_ns = ns("high_ns_per_op")};
  }
  fields->read("not_timed_because", explanation.not_timed, json::TextBounds{});
  if (fields->has("reason")) {
    explanation.reason = fields->text("reason");
    return explanation;
  }
  explanation.base =
      fields->real("base_instructions_per_op", kInstructions.low, kInstructions.high);
  explanation.candidate =
      fields->real("candidate_instructions_per_op", kInstructions.low, kInstructions.high);
  explanation.operations = fields->whole("operations", 0, UINT64_MAX);
  fields->each("functions", Explanation::kMostFunctions, [&](json::Reader& function) {
    explanation.functions.push_back(
        {.name = function.text("function"),
         .object = function.has("object") ? function.text("object") : std::string{},
         .where = read_source(function),
         .base = instructions_in(function, "base_instructions_per_op"),
         .candidate = instructions_in(function, "candidate_instructions_per_op"),
         .inlined = inlined_in(function)});
  });
  return explanation;
}

}  // namespace pulsebench::report
