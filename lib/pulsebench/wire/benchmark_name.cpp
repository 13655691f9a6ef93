#include "pulsebench/wire/benchmark_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::wire {

std::string id_of(const std::string& name) {
  constexpr std::array<std::string_view, 7> kConfiguration{
      "min_time:",   "min_warmup_time:", "iterations:", "repeats:",
      "manual_time", "real_time",        "process_time"};
  std::string id;
  for (const std::string& part : split(name, '/')) {
    const bool configures =
        std::any_of(kConfiguration.begin(), kConfiguration.end(), [&](std::string_view prefix) {
          return std::string_view{part}.substr(0, prefix.size()) == prefix;
        });
    if (configures && !id.empty()) continue;
    if (!id.empty()) id += '/';
    id += part;
  }
  return id;
}

std::string filter_for(const std::string& name) {
  std::string pattern = "^";
  for (const char c : name) {
    // `]` and `}` stand for themselves; std::regex refuses a backslash before them.
    if (std::string_view{R"(\^$.|?*+()[{)"}.find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern + "$";
}

bool is_timed_by_hand(const std::string& name) { return has_part(name, "manual_time", '/'); }

double min_time_of(const std::string& name) {
  constexpr std::string_view kKey = "/min_time:";
  const auto at = name.rfind(kKey);
  double seconds = 0.0;
  if (at != std::string::npos) {
    std::from_chars(name.data() + at + kKey.size(), name.data() + name.size(), seconds);
  }
  return seconds > 0.0 ? seconds : 0.0;
}

int threads_of(const std::string& id) {
  constexpr std::string_view kKey = "/threads:";
  const auto at = id.rfind(kKey);
  if (at == std::string::npos) return 1;
  int threads = 1;
  const char* const begin = id.data() + at + kKey.size();
  std::from_chars(begin, id.data() + id.size(), threads);
  return std::max(threads, 1);
}

}  // namespace pulsebench::wire
