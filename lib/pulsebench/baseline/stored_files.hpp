#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/baseline/document.hpp"
#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::baseline {

inline constexpr const char* kBaselines = "baselines";

/// The kind of this machine; null or empty: unknown.
using ThisKind = std::function<std::string()>;

/// What a user means by "main", or by "main/intel-xeon-2.80ghz@1a2b3c4d".
struct BaselineName {
  std::string name;
  std::string kind;  ///< empty: the one that fits
};

/// A document that a reference names, as its text.
struct StoredText {
  std::string text;  ///< with room for what the reader looks at beyond its end
  std::string file_name;
};

/// A file of a baseline, below the root of the project.
struct StoredFile {
  std::string name;
  std::filesystem::path file;
};

/// `bad_input` where it cannot be the name of a baseline.
[[nodiscard]] Result<BaselineName> parse_baseline_name(std::string_view reference);

/// Where the result of a machine of `kind` is stored: `baselines/NAME/KIND.json`; without a kind
/// `baselines/NAME.json`, where versions before 0.3.0 stored every result.
[[nodiscard]] std::filesystem::path file_of(const std::string& name, const std::string& kind);

/// Every file of a baseline, in the order of names.
[[nodiscard]] Result<std::vector<StoredFile>> stored_files(const os::GuardedFolder& files);

/// Their names, each once.
[[nodiscard]] Result<std::vector<std::string>> stored_names(const os::GuardedFolder& files);

/// The text and the result in a file that we found.
[[nodiscard]] Result<StoredText> read_found(const os::GuardedFolder& files,
                                            const std::filesystem::path& file);
[[nodiscard]] Result<Document> read_stored(const os::GuardedFolder& files,
                                           const std::filesystem::path& file, Detail detail);

/// The file that `wanted` means: that of its kind or of this machine's, else the one without a
/// kind. Nothing where there is no file of the name. `not_found` where there are only those of
/// other kinds, which it names. Where the kind of this machine is unknown, the only one fits. A
/// file without a kind wins over that of the kind it was measured on, and so does one that cannot
/// be read: an older version, or a user, put it there since.
[[nodiscard]] Result<std::optional<std::filesystem::path>> find_file(const BaselineName& wanted,
                                                                     const os::GuardedFolder& files,
                                                                     const ThisKind& this_kind);

/// The other file of the baseline `name` that a result of `kind` replaces: the one without a kind,
/// unless it is of another kind; of a result without a kind, the one of this machine.
[[nodiscard]] Result<std::optional<std::filesystem::path>> also_replaced(
    const std::string& name, const std::string& kind, const os::GuardedFolder& files,
    const ThisKind& this_kind);

}  // namespace pulsebench::baseline
