#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>

namespace pulsebench::app {

/// Answers the scripts of `completions`, which start `pulsebench __complete` with these words:
///
///   words WORD...      The words of the command line up to the cursor; the last is completed. The
///                      answer is one candidate a line, with its description behind a tab.
///   bash BREAKS LINE   The line up to the cursor. The answer is one candidate a line, as it stands
///                      in place of the text behind the last unquoted one of BREAKS.
///
/// The answer is empty where nothing fits. It reads files of the project at most, and writes none.
/// Anybody may have written names in files: those with other bytes than letters, digits and
/// `_ . / : , + @ % = < > -` are left out.
[[nodiscard]] std::string answer_completion(const CLI::App& root,
                                            std::span<const char* const> words);

}  // namespace pulsebench::app
