#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::tune {

/// Reads and sets the settings of a machine. A setting is named by a path: `/sys/...` and
/// `/proc/...` on Linux, `pmset/...` and `powercfg/...` where a command stands for the files.
/// An `int` result is 0 or an errno.
class SysIo {
 public:
  virtual ~SysIo() = default;

  /// Every byte of it; of a folder (a path that ends in '/'), kMade or kGone. `not_found` where it
  /// does not exist, else `io`; few words, for a reason.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path) const = 0;
  /// A folder that is written kMade is made; kGone removes it, and moves the processes in it, if it
  /// is a control group, to the one above.
  [[nodiscard]] virtual int write(const std::string& path, const std::string& value) = 0;
  /// The names in a folder, sorted; none where it cannot be read.
  [[nodiscard]] virtual std::vector<std::string> list(const std::string& folder) const = 0;

  /// Whether a setting of this name may be written at all: a journal is a file, and what it names
  /// is not followed outside of the machine's settings.
  [[nodiscard]] virtual bool owns(const std::string& path) const = 0;

  /// Something that differs after a restart of the machine, which undoes every setting.
  [[nodiscard]] virtual Result<std::string> boot_id() const = 0;
};

/// The contents of a folder as a setting, so that a control group is journalled as all else.
inline constexpr const char* kMade = "made";
inline constexpr const char* kGone = "gone";

/// The settings of Linux below `roots`. Below "/" they are the kernel's. Elsewhere the files stand
/// for the kernel's and behave like them: a write replaces the value in one step, keeps the line
/// end, and moves the brackets in a choice file (`always [madvise] never`).
[[nodiscard]] std::unique_ptr<SysIo> linux_settings(const machine::Roots& roots);

/// What has to be written to bring `content` back: the word in brackets of a choice file, else all.
[[nodiscard]] std::string value_to_write(const std::string& content);

/// What the kernel wants for a list of controllers: "+cpuset -io" leads from "cpu io" to
/// "cpu cpuset".
[[nodiscard]] std::string controllers_to_write(const std::string& before, const std::string& after);

/// Whether two contents of `path` mean the same: equal without blanks at the end, the same choice,
/// the same CPUs where the path ends in `_list` or `.cpus`, or the same controllers in any order.
[[nodiscard]] bool same_value(const std::string& path, const std::string& a, const std::string& b);

}  // namespace pulsebench::tune
