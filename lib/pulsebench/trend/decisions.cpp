#include "pulsebench/trend/decisions.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::trend {
namespace {

constexpr json::Format kDecisionsFormat{.schema = kDecisionsSchemaId,
                                        .version_key = "schema_version",
                                        .newest = kDecisionsSchemaVersion,
                                        .otherwise = "the file has no decisions about trends"};

using Json = nlohmann::ordered_json;

constexpr const char* kFile = "baselines/trend.json";
constexpr std::size_t kMostDecisionBytes = 16U << 20U;
constexpr std::size_t kMostDecisions = 100'000;

Json json_of(const std::vector<Decision>& list) {
  Json all = Json::array();
  for (const Decision& one : list) {
    all.push_back({{"id", one.id.text()},
                   {"night", one.night},
                   {"reason", one.reason},
                   {"by", one.by},
                   {"on", one.on}});
  }
  return all;
}

std::string read_decision_day(json::Reader& fields, const char* key) {
  std::string day = fields.text(key);
  if (!baseline::is_day(day)) fields.note(key, "must be a day such as 2026-01-31");
  return day;
}

std::vector<Decision> read_list(json::Reader& document, const char* key) {
  std::vector<Decision> list;
  document.each(key, kMostDecisions, [&](json::Reader& fields) {
    fields.know_only({"id", "night", "reason", "by", "on"});
    const auto id = BenchmarkId::parse(fields.text("id"));
    if (!id) return fields.note("id", "is unusable: " + id.error().message);
    list.push_back({.id = *id,
                    .night = read_decision_day(fields, "night"),
                    .reason = fields.text("reason", {.least = 1}),
                    .by = fields.text("by"),
                    .on = read_decision_day(fields, "on")});
  });
  return list;
}

}  // namespace

std::vector<Decision> with_decision(std::vector<Decision> list, Decision fresh) {
  std::erase_if(
      list, [&](const Decision& one) { return one.id == fresh.id && one.night == fresh.night; });
  list.push_back(std::move(fresh));
  std::ranges::sort(list, [](const Decision& a, const Decision& b) {
    return std::tie(a.id, a.night) < std::tie(b.id, b.night);
  });
  return list;
}

std::string encode_decisions(const Decisions& decisions) {
  return json::document_text(Json{{"schema", kDecisionsSchemaId},
                                  {"schema_version", kDecisionsSchemaVersion},
                                  {"accepted", json_of(decisions.accepted)},
                                  {"resets", json_of(decisions.resets)}});
}

Result<Decisions> decode_decisions(std::string_view text, std::string_view file_name) {
  return json::read_document<Decisions>(
      text, file_name, kDecisionsFormat, [](json::Reader& fields, Decisions& decisions) {
        fields.know_only({"schema", "schema_version", "accepted", "resets"});
        decisions = {read_list(fields, "accepted"), read_list(fields, "resets")};
      });
}

std::string decisions_file(const baseline::Store& store) {
  return (store.files().path() / kFile).string();
}

Result<Decisions> read_decisions(const baseline::Store& store) {
  const auto text = store.files().read(kFile, 0, kMostDecisionBytes);
  if (text) return decode_decisions(*text, decisions_file(store));
  if (text.error().code == ErrorCode::not_found) return Decisions{};
  return Failure{text.error()};
}

Result<void> change_decisions(const baseline::Store& store,
                              const std::function<Result<Decisions>(Decisions)>& change) {
  PB_TRY(const auto held, store.lock());
  PB_TRY(auto before, read_decisions(store));
  PB_TRY(const auto after, change(std::move(before)));
  return store.files().write(kFile, encode_decisions(after));
}

}  // namespace pulsebench::trend
