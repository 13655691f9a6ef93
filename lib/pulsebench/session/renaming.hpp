#pragma once

#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// A rule that gives benchmarks of the old side other ids: `REGEX=NAME`, as in
/// `BM_UFlat/(.*)=BM_UFlat/$1/1`. The expression (ECMAScript without back references) has to match
/// the whole id, in time that grows with the length of the id alone; `$1` to `$9` and `$&` in the
/// name are what its groups and the whole expression matched. The first `=` that is neither escaped
/// nor part of `(?=` ends the expression.
class Renaming {
 public:
  /// `bad_input` where there is no `=`, the expression is not valid, or the name refers to a group
  /// that it does not have.
  [[nodiscard]] static Result<Renaming> parse(const std::string& text);

  /// The new id, unchecked; empty where the expression does not match.
  [[nodiscard]] std::optional<std::string> apply(const std::string& id) const;

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Renaming(std::string text, std::regex pattern, std::string name)
      : text_(std::move(text)), pattern_(std::move(pattern)), name_(std::move(name)) {}

  std::string text_;
  std::regex pattern_;
  std::string name_;
};

/// What rules make of the ids of the old side.
struct Renamed {
  std::map<BenchmarkId, BenchmarkId> old_ids;  ///< by the new id; only those that a rule matched
  std::vector<std::string> unused;             ///< rules that matched nothing

  /// The id that `id` had on the old side.
  [[nodiscard]] const BenchmarkId& old_id(const BenchmarkId& id) const {
    const auto found = old_ids.find(id);
    return found == old_ids.end() ? id : found->second;
  }
};

/// Which ids a new one may not meet.
enum class Meets {
  every_id,    ///< of the old side
  renamed_ids  ///< alone
};

/// Gives each of `ids` the id that the first rule that matches it makes. `bad_input` where that is
/// not an id, and where two benchmarks get the same one, naming both. Pure.
[[nodiscard]] Result<Renamed> rename_all(const std::vector<BenchmarkId>& ids,
                                         const std::vector<Renaming>& rules, Meets meets);

}  // namespace pulsebench::session
