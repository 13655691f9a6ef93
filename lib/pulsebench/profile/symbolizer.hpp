#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pulsebench/profile/frame.hpp"
#include "pulsebench/profile/module_map.hpp"

namespace pulsebench::profile {

class ElfFiles;

/// A file of which some functions have no names.
struct UnnamedFile {
  std::string path = {};
  std::string build_id = {};  ///< by which a package of debugging information is found
};

/// Names the code at an address. Each address of a file is looked up once. Needs `libdw()`, without
/// which every function is named by its file.
class Symbolizer {
 public:
  /// `files` outlives the symbolizer.
  explicit Symbolizer(ElfFiles& files);
  Symbolizer(Symbolizer&&) noexcept;
  Symbolizer& operator=(Symbolizer&&) noexcept;
  ~Symbolizer();

  /// Returns the functions at an address of a process, the innermost inlined one first, and last
  /// the one that has the code: never empty. A return address names the call before it. The
  /// reference is valid as long as the symbolizer.
  [[nodiscard]] const std::vector<Frame>& frames(const ModuleMap& modules, std::uint64_t pc,
                                                 bool is_return_address);
  /// The same of an address in a file, as disassemblers and callgrind print it.
  [[nodiscard]] const std::vector<Frame>& frames_in(const std::string& path,
                                                    std::uint64_t link_address);

  /// Files in which an address was looked up that no symbol covers, in the order of their first
  /// one.
  [[nodiscard]] const std::vector<UnnamedFile>& unnamed_files() const;

 private:
  class Names;
  std::unique_ptr<Names> names_;
};

}  // namespace pulsebench::profile
