#include "pulsebench/baseline/approvals.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pulsebench::baseline {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kLargestChange = 1e6;  // per cent

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

/// Reads the fields of one approval and keeps the first thing that is wrong.
class Reader {
 public:
  Reader(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

  std::string text(const char* key) {
    const Json* field = find(key);
    if (field != nullptr && field->is_string()) return field->get<std::string>();
    refuse(key, "is no text");
    return {};
  }

  std::string some_text(const char* key) {
    std::string found = text(key);
    if (found.empty()) refuse(key, "is empty");
    return found;
  }

  std::string day(const char* key) {
    std::string found = text(key);
    if (!is_day(found)) refuse(key, "is no day such as 2026-01-31");
    return found;
  }

  std::string day_or_null(const char* key) {
    const Json* field = find(key);
    return field == nullptr || field->is_null() ? std::string{} : day(key);
  }

  double number(const char* key, double low) {
    const Json* field = find(key);
    const double found = field != nullptr && field->is_number() ? field->get<double>() : NAN;
    if (found >= low && found <= kLargestChange) return found;
    refuse(key, fmt::format("is no number from {} to {}", low, kLargestChange));
    return low;
  }

  void refuse(const char* key, const std::string& fact) {
    if (fault_.empty()) fault_ = fmt::format("{}.{} {}", place_, key, fact);
  }

  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  const Json* find(const char* key) const {
    if (!json_.is_object()) return nullptr;
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }

  const Json& json_;
  std::string place_;
  std::string fault_;
};

tl::expected<Approval, std::string> read_approval(const Json& json, std::size_t place) {
  Reader reader{json, fmt::format("approved[{}]", place)};
  const auto id = BenchmarkId::parse(reader.text("id"));
  if (!id) return tl::unexpected{fmt::format("approved[{}].id is no benchmark's", place)};
  Approval approval{.id = *id,
                    .benchmark_version = static_cast<int>(reader.number("benchmark_version", 1)),
                    .base_run = reader.some_text("base_run"),
                    .change = Percent{reader.number("change_percent", -100)},
                    .up_to = Percent{reader.number("up_to_percent", 0)},
                    .reason = reader.some_text("reason"),
                    .by = reader.text("by"),
                    .on = reader.day("on"),
                    .until = reader.day_or_null("until"),
                    .base_commit = reader.text("base_commit"),
                    .candidate_commit = reader.text("candidate_commit")};
  if (!reader.fault().empty()) return tl::unexpected{reader.fault()};
  return approval;
}

/// What is wrong with the frame; empty where nothing is.
std::string fault_of_frame(const Json& json) {
  if (json.is_discarded()) return "it is torn, or not JSON";
  if (!json.is_object() || json.value("schema", Json{}) != kApprovalsSchemaId) {
    return fmt::format("its schema is not {}: it is none of pulsebench's approvals",
                       kApprovalsSchemaId);
  }
  const Json version = json.value("schema_version", Json{});
  if (!version.is_number_integer() || version < 1) return "schema_version is no version";
  if (version > kApprovalsSchemaVersion) {
    return fmt::format("schema_version is {}, and this pulsebench reads up to {}; take a newer one",
                       version.dump(), kApprovalsSchemaVersion);
  }
  const auto list = json.find("approved");
  return list == json.end() || !list->is_array() ? "approved is no list" : "";
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
  const Json json{{"schema", kApprovalsSchemaId},
                  {"schema_version", kApprovalsSchemaVersion},
                  {"approved", std::move(list)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::vector<Approval>> decode_approvals(std::string_view json, std::string_view file_name) {
  const auto refuse = [&](const std::string& fault) {
    return fail(ErrorCode::bad_input, fmt::format("{}: {}", printable(file_name), fault));
  };
  const Json parsed = Json::parse(json, nullptr, false);
  if (const std::string fault = fault_of_frame(parsed); !fault.empty()) return refuse(fault);
  std::vector<Approval> approvals;
  for (const Json& item : parsed["approved"]) {
    auto approval = read_approval(item, approvals.size());
    if (!approval) return refuse(approval.error());
    approvals.push_back(*std::move(approval));
  }
  return approvals;
}

}  // namespace pulsebench::baseline
