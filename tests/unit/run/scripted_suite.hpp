#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace pulsebench::run {

/// A suite that is a shell script, which can send any text at any moment. The script reads requests
/// from descriptor 3 and writes events to 4.
class ScriptedSuite {
 public:
  explicit ScriptedSuite(const std::string& script) {
    std::string name = (std::filesystem::temp_directory_path() / "pulsebench_XXXXXX").string();
    folder_ = mkdtemp(name.data());
    executable_ = folder_ / "suite";
    std::ofstream{executable_} << "#!/bin/sh\n" << script;
    std::filesystem::permissions(executable_, std::filesystem::perms::owner_all);
  }
  ~ScriptedSuite() { std::filesystem::remove_all(folder_); }
  ScriptedSuite(const ScriptedSuite&) = delete;
  ScriptedSuite& operator=(const ScriptedSuite&) = delete;

  [[nodiscard]] const std::filesystem::path& executable() const { return executable_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_, executable_;
};

inline const std::string kHello =
    R"(echo '{"event":"hello","protocol":1,"suite":"scripted","build":[]}' >&4
)";

inline const std::string kListed =
    R"(read request <&3; echo '{"event":"listed","benchmarks":[
{"id":"a","tier":0,"role":"operation","version":1,"threads":1}]}' | tr -d '\n' >&4; echo >&4
)";

}  // namespace pulsebench::run
