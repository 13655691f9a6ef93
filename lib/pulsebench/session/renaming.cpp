#include "pulsebench/session/renaming.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

/// Where the expression ends; npos where there is no name.
std::size_t end_of_expression(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '=' && (i < 2 || text.substr(i - 2, 2) != "(?")) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// The largest group that the name refers to.
unsigned largest_group(std::string_view name) {
  unsigned largest = 0;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    if (name[i] != '$') continue;
    ++i;
    if (std::isdigit(static_cast<unsigned char>(name[i])) == 0) continue;
    largest = std::max(largest, static_cast<unsigned>(name[i] - '0'));
  }
  return largest;
}

constexpr std::size_t kLongestExpression = 1000;  // std::regex descends into it

/// An expression that is matched without backtracking, and so in bounded time.
Result<std::regex> compile_bounded(const std::string& expression) {
  if (expression.size() > kLongestExpression) {
    return fail(ErrorCode::bad_input,
                "an expression has at most " + std::to_string(kLongestExpression) +
                    " bytes, and it has " + std::to_string(expression.size()));
  }
  auto flags = std::regex::ECMAScript;
#ifdef __GLIBCXX__
  flags |= std::regex_constants::__polynomial;
#endif
  try {
    return std::regex{expression, flags};
  } catch (const std::regex_error& error) {
    const auto code = error.code();
    const char* why = code == std::regex_constants::error_complexity ? "it has back references"
                      : code == std::regex_constants::error_space    ? "it is too large"
                                                                     : error.what();
    return fail(ErrorCode::bad_input,
                "'" + printable(expression, 200) + "' is not a valid regular expression: " + why);
  }
}

Failure meets_other(const BenchmarkId& id, const std::string& one, const std::string& other) {
  return fail(ErrorCode::bad_input, "'" + one + "' and '" + other +
                                        "' of the old side would both be '" + id.text() +
                                        "'; narrow the expression");
}

}  // namespace

Result<Renaming> Renaming::parse(const std::string& text) {
  const std::size_t end = end_of_expression(text);
  if (end == std::string::npos || end == 0 || end + 1 == text.size()) {
    return fail(ErrorCode::bad_input, "not '" + printable(text, 200) +
                                          "'; give an expression and a name, as in "
                                          "'BM_old/(.*)=BM_new/$1'");
  }
  std::string name = text.substr(end + 1);
  PB_TRY(auto pattern, compile_bounded(text.substr(0, end)));
  if (const unsigned group = largest_group(name); group > pattern.mark_count()) {
    return fail(ErrorCode::bad_input, "'" + printable(name, 200) + "' refers to group " +
                                          std::to_string(group) + ", and the expression has " +
                                          std::to_string(pattern.mark_count()));
  }
  return Renaming{text, std::move(pattern), std::move(name)};
}

std::optional<std::string> Renaming::apply(const std::string& id) const {
  std::smatch match;
  if (!std::regex_match(id, match, pattern_)) return std::nullopt;
  return match.format(name_);
}

Result<Renamed> rename_all(const std::vector<BenchmarkId>& ids, const std::vector<Renaming>& rules,
                           Meets meets) {
  Renamed renamed;
  std::map<BenchmarkId, std::string> taken;
  std::set<const Renaming*> used;
  const auto take = [&](const BenchmarkId& id, const BenchmarkId& old_id) -> Result<void> {
    const auto [found, is_new] = taken.emplace(id, old_id.text());
    if (!is_new) return meets_other(id, found->second, old_id.text());
    return {};
  };
  for (const BenchmarkId& old_id : ids) {
    std::optional<std::string> text;
    for (auto rule = rules.begin(); rule != rules.end() && !text; ++rule) {
      text = rule->apply(old_id.text());
      if (text) used.insert(&*rule);
    }
    if (!text) {
      if (meets == Meets::every_id) PB_CHECK(take(old_id, old_id));
      continue;
    }
    PB_TRY(const auto& id, BenchmarkId::parse(*text));
    PB_CHECK(take(id, old_id));
    renamed.old_ids.emplace(id, old_id);
  }
  for (const Renaming& rule : rules) {
    if (used.count(&rule) == 0) renamed.unused.push_back(rule.text());
  }
  return renamed;
}

}  // namespace pulsebench::session
