#include "next_step.hpp"

#include <algorithm>
#include <cctype>

#include "pulsebench/vocabulary/exit_code.hpp"

namespace pulsebench::app {
namespace {

/// The id, where a shell takes it as it stands: it is untrusted text.
std::string plain(const std::string& id) {
  const bool safe = std::all_of(id.begin(), id.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '.';
  });
  return safe ? id : "ID";
}

}  // namespace

render::Next next_after_compare(const compare::Comparison& comparison,
                                const session::CompareRequest& request, int code) {
  if (code == kNothingGates || code == kNotComparable) return {};
  for (const compare::Judged& judged : comparison.benchmarks) {
    const bool fails = judged.gates && judged.verdict == compare::Verdict::regressed;
    if (code != kRegressed || !fails || judged.approved) continue;
    const std::string base = request.base == "main" ? "" : " --base " + request.base;
    return {"fix it, or accept it with a reason",
            "pulsebench baseline approve " + plain(judged.info.id.text()) + base + " --new " +
                request.candidate + " --reason TEXT"};
  }
  if (code == kRegressed) {
    return {"restore what is missing, or accept that it is gone",
            "pulsebench compare " + request.base + " " + request.candidate + " --allow-missing"};
  }
  return {"look closer", "pulsebench run --preset rigorous --like " + request.base +
                             " --save closer && pulsebench compare " + request.base + " closer"};
}

}  // namespace pulsebench::app
