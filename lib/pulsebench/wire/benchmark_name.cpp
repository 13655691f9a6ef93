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
        std::ranges::any_of(kConfiguration, [&](auto prefix) { return part.starts_with(prefix); });
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

namespace {

/// The number behind the last `key` of a name; `otherwise` where there is none.
template <class Number>
Number number_behind(std::string_view key, const std::string& name, Number otherwise) {
  const auto at = name.rfind(key);
  Number number = otherwise;
  if (at != std::string::npos) {
    std::from_chars(name.data() + at + key.size(), name.data() + name.size(), number);
  }
  return number;
}

}  // namespace

double min_time_of(const std::string& name) {
  const double seconds = number_behind("/min_time:", name, 0.0);
  return seconds > 0.0 ? seconds : 0.0;
}

int repetitions_of(const std::string& name) {
  return std::max(number_behind("/repeats:", name, 0), 0);
}

int threads_of(const std::string& id) { return std::max(number_behind("/threads:", id, 1), 1); }

}  // namespace pulsebench::wire
