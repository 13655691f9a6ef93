#include "pulsebench/profile/callgrind_profile.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::profile {
namespace {

Failure wrong(const std::string& what) {
  return fail(ErrorCode::bad_input, "callgrind's dump is not usable: " + what);
}

std::optional<std::uint64_t> decimal_or_hex(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x")) {
    base = 16;
    text.remove_prefix(2);
  }
  return number_in<std::uint64_t>(text, base);
}

/// Names of one kind, which a dump spells once: "(12) name", then "(12)".
class Names {
 public:
  /// The whole name; empty where the number was not introduced.
  std::optional<std::string> resolve(std::string_view text) {
    const std::size_t close = text.find(')');
    if (!text.starts_with('(') || close == std::string_view::npos) return std::string{text};
    const auto number = decimal_or_hex(text.substr(1, close - 1));
    if (!number) return std::string{text};
    if (close + 2 < text.size()) {
      return known_[*number] = std::string{text.substr(close + 2)};
    }
    const auto found = known_.find(*number);
    if (found == known_.end()) return std::nullopt;
    return found->second;
  }

 private:
  std::unordered_map<std::uint64_t, std::string> known_;
};

/// "f'2" is the second level of a recursion of "f".
std::string without_recursion(std::string name) {
  const std::size_t tick = name.rfind('\'');
  if (tick == std::string::npos || tick == 0 || tick + 1 == name.size()) return name;
  const bool is_level = std::all_of(name.begin() + static_cast<std::ptrdiff_t>(tick) + 1,
                                    name.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_level) name.resize(tick);
  return name;
}

/// Follows the lines of a dump.
class DumpReading {
 public:
  /// Returns what is wrong with the line; empty where nothing is.
  std::string take(std::string_view line) {
    if (line.empty() || line.front() == '#') return {};
    if (std::string_view{"0123456789+-*"}.find(line.front()) != std::string_view::npos) {
      return take_costs(line);
    }
    const std::size_t end = line.find_first_of("=:");
    if (end == std::string_view::npos) return "a line is neither a name nor a cost";
    const std::string_view key = line.substr(0, end);
    std::string_view value = line.substr(end + 1);
    if (line[end] == '=') return take_name(key, value);
    while (value.starts_with(' ')) value.remove_prefix(1);
    return take_header(key, value);
  }

  Result<CallgrindProfile> finish() && {
    if (!total_) return wrong("it is truncated");
    CallgrindCosts sum;
    for (const FunctionCost& function : profile_.functions) sum += function.self;
    if (sum.instructions != *total_) {
      return wrong("the costs of its functions do not add up to its total");
    }
    for (std::size_t i = 0; i < profile_.functions.size(); ++i) {
      for (const auto& [place, costs] : costs_[i]) {
        const auto& [address, file, source_line] = place;
        profile_.functions[i].instructions.push_back(
            {.address = address, .file = file, .line = source_line, .costs = costs});
      }
    }
    return std::move(profile_);
  }

 private:
  using Place = std::tuple<std::uint64_t, std::uint32_t, int>;  // address, file, line

  std::string take_header(std::string_view key, std::string_view value) {
    if (key == "positions") {
      if (value == "instr line") positions_ = 2;
      if (value != "instr line" && value != "line") return "its positions are of another kind";
    } else if (key == "events") {
      events_ = split(value, ' ');
    } else if (key == "totals") {
      total_ = instructions_in(split(value, ' '));
      if (!total_) return "its total is not a number";
    }
    return {};
  }

  std::optional<std::uint64_t> instructions_in(const std::vector<std::string>& numbers) const {
    for (std::size_t i = 0; i < events_.size() && i < numbers.size(); ++i) {
      if (events_[i] == "Ir") return decimal_or_hex(numbers[i]);
    }
    return std::nullopt;
  }

  std::string take_name(std::string_view key, std::string_view value) {
    if (key == "calls" || key == "jump" || key == "jcnd") {
      in_call_ = key == "calls";
      in_jump_ = !in_call_;
      return {};
    }
    const bool is_function = key == "fn" || key == "cfn" || key == "jfn";
    const bool is_object = key == "ob" || key == "cob" || key == "job";
    auto name = (is_function ? functions_ : is_object ? objects_ : files_).resolve(value);
    if (!name) return "a name is used before it is introduced";
    if (key == "fn") {
      function_ = function_number(without_recursion(*std::move(name)), object_);
    } else if (key == "cfn") {
      callee_ =
          function_number(without_recursion(*std::move(name)), callee_object_.value_or(object_));
      callee_object_.reset();
    } else if (key == "ob") {
      object_ = *std::move(name);
    } else if (key == "cob") {
      callee_object_ = *std::move(name);
    } else if (key == "fl" || key == "fi" || key == "fe") {
      file_ = file_number(*std::move(name));
    }
    return {};
  }

  std::string take_costs(std::string_view line) {
    if (!function_) return "a cost stands before the first function";
    std::vector<std::string> words = split(line, ' ');
    std::erase(words, "");
    if (words.size() < positions_) return "a position is incomplete";
    auto position = position_;
    for (std::size_t i = 0; i < positions_; ++i) {
      if (!move(position[2 - positions_ + i], words[i])) return "a position is not a number";
    }
    if (!in_call_)
      position_ = position;  // callgrind writes the next line relative to the last cost
    CallgrindCosts costs;
    for (std::size_t i = positions_; i < words.size(); ++i) {
      const auto count = decimal_or_hex(words[i]);
      if (!count || i - positions_ >= events_.size()) return "a cost is not a number";
      add(costs, events_[i - positions_], *count);
    }
    FunctionCost& function = profile_.functions[*function_];
    if (in_call_) {  // the cost of a call includes the callee's
      if (callee_) function.calls.push_back({position[0], *callee_, costs.instructions});
    } else if (!in_jump_) {
      function.self += costs;
      const int source_line = static_cast<int>(std::min<std::uint64_t>(position[1], 1U << 30U));
      costs_[*function_][{position[0], file_, source_line}] += costs;
    }
    in_call_ = in_jump_ = false;
    return {};
  }

  /// Moves a position as "+3", "-3", "*" or a number says.
  static bool move(std::uint64_t& position, std::string_view word) {
    if (word == "*") return true;
    const char sign = word.front();
    if (sign == '+' || sign == '-') word.remove_prefix(1);
    const auto number = decimal_or_hex(word);
    if (!number) return false;
    position = sign == '+' ? position + *number : sign == '-' ? position - *number : *number;
    return true;
  }

  static void add(CallgrindCosts& costs, std::string_view event, std::uint64_t count) {
    if (event == "Ir") costs.instructions += count;
    if (event == "Bc" || event == "Bi") costs.branches += count;
    if (event == "Bcm" || event == "Bim") costs.branch_misses += count;
    if (event == "sysCount") costs.system_calls += count;
  }

  std::uint32_t file_number(std::string name) {
    const auto next = static_cast<std::uint32_t>(profile_.files.size());
    const auto [found, is_new] = file_numbers_.try_emplace(name, next);
    if (is_new) profile_.files.push_back(std::move(name));
    return found->second;
  }

  std::uint32_t function_number(std::string name, const std::string& object) {
    const auto next = static_cast<std::uint32_t>(profile_.functions.size());
    const auto [found, is_new] = function_numbers_.try_emplace({object, name}, next);
    if (is_new) {
      profile_.functions.push_back({.name = std::move(name), .object = object, .file = file_});
      costs_.emplace_back();
    }
    // A callee is known by its name first, and by its file once its own costs follow.
    if (FunctionCost& function = profile_.functions[found->second];
        function.self == CallgrindCosts{} && costs_[found->second].empty()) {
      function.file = file_;
    }
    return found->second;
  }

  static constexpr const char* kUnknown = "???";  // as callgrind writes it

  CallgrindProfile profile_{.files = {kUnknown}, .functions = {}};
  std::vector<std::map<Place, CallgrindCosts>> costs_;  // of each function
  Names functions_, objects_, files_;
  std::map<std::string, std::uint32_t> file_numbers_{{kUnknown, 0}};
  std::map<std::pair<std::string, std::string>, std::uint32_t> function_numbers_{};
  std::vector<std::string> events_;
  std::size_t positions_ = 1;
  std::array<std::uint64_t, 2> position_{};  // address, line
  std::string object_;
  std::optional<std::string> callee_object_;
  std::uint32_t file_ = 0;
  std::optional<std::uint32_t> function_, callee_;
  bool in_call_ = false, in_jump_ = false;
  std::optional<std::uint64_t> total_;
};

}  // namespace

CallgrindCosts& CallgrindCosts::operator+=(const CallgrindCosts& other) {
  instructions += other.instructions;
  branches += other.branches;
  branch_misses += other.branch_misses;
  system_calls += other.system_calls;
  return *this;
}

Result<CallgrindProfile> read_callgrind_profile(std::string_view text) {
  DumpReading reading;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const std::string fault = reading.take(text.substr(0, end)); !fault.empty()) {
      return wrong(fault);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(reading).finish();
}

}  // namespace pulsebench::profile
