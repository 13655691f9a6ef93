#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// The content of a file of /sys or /proc without blanks at its end; at most 1 MiB of it.
/// The error says why in a few words that fit behind "unknown: ": "no /proc/cpuinfo".
[[nodiscard]] Result<std::string> read_pseudo_file(const std::filesystem::path& file);

/// The same, with nothing where there is no such file.
[[nodiscard]] Result<std::optional<std::string>> read_unless_absent(
    const std::filesystem::path& file);

/// The same where the reason does not matter.
[[nodiscard]] std::optional<std::string> read_if_there(const std::filesystem::path& file);

/// A whole number alone in a file.
[[nodiscard]] Result<long long> read_number(const std::filesystem::path& file);

/// The same, with nothing where there is no such file.
[[nodiscard]] Result<std::optional<long long>> read_number_unless_absent(
    const std::filesystem::path& file);

/// Reason for a value that is not there: `absent`, unless its file may exist and the error says so.
[[nodiscard]] std::string why_none(const Error& error, const std::string& absent);

/// The chosen word of a choice file: "madvise" of "always [madvise] never"; the whole text where
/// nothing is in brackets.
[[nodiscard]] std::string chosen(const std::string& content);

/// The entries of a folder in a fixed order; none where it cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);

/// Whether `word` is one of the words of `text`, between blanks and ends of lines.
[[nodiscard]] bool has_word(std::string text, const std::string& word);

}  // namespace pulsebench::os
