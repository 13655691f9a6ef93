#include "completion_values.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "pulsebench/counters/catalogue.hpp"
#include "pulsebench/counters/events.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::app {
namespace {

/// Longer results are not read: to find the ids in 48 MB takes 20 ms.
constexpr std::uintmax_t kMostBytes = 48U << 20U;
constexpr std::size_t kLongestName = 300;

/// Returns true for text that no shell interprets once it is quoted, and no terminal either.
bool is_harmless(std::string_view text) {
  constexpr std::string_view kAllowed = "_./:,+@%=<>-";
  if (text.empty() || text.size() > kLongestName || text.front() == '-') return false;
  return std::ranges::all_of(text, [&](char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
           kAllowed.find(byte) != std::string_view::npos;
  });
}

Candidates described(const std::vector<std::string>& texts, const char* description) {
  Candidates candidates;
  for (const std::string& text : texts) {
    if (is_harmless(text)) candidates.push_back({text, description});
  }
  return candidates;
}

Candidates baseline_values(const session::Workspace& workspace) {
  const auto names = workspace.store.names();
  return names ? described(*names, "baseline") : Candidates{};
}

Candidates result_values(const session::Workspace& workspace) {
  Candidates candidates{{"last", "the newest complete run"}};
  for (Candidate& one : baseline_values(workspace)) candidates.push_back(std::move(one));
  return candidates;
}

Candidates id_values(const session::Workspace& workspace) {
  return described(workspace.store.newest_ids(kMostBytes), "benchmark");
}

Candidates injection_values(const session::Workspace& workspace) {
  Candidates candidates = id_values(workspace);
  for (Candidate& one : candidates) one.text += '=';
  return candidates;
}

Candidates preset_values(const session::Workspace& workspace) {
  Candidates candidates;
  for (const auto& [name, preset] : workspace.config.presets) {
    if (!is_harmless(name)) continue;
    const bool usual = name == workspace.config.default_preset;
    candidates.push_back({name, usual ? "preset (default)" : "preset"});
  }
  return candidates;
}

Candidates tier_values() {
  return {{"0", "critical"}, {"1", "fast"}, {"2", "concurrent"}, {"3", "system"}};
}

Candidates event_values() {
  Candidates candidates{{"none", "count nothing"}};
  for (const std::string& name : counters::default_events()) candidates.push_back({name, "event"});
  for (const std::string& name : counters::event_names()) {
    if (is_harmless(name)) candidates.push_back({name, "event"});
  }
  return candidates;
}

/// Where values come from. An empty command or option is any.
struct Source {
  std::string_view command, option, metavariable;
  Candidates (*of_project)(const session::Workspace&) = nullptr;
  Candidates (*listed)() = nullptr;  ///< values between commas
};

constexpr std::array kSources{
    Source{"", "--preset", "", preset_values},
    Source{"", "", "TIERS", nullptr, tier_values},
    Source{"", "", "EVENTS", nullptr, event_values},
    Source{"", "", "ID=PERCENT", injection_values},
    Source{"", "", "ID", id_values},
    Source{"", "", "BENCHMARK", id_values},
    Source{"", "--filter", "REGEX", id_values},
    Source{"", "", "RESULT", result_values},
    Source{"", "", "NAME", baseline_values},
    Source{"compare", "", "BASE", result_values},
    Source{"compare", "", "NEW", result_values},
    Source{"report", "", "INPUT", result_values},
    Source{"report", "", "NEW", result_values},
};

bool fits(std::string_view pattern, std::string_view text) {
  return pattern.empty() || pattern == text;
}

const Source* source_of(const WantedValue& wanted) {
  const auto source = std::ranges::find_if(kSources, [&](const Source& one) {
    return fits(one.command, wanted.command) && fits(one.option, wanted.option) &&
           fits(one.metavariable, wanted.metavariable);
  });
  return source == kSources.end() ? nullptr : &*source;
}

/// "0,": "0,1", "0,2" and so on, without what is named already.
Candidates next_of_list(const std::string& typed, Candidates all) {
  const auto comma = typed.rfind(',');
  const std::string before = comma == std::string::npos ? "" : typed.substr(0, comma + 1);
  std::erase_if(all, [&](const Candidate& one) { return has_part(before, one.text, ','); });
  for (Candidate& one : all) one.text.insert(0, before);
  return beginning_with(typed, std::move(all));
}

}  // namespace

Candidates beginning_with(const std::string& typed, Candidates all) {
  std::erase_if(all, [&](const Candidate& one) { return !one.text.starts_with(typed); });
  if (all.size() > kMostCandidates) all.resize(kMostCandidates);
  return all;
}

Candidates values_for(const WantedValue& wanted, const std::string& typed) {
  if (!wanted.words.empty()) return beginning_with(typed, described(wanted.words, ""));
  const Source* const source = source_of(wanted);
  if (source == nullptr) return {};
  if (source->listed != nullptr) return next_of_list(typed, source->listed());
  const auto workspace = session::open_workspace(wanted.root);
  return workspace ? beginning_with(typed, source->of_project(*workspace)) : Candidates{};
}

}  // namespace pulsebench::app
