#pragma once

#include <string>

#include "pulsebench/compare/proof.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

inline constexpr const char* kProofSchemaId = "pulsebench-proof";
inline constexpr int kProofSchemaVersion = 1;

/// How often the gate erred here, in one sentence. No line break. Pure.
[[nodiscard]] std::string headline(const compare::Proof& proof);

/// The sentence, then a line for each threshold and truth, with rates and their intervals, and the
/// seconds a decision took. Ends in a newline. Pure.
[[nodiscard]] std::string proof_table(const compare::Proof& proof, const render::Style& style);

/// The same as GitHub-flavoured Markdown.
[[nodiscard]] std::string proof_markdown(const compare::Proof& proof);

/// The same for programs; `docs/result.schema.json` describes it.
[[nodiscard]] std::string proof_json(const compare::Proof& proof, int exit_code);

}  // namespace pulsebench::report
