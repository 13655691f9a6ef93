#include "pulsebench/tune/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <boost/crc.hpp>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::tune {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kFormat = "pulsebench-tune-1";
constexpr const char* kKept = "kept";
constexpr std::size_t kMaxJournalBytes = std::size_t{4} << 20U;

std::string with_crc(const std::string& body) {
  boost::crc_32_type crc;
  crc.process_bytes(body.data(), body.size());
  return fmt::format("{:08x} {}\n", crc.checksum(), body);
}

/// Encodes bytes that would end a field or a line as %XX, and an empty text as "-".
std::string encoded(const std::string& text) {
  if (text.empty()) return "-";
  if (text == "-") return "%2D";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || c == '%') {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<std::string> decoded(const std::string& field) {
  if (field.empty()) return std::nullopt;
  if (field == "-") return "";
  std::string text;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '%') {
      text += field[i];
      continue;
    }
    const int high = i + 2 < field.size() ? hex_digit(field[i + 1]) : -1;
    const int low = high < 0 ? -1 : hex_digit(field[i + 2]);
    if (low < 0) return std::nullopt;
    text += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return text;
}

/// Text after the CRC of a line; nullopt if the CRC is wrong.
std::optional<std::string> body_of(const std::string& line) {
  const auto space = line.find(' ');
  if (space == std::string::npos) return std::nullopt;
  std::string body = line.substr(space + 1);
  if (with_crc(body) != line + '\n') return std::nullopt;
  return body;
}

Failure cannot(const char* what, const fs::path& file, int error) {
  return fail(ErrorCode::io, fmt::format("cannot {} the journal {}: {}", what, file.string(),
                                         std::generic_category().message(error)));
}

/// Writes and syncs `text`; returns 0 or an errno.
int write_through(const os::Descriptor& file, const std::string& text) {
  const int error = os::write_all(file, text);
  if (error != 0) return error;
  return ::fsync(file.number()) == 0 ? 0 : errno;
}

}  // namespace

std::string journal_header(const std::string& boot_id) {
  return with_crc(fmt::format("{} {}", kFormat, encoded(boot_id)));
}

std::string journal_line(const Change& change) {
  return with_crc(
      fmt::format("{} {} {}", encoded(change.path), encoded(change.before), encoded(change.after)));
}

std::string journal_kept_line() { return with_crc(kKept); }

std::optional<Account> parse_journal(std::string_view text) {
  const auto lines = split(std::string{text}, '\n');
  const auto header = body_of(lines.front());
  if (!header) return std::nullopt;
  const auto words = split(*header, ' ');
  if (words.size() != 2 || words[0] != kFormat) return std::nullopt;
  Account account;
  const auto boot_id = decoded(words[1]);
  if (!boot_id) return std::nullopt;
  account.boot_id = *boot_id;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const bool unfinished = i + 1 == lines.size();
    const auto body = body_of(lines[i]);
    const auto fields = split(body.value_or(""), ' ');
    if (body && *body == kKept) {
      account.kept = true;
    } else if (fields.size() != 3) {
      if (!unfinished) ++account.damaged_lines;
    } else {
      auto path = decoded(fields[0]);
      auto before = decoded(fields[1]);
      auto after = decoded(fields[2]);
      if (path && before && after) {
        account.changes.push_back({std::move(*path), std::move(*before), std::move(*after)});
      } else {
        ++account.damaged_lines;
      }
    }
  }
  return account;
}

Result<Journal> Journal::create(const fs::path& file, const std::string& boot_id) {
  constexpr int kFlags = O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
  os::Descriptor opened{::open(file.c_str(), kFlags, 0600)};
  if (!opened.open()) return cannot("create", file, errno);
  std::string header = journal_header(boot_id);
  int error = write_through(opened, header);
  if (error == 0) error = os::sync_folder(file.parent_path());
  if (error == 0) return Journal{file, std::move(opened), std::move(header)};
  ::unlink(file.c_str());
  return cannot("create", file, error);
}

std::optional<Journal> Journal::taken_over(const fs::path& file, os::Descriptor opened) {
  std::string text;
  if (::lseek(opened.number(), 0, SEEK_SET) != 0 ||
      os::read_all(opened, text, {.most = kMaxJournalBytes}) != 0) {
    return std::nullopt;
  }
  auto account = parse_journal(text);
  if (!account || account->kept) return std::nullopt;
  Journal journal{file, std::move(opened), std::move(text)};
  journal.changes_ = std::move(account->changes);
  return journal;
}

Result<void> Journal::note(const std::vector<Change>& changes) {
  // Remembered even if the file cannot grow: what is written all the same has to be restored.
  changes_.insert(changes_.end(), changes.begin(), changes.end());
  std::string lines;
  for (const auto& change : changes) lines += journal_line(change);
  return append(lines);
}

Result<void> Journal::note_kept() { return append(journal_kept_line()); }

Result<void> Journal::append(const std::string& lines) {
  if (torn_) return cannot("write", file_, EIO);
  const int error = write_through(opened_, lines);
  if (error != 0) {
    torn_ = ::ftruncate(opened_.number(), static_cast<off_t>(text_.size())) != 0;
    return cannot("write", file_, error);
  }
  text_ += lines;
  return {};
}

Result<std::optional<std::string>> read_journal(const fs::path& file) {
  const os::Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
  if (!opened.open() && errno == ENOENT) return std::nullopt;
  if (!opened.open()) return cannot("read", file, errno);
  struct stat facts {};
  int error = ::fstat(opened.number(), &facts) == 0 ? 0 : errno;
  constexpr mode_t kOthersMayWrite = S_IWGRP | S_IWOTH;
  if (error == 0 && (!S_ISREG(facts.st_mode) || facts.st_uid != ::geteuid() ||
                     (facts.st_mode & kOthersMayWrite) != 0)) {
    return fail(ErrorCode::io,
                fmt::format("the journal {} is not a file that only this user can write; remove it",
                            file.string()));
  }
  std::string text;
  if (error == 0) error = os::read_all(opened, text, {.most = kMaxJournalBytes});
  if (error != 0) return cannot("read", file, error);
  return text;
}

}  // namespace pulsebench::tune
