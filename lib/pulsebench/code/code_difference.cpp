#include "pulsebench/code/code_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "pulsebench/code/canonical_code.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::code {
namespace {

using Symbols = std::vector<ImageSymbol>;

/// "benchmark_uniq_12BM_f" is the same object as "benchmark_uniq_14BM_f" where only one side has
/// each: compilers and macros number their names.
std::string without_digits(const std::string& name) {
  std::string rest = name;
  std::erase_if(rest, [](char c) { return c >= '0' && c <= '9'; });
  return rest;
}

/// Of the C runtime of every program: they see that there are no clones for transactions, from
/// where the data end.
bool is_of_the_runtime(const std::string& name) {
  return name == "register_tm_clones" || name == "deregister_tm_clones";
}

std::set<std::string> names_in(const Symbols& symbols) {
  std::set<std::string> names;
  for (const ImageSymbol& symbol : symbols) names.insert(symbol.name);
  return names;
}

/// A name for each symbol. Those of one name are numbered by their addresses. Whatever is paired by
/// that is compared, so that a wrong pair makes a difference, and never hides one.
std::vector<std::string> common_names(const Symbols& own, const std::set<std::string>& others) {
  std::map<std::string, int> numbers;
  std::vector<std::string> names;
  for (const ImageSymbol& symbol : own) {
    const bool shared = others.contains(symbol.name);
    const std::string name = (symbol.function ? "f " : "o ") +
                             (shared ? symbol.name : "~" + without_digits(symbol.name));
    names.push_back(fmt::format("{} {}", name, numbers[name]++));
  }
  return names;
}

/// One build, taken apart.
struct Side {
  ProgramImage image;
  ProgramCode code;
  CommonNames names = {};

  static Result<Side> read(const BuiltProgram& build) {
    PB_TRY(auto image, ProgramImage::read(build.path));
    PB_TRY(auto code, ProgramCode::read(image));
    code.name_the_rest(image);
    return Side{.image = std::move(image),
                .code = std::move(code),
                .names = {.symbols = {}, .own_words = build.own_words}};
  }
};

/// Compares what two sides have under one name.
class Comparing {
 public:
  Comparing(const Side& old_side, const Side& new_side)
      : sides_{&old_side, &new_side},
        code_{CanonicalCode{old_side.image, old_side.code, old_side.names},
              CanonicalCode{new_side.image, new_side.code, new_side.names}} {
    for (std::size_t side = 0; side < 2; ++side) {
      const auto& names = sides_[side]->names.symbols;
      for (std::size_t i = 0; i < names.size(); ++i) {
        numbers_[side].emplace(names[i], static_cast<int>(i));
      }
    }
  }

  /// Whether what runs at the start is the same.
  bool same_start_up() { return same(code_[0].start_up(), code_[1].start_up()); }

  std::vector<ChangedFunction> changed(std::size_t side) {
    std::vector<ChangedFunction> found;
    const Symbols& symbols = sides_[side]->image.symbols();
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      if (!symbols[i].function || is_of_the_runtime(symbols[i].name)) continue;
      const auto& name = sides_[side]->names.symbols[i];
      if (!same_function(name)) add_entries(symbols[i], sides_[side]->code, found);
    }
    return found;
  }

 private:
  using Numbers = std::unordered_map<std::string, int>;

  /// Code without a symbol may be entered anywhere.
  static void add_entries(const ImageSymbol& function, const ProgramCode& code,
                          std::vector<ChangedFunction>& to) {
    to.push_back({function.address, function.name});
    if (!function.nameless) return;
    for (const Instruction& instruction : code.of(function).subspan(1)) {
      to.push_back({instruction.address, function.name});
    }
  }

  bool same_function(const std::string& name) {
    const auto known = functions_.find(name);
    if (known != functions_.end()) return known->second;
    const auto old_one = numbers_[0].find(name), new_one = numbers_[1].find(name);
    const bool both = old_one != numbers_[0].end() && new_one != numbers_[1].end();
    const bool equal =
        both && same(code_[0].function(old_one->second), code_[1].function(new_one->second));
    functions_[name] = equal;
    return equal;
  }

  /// Equal texts name equal objects; those are looked at by the names of the old side.
  bool same(const Canonical& before, const Canonical& after) {
    return !before.unknown && !after.unknown && before.text == after.text &&
           std::ranges::all_of(before.objects, [&](int i) { return same_object(i); });
  }

  /// An object and all that can be reached from it.
  bool same_object(int start) {
    std::vector<int> todo{start};
    std::set<int> seen{start};
    while (!todo.empty()) {
      const int number = todo.back();
      todo.pop_back();
      if (same_objects_.contains(number)) continue;
      const ObjectState& object = state_of(number);
      if (!object.same) return false;
      for (const int next : object.objects) {
        if (seen.insert(next).second) todo.push_back(next);
      }
    }
    same_objects_.insert(seen.begin(), seen.end());
    return true;
  }

  struct ObjectState {
    bool same = false;
    std::set<int> objects = {};
  };

  const ObjectState& state_of(int old_number) {
    const auto known = objects_.find(old_number);
    if (known != objects_.end()) return known->second;
    ObjectState state;
    const auto& name = sides_[0]->names.symbols[static_cast<std::size_t>(old_number)];
    const auto new_one = numbers_[1].find(name);
    if (new_one != numbers_[1].end()) {
      Canonical before = code_[0].object(old_number);
      const Canonical after = code_[1].object(new_one->second);
      state.same = !before.unknown && !after.unknown && before.text == after.text;
      state.objects = std::move(before.objects);
    }
    return objects_.emplace(old_number, std::move(state)).first->second;
  }

  std::array<const Side*, 2> sides_;
  std::array<CanonicalCode, 2> code_;
  std::array<Numbers, 2> numbers_;
  std::unordered_map<std::string, bool> functions_;
  std::unordered_map<int, ObjectState> objects_;
  std::unordered_set<int> same_objects_;  // with all that can be reached from them
};

}  // namespace

Result<CodeDifference> difference_of(const BuiltProgram& old_build, const BuiltProgram& new_build) {
  PB_TRY(const auto before, os::sha256_of_file(old_build.path));
  PB_TRY(const auto now, os::sha256_of_file(new_build.path));
  if (before == now) return CodeDifference{};
  PB_TRY(auto old_side, Side::read(old_build));
  PB_TRY(auto new_side, Side::read(new_build));
  const auto& old_symbols = old_side.image.symbols();
  const auto& new_symbols = new_side.image.symbols();
  old_side.names.symbols = common_names(old_symbols, names_in(new_symbols));
  new_side.names.symbols = common_names(new_symbols, names_in(old_symbols));
  Comparing comparing{old_side, new_side};
  if (!comparing.same_start_up()) {
    return fail(ErrorCode::not_comparable,
                "what the program runs before main, or the initial values of its threads, changed");
  }
  return CodeDifference{{comparing.changed(0), comparing.changed(1)}};
}

}  // namespace pulsebench::code
