#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "pulsebench/os/temporary_folder.hpp"

namespace pulsebench::run {

/// A suite that is a shell script, which can send any text at any moment. The script reads requests
/// from descriptor 3 and writes events to 4.
class ScriptedSuite {
 public:
  explicit ScriptedSuite(const std::string& script) {
    std::ofstream{executable_} << "#!/bin/sh\n" << script;
    std::filesystem::permissions(executable_, std::filesystem::perms::owner_all);
  }

  [[nodiscard]] const std::filesystem::path& executable() const { return executable_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  os::TemporaryFolder folder_ = os::TemporaryFolder::make().value();
  std::filesystem::path executable_ = folder_.path() / "suite";
};

inline const std::string kHello =
    R"(echo '{"event":"hello","protocol":1,"suite":"scripted","build":[]}' >&4
)";

inline const std::string kListed =
    R"(read request <&3; echo '{"event":"listed","benchmarks":[
{"id":"a","tier":0,"role":"operation","version":1,"threads":1}]}' | tr -d '\n' >&4; echo >&4
)";

}  // namespace pulsebench::run
