#include "pulsebench/baseline/approvals.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::baseline {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kLargestChange = 1e6;      // per cent
constexpr Percent kLargestThreshold{1000};  // of the configuration

Json json_of(const Approval& approval) {
  return {{"id", approval.id.text()},
          {"reason", approval.reason},
          {"by", approval.by},
          {"on", approval.on},
          {"until", approval.until.empty() ? Json(nullptr) : Json(approval.until)},
          {"change_percent", approval.change.value},
          {"up_to_percent", approval.up_to.value},
          {"benchmark_version", approval.benchmark_version},
          {"base_run", approval.base_run},
          {"base_commit", approval.base_commit},
          {"candidate_commit", approval.candidate_commit}};
}

std::string read_day(json::Reader& fields, const char* key) {
  std::string day = fields.text(key);
  if (!is_day(day)) fields.note(key, "must be a day such as 2026-01-31");
  return day;
}

void read_approval(json::Reader& fields, std::vector<Approval>& approvals) {
  constexpr json::TextBounds kNotEmpty{.least = 1};
  const auto id = BenchmarkId::parse(fields.text("id"));
  if (!id) return fields.note("id", "is unusable: " + id.error().message);
  const json::Value* until = fields.find("until");
  approvals.push_back(
      {.id = *id,
       .benchmark_version = fields.small("benchmark_version", 1, 1'000'000),
       .base_run = fields.text("base_run", kNotEmpty),
       .change = Percent{fields.real("change_percent", -100, kLargestChange)},
       .up_to = Percent{fields.real("up_to_percent", 0, kLargestChange)},
       .reason = fields.text("reason", kNotEmpty),
       .by = fields.text("by"),
       .on = read_day(fields, "on"),
       .until = until == nullptr || until->is_null() ? "" : read_day(fields, "until"),
       .base_commit = fields.text("base_commit"),
       .candidate_commit = fields.text("candidate_commit")});
  const Approval& read = approvals.back();
  const Percent ceiling = ceiling_of(std::max(read.change, Percent{0}), kLargestThreshold);
  if (ceiling < read.up_to) {
    fields.note("up_to_percent", "is more than a change of 'change_percent' can allow");
  }
}

void check_format(json::Reader& fields) {
  const json::Value* schema = fields.find("schema");
  if (schema == nullptr || *schema != kApprovalsSchemaId) {
    fields.note("schema", fmt::format("must be \"{}\": the file has none of pulsebench's approvals",
                                      kApprovalsSchemaId));
  }
  const int version = fields.small("schema_version", 1, 1'000'000);
  if (version > kApprovalsSchemaVersion) {
    fields.note("schema_version",
                fmt::format("is {}, and this pulsebench reads up to {}; take a newer one", version,
                            kApprovalsSchemaVersion));
  }
}

}  // namespace

Percent ceiling_of(Percent change, Percent threshold) {
  const double passes = 100.0 * (change.factor() * threshold.factor() - 1.0);
  return Percent{std::ceil(std::max(passes, threshold.value) * 100.0 - 1e-6) / 100.0};
}

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t from, std::size_t digits) {
    unsigned value = 0;
    const char* const end = text.data() + from + digits;
    const auto [stop, error] = std::from_chars(text.data() + from, end, value);
    return error == std::errc{} && stop == end ? value : 0U;
  };
  const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(number(0, 4))},
                                        std::chrono::month{number(5, 2)},
                                        std::chrono::day{number(8, 2)}};
  return day.ok() && day.year() > std::chrono::year{0};
}

std::vector<Approval> with_approval(std::vector<Approval> approvals, Approval fresh) {
  std::erase_if(approvals, [&](const Approval& one) {
    return one.id == fresh.id && one.base_run == fresh.base_run;
  });
  approvals.push_back(std::move(fresh));
  std::ranges::sort(approvals, [](const Approval& a, const Approval& b) {
    return std::tie(a.id, a.base_run) < std::tie(b.id, b.base_run);
  });
  return approvals;
}

std::string encode_approvals(const std::vector<Approval>& approvals) {
  Json list = Json::array();
  for (const Approval& approval : approvals) list.push_back(json_of(approval));
  const Json document{{"schema", kApprovalsSchemaId},
                      {"schema_version", kApprovalsSchemaVersion},
                      {"approved", std::move(list)}};
  return json::document_text(document);
}

Result<std::vector<Approval>> decode_approvals(std::string_view text, std::string_view file_name) {
  PB_TRY(const json::Value parsed, json::parse(text, file_name));
  json::Problem problem;
  json::Reader fields{parsed, problem};
  check_format(fields);
  std::vector<Approval> approvals;
  fields.each("approved", 1'000'000,
              [&](json::Reader& approval) { read_approval(approval, approvals); });
  if (problem.noted()) return problem.in(file_name);
  return approvals;
}

}  // namespace pulsebench::baseline
