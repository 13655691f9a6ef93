#pragma once

#include <string>

#include "pulsebench/compare/proof.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

inline constexpr const char* kProofSchemaId = "pulsebench-proof";
inline constexpr int kProofSchemaVersion = 1;

/// How often the gate erred here, in one sentence. No line break. Pure.
[[nodiscard]] std::string headline(const compare::Proof& proof);

/// The sentence, then a line for each threshold and truth, with rates and their intervals, and the
/// seconds a decision took. The page refers to `proof`, which must outlive it.
[[nodiscard]] render::Page proof_page(const compare::Proof& proof, int exit_code);

/// The same for programs; `docs/result.schema.json` describes it.
[[nodiscard]] std::string proof_json(const compare::Proof& proof, int exit_code);

}  // namespace pulsebench::report
