#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/page.hpp"
#include "pulsebench/trend/verdict.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// What `trend` says, and the document that it writes with `--format json`.
namespace pulsebench::report {

inline constexpr std::string_view kTrendSchema = "pulsebench-trend";
inline constexpr int kTrendVersion = 1;

/// The page of the trends. With `all`, every benchmark and every change has a line. The page refers
/// to `trends`, which must outlive it.
[[nodiscard]] render::Page trend_page(const std::vector<trend::Trend>& trends,
                                      const trend::VerdictRule& rule, bool all = false);

/// The document, `docs/trend.schema.json`. Pure.
[[nodiscard]] std::string trend_json(const std::vector<trend::Trend>& trends,
                                     const trend::VerdictRule& rule);

/// Trends that were stored.
struct StoredTrends {
  std::vector<trend::Trend> trends;
  trend::VerdictRule rule;
};

/// Reads a trend document back, so that its page says what it said then. `bad_input`, naming the
/// file and the field, where `text` is torn, not a trend, of a newer version, or not consistent.
/// Pure.
[[nodiscard]] Result<StoredTrends> read_trends(std::string_view text, std::string_view file_name);

}  // namespace pulsebench::report
