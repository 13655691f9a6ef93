#pragma once

#include <string>

#include "pulsebench/compare/proof.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// How often the gate erred here, in one sentence. No line break. Pure.
[[nodiscard]] std::string headline(const compare::Proof& proof);

/// The sentence, then a line for each threshold and truth, with rates and their intervals, and the
/// seconds a decision took. The page refers to `proof`, which must outlive it;
/// `docs/result.schema.json` describes its document.
[[nodiscard]] render::Page proof_page(const compare::Proof& proof, int exit_code);

}  // namespace pulsebench::report
