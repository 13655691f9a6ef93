#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::tune {

/// One setting that was, or was about to be, changed. Contents are exact bytes.
struct Change {
  std::string path;
  std::string before;
  std::string after;
  bool operator==(const Change&) const = default;
};

/// What a journal says. Each line stands for itself behind a CRC-32 of its own: a torn or damaged
/// line is left out, and was written before the setting it names, if it was the last.
struct Account {
  std::string boot_id;
  std::vector<Change> changes;  ///< in the order they were made
  bool kept = false;            ///< `tune apply` ended well: to stay until `tune restore`
  int damaged_lines = 0;
};

/// The text of a journal's lines, each with its line end.
[[nodiscard]] std::string journal_header(const std::string& boot_id);
[[nodiscard]] std::string journal_line(const Change& change);
[[nodiscard]] std::string journal_kept_line();

/// Reads the text of a journal; nullopt where its first line is not one of ours.
[[nodiscard]] std::optional<Account> parse_journal(std::string_view text);

/// The open journal of a machine that is being tuned. What `note` was told is on the disk when it
/// returns.
class Journal {
 public:
  /// Makes an empty one, in one step. `io` where the folder cannot be written.
  [[nodiscard]] static Result<Journal> create(const std::filesystem::path& file,
                                              const std::string& boot_id);
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  [[nodiscard]] Result<void> note(const std::vector<Change>& changes);
  [[nodiscard]] Result<void> note_kept();

 private:
  Journal(std::filesystem::path file, int fd);
  [[nodiscard]] Result<void> append(const std::string& line);

  std::filesystem::path file_;
  int fd_;
};

/// The text of the journal at `file`; nullopt where there is none. `io` where it is not a regular
/// file of the calling user, that nobody else may write.
[[nodiscard]] Result<std::optional<std::string>> read_journal(const std::filesystem::path& file);

}  // namespace pulsebench::tune
