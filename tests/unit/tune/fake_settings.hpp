#pragma once

#include <cerrno>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pulsebench/tune/sys_io.hpp"

/// Settings of a machine in memory, with the special cases of a kernel: choice files, errors,
/// writes without effect, and writes that change other settings.
class FakeSettings final : public pulsebench::tune::SysIo {
 public:
  std::map<std::string, std::string> files;
  std::map<std::string, int> refuses;  ///< path → errno of its writes
  std::set<std::string> ignores;       ///< accepted, but without effect
  std::set<std::string> unreadable;    ///< paths whose read fails with EIO; "boot" for the boot id
  std::map<std::string, std::function<void(FakeSettings&)>> side_effects;  ///< after a write
  std::vector<std::string> writes;                                         ///< "path=value"

  pulsebench::Result<std::string> read(const std::string& path) const override {
    if (unreadable.count(path) != 0) {
      return pulsebench::fail(pulsebench::ErrorCode::io, "cannot read " + path);
    }
    const auto file = files.find(path);
    if (file == files.end()) {
      return pulsebench::fail(pulsebench::ErrorCode::not_found, "no " + path);
    }
    return file->second;
  }

  int write(const std::string& path, const std::string& value) override {
    const auto file = files.find(path);
    if (file == files.end()) return ENOENT;
    if (const auto refusal = refuses.find(path); refusal != refuses.end()) return refusal->second;
    const std::string word = value.substr(0, value.find_last_not_of("\n") + 1);
    writes.push_back(path + '=' + word);
    if (ignores.count(path) != 0) return 0;
    if (!set(file->second, word)) return EINVAL;
    if (const auto effect = side_effects.find(path); effect != side_effects.end()) {
      effect->second(*this);
    }
    return 0;
  }

  pulsebench::Result<std::vector<std::string>> list(const std::string& folder) const override {
    if (unreadable.count(folder) != 0) {
      return pulsebench::fail(pulsebench::ErrorCode::io, "cannot read " + folder);
    }
    std::set<std::string> names;
    for (const auto& [path, content] : files) {
      if (path.rfind(folder + '/', 0) != 0) continue;
      const auto rest = path.substr(folder.size() + 1);
      names.insert(rest.substr(0, rest.find('/')));
    }
    return std::vector<std::string>{names.begin(), names.end()};
  }

  bool owns(const std::string& path) const override { return path.rfind("/", 0) == 0; }

  pulsebench::Result<std::string> boot_id() const override {
    if (unreadable.count("boot") == 0) return "boot";
    return pulsebench::fail(pulsebench::ErrorCode::io, "cannot read the boot id");
  }

 private:
  /// Returns false if a choice file does not have `word`.
  static bool set(std::string& content, const std::string& word) {
    if (content.find('[') == std::string::npos) {
      content = word + '\n';
      return true;
    }
    std::string plain;
    for (const char c : content) {
      if (c != '[' && c != ']' && c != '\n') plain += c;
    }
    const std::string padded = ' ' + plain + ' ';
    const auto at = padded.find(' ' + word + ' ');
    if (at == std::string::npos) return false;
    content = plain.substr(0, at) + '[' + word + ']' + plain.substr(at + word.size()) + '\n';
    return true;
  }
};
