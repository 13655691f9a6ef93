#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::tune {

/// One changed setting, or one about to be changed. Contents are exact bytes.
struct Change {
  std::string path;
  std::string before;
  std::string after;
  bool operator==(const Change&) const = default;
};

/// Contents of a journal. Each line has its own CRC-32, and a damaged line is ignored. The last
/// line may be incomplete, which is no damage: its setting was not written yet.
struct Account {
  std::string boot_id;
  std::vector<Change> changes;  ///< in the order of the changes
  bool kept = false;            ///< `tune apply` succeeded: valid until `tune restore`
  int damaged_lines = 0;
};

/// Text of a journal's lines, each with its newline.
[[nodiscard]] std::string journal_header(const std::string& boot_id);
[[nodiscard]] std::string journal_line(const Change& change);
[[nodiscard]] std::string journal_kept_line();

/// Parses the text of a journal; nullopt if the first line is not a journal's.
[[nodiscard]] std::optional<Account> parse_journal(std::string_view text);

/// Open journal of a machine that is being tuned. When `note` returns, the changes are on the disk;
/// if it fails, the file is as before. The file is for the guardian and the next start: this
/// process restores from `changes`, and its guardian from the open file, whatever becomes of its
/// name.
class Journal {
 public:
  /// Creates an empty journal. `io` if the folder cannot be written, or there is a file already. If
  /// the process is killed meanwhile, the file is a part of `journal_header`.
  [[nodiscard]] static Result<Journal> create(const std::filesystem::path& file,
                                              const std::string& boot_id);

  /// The journal of a process that ended, which it had `opened`. Nullopt where it cannot be read,
  /// or is kept.
  [[nodiscard]] static std::optional<Journal> taken_over(const std::filesystem::path& file,
                                                         os::Descriptor opened);

  [[nodiscard]] int descriptor() const { return opened_.number(); }

  [[nodiscard]] Result<void> note(const std::vector<Change>& changes);
  [[nodiscard]] Result<void> note_kept();

  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
  /// What the file contains if nothing else wrote into it.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Journal(std::filesystem::path file, os::Descriptor opened, std::string text)
      : file_(std::move(file)), opened_(std::move(opened)), text_(std::move(text)) {}
  [[nodiscard]] Result<void> append(const std::string& lines);

  std::filesystem::path file_;
  os::Descriptor opened_;
  std::string text_;
  std::vector<Change> changes_;
  bool torn_ = false;  ///< the file ends within a line, which would damage the next one
};

/// Text of the journal at `file`; nullopt if there is none. `io` if it is not a regular file that
/// only the calling user can write.
[[nodiscard]] Result<std::optional<std::string>> read_journal(const std::filesystem::path& file);

}  // namespace pulsebench::tune
