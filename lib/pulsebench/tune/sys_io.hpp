#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::tune {

/// Reads and writes the settings of a machine. A setting has a path: `/sys/...` and `/proc/...` on
/// Linux, `pmset/...` and `powercfg/...` for commands. An `int` result is 0 or an errno.
class SysIo {
 public:
  virtual ~SysIo() = default;

  /// Reads the exact content; for a folder (a path that ends in '/') kMade or kGone. `not_found`
  /// only if it certainly does not exist; else `io`, with a short message.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path) const = 0;
  /// Writes a setting. For a folder, kMade creates it and kGone removes it; processes in a control
  /// group move to its parent.
  [[nodiscard]] virtual int write(const std::string& path, const std::string& value) = 0;
  /// Sorted names in a folder; none if it does not exist.
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const std::string& folder) const = 0;

  /// True if the path is a setting that may be written: paths of a journal file must not lead
  /// outside of the machine's settings.
  [[nodiscard]] virtual bool owns(const std::string& path) const = 0;

  /// Id that changes with a restart of the machine, which resets every setting.
  [[nodiscard]] virtual Result<std::string> boot_id() const = 0;
};

/// Contents of a folder as a setting, so that the journal can have a control group.
inline constexpr const char* kMade = "made";
inline constexpr const char* kGone = "gone";

/// Settings of Linux below `roots`. Below "/" they are the kernel's. Elsewhere files behave like
/// the kernel's: a write replaces the value atomically, keeps the newline, and moves the brackets
/// in a choice file (`always [madvise] never`).
[[nodiscard]] std::unique_ptr<SysIo> linux_settings(const machine::Roots& roots);

/// Content of a setting; empty if it does not exist.
[[nodiscard]] Result<std::string> read_or_empty(const SysIo& io, const std::string& path);

/// Text to write to restore `content`: the word in brackets of a choice file, else all of it.
[[nodiscard]] std::string value_to_write(const std::string& content);

/// Text that the kernel requires for a list of controllers: "+cpuset -io" changes "cpu io" to "cpu
/// cpuset".
[[nodiscard]] std::string controllers_to_write(const std::string& before, const std::string& after);

/// True if two contents of `path` are equivalent: equal without trailing blanks, the same choice,
/// the same CPUs if the path ends in `_list` or `.cpus`, or the same controllers in any order.
[[nodiscard]] bool same_value(const std::string& path, const std::string& a, const std::string& b);

}  // namespace pulsebench::tune
