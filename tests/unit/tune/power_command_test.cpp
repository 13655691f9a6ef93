#include "pulsebench/tune/power_command.hpp"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "pulsebench/tune/tuning.hpp"

using namespace pulsebench;
using namespace pulsebench::tune;
using namespace std::chrono_literals;

namespace {

const machine::Placement kAnywhere{{0}, {0}, "", ""};

// The shape of a laptop's `pmset -g custom` (man page pmset(1), section "GETTING").
const char* kCustom =
    "Battery Power:\n Sleep On Power Button 1\n lowpowermode         1\n standby              1\n"
    " powernap             0\nAC Power:\n Sleep On Power Button 1\n lowpowermode         0\n"
    " powernap             1\n";

/// A stub of pmset, the first on PATH, with its settings in the file `custom`.
class StubCommands {
 public:
  StubCommands() {
    tree.put("custom", kCustom);
    script("pmset",
           "case $1 in\n"
           "  -g) cat \"$D/custom\"; exit ;;\n"
           "  -c) section='AC Power:' ;;\n"
           "  -b) section='Battery Power:' ;;\n"
           "  *) exit 64 ;;\n"
           "esac\n"
           "[ -e \"$D/deny\" ] && { echo \"'pmset' must be run as root...\"; exit 77; }\n"
           "awk -v section=\"$section\" -v name=\"$2\" -v value=\"$3\" '\n"
           "  /:$/ { here = ($0 == section) }\n"
           "  here && $1 == name { sub(/[^ ]+$/, value) }\n"
           "  { print }' \"$D/custom\" > \"$D/new\" && mv \"$D/new\" \"$D/custom\"\n");
    script("sysctl", "echo 5E1F2C9A-0000-4000-8000-00000000000A\n");
    tree.put("scheme", "381b4222-f694-41f0-9685-ff5bb260df2e\n");
    script("powercfg",
           "case $1 in\n"
           "  /getactivescheme) echo \"Power Scheme GUID: $(cat \"$D/scheme\")  (Balanced)\" ;;\n"
           "  /setactive) echo \"$2\" > \"$D/scheme\" ;;\n"
           "  /list) echo 'GUID du mode : 381b4222-f694-41f0-9685-ff5bb260df2e  (Normal) *'\n"
           "         echo 'GUID du mode : 8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c  (Rapide)' ;;\n"
           "esac\n");
    script("powershell", "echo 638000000000000000\n");
    path_ = std::getenv("PATH");
    ::setenv("PATH", ((tree.top() / "bin").string() + ':' + path_).c_str(), 1);
  }
  ~StubCommands() { ::setenv("PATH", path_.c_str(), 1); }

  std::string text_of(const char* file) const {
    std::ostringstream text;
    text << std::ifstream{tree.top() / file}.rdbuf();
    return text.str();
  }

  FakeTree tree;

 private:
  void script(const std::string& name, const std::string& body) const {
    tree.put("bin/" + name, "#!/bin/sh\nD='" + tree.top().string() + "'\n" + body);
    std::filesystem::permissions(tree.top() / "bin" / name, std::filesystem::perms::owner_all);
  }
  std::string path_;
};

}  // namespace

TEST_CASE("pmset's settings are read per power source, also names with spaces") {
  const StubCommands stub;
  const auto io = pmset_settings(run_power_command);
  CHECK(io->read("pmset/Battery Power/lowpowermode").value() == "1");
  CHECK(io->read("pmset/AC Power/lowpowermode").value() == "0");
  CHECK(io->read("pmset/AC Power/Sleep On Power Button").value() == "1");
  CHECK_FALSE(io->read("pmset/UPS Power/lowpowermode").has_value());
  CHECK_FALSE(io->read("pmset/AC Power/warp").has_value());
  CHECK(io->list("pmset").value() == std::vector<std::string>{"AC Power", "Battery Power"});
}

TEST_CASE("only pmset's own settings of a known source are owned") {
  const auto io = pmset_settings(run_power_command);
  CHECK(io->owns("pmset/AC Power/powernap"));
  for (const char* path : {"/sys/x", "pmset/AC Power", "pmset/AC Power/-a", "pmset/Moon/powernap",
                           "pmset/AC Power/a/b", "powercfg/active", ""}) {
    CAPTURE(path);
    CHECK_FALSE(io->owns(path));
  }
}

TEST_CASE("a Mac is tuned and restored per power source") {
  const StubCommands stub;
  const TuneContext context{
      stub.tree.roots(), std::shared_ptr<SysIo>{pmset_settings(run_power_command)}, mac_knobs, 0ms};
  {
    const auto tuning = Tuning::begin(context, kAnywhere);
    CHECK(stub.text_of("custom").find("lowpowermode         1") == std::string::npos);
    CHECK(stub.text_of("custom").find("powernap             1") == std::string::npos);
  }
  CHECK(stub.text_of("custom") == kCustom);
}

TEST_CASE("without permission to change a Mac's power settings the knob is not permitted") {
  const StubCommands stub;
  stub.tree.put("deny", "");
  const TuneContext context{
      stub.tree.roots(), std::shared_ptr<SysIo>{pmset_settings(run_power_command)}, mac_knobs, 0ms};
  const auto tuning = Tuning::begin(context, kAnywhere);
  CHECK(tuning.knobs().at(1).name == "lowpowermode");
  CHECK(tuning.knobs().at(1).outcome == KnobOutcome::partly);  // it was already 0 on mains power
  CHECK(stub.text_of("custom") == kCustom);
}

TEST_CASE("Windows' scheme is read in any language, changed and restored") {
  const StubCommands stub;
  const TuneContext context{stub.tree.roots(),
                            std::shared_ptr<SysIo>{powercfg_settings(run_power_command)},
                            windows_knobs, 0ms};
  {
    const auto tuning = Tuning::begin(context, kAnywhere);
    CHECK(tuning.knobs().at(1).achieved == "high performance");
    CHECK(stub.text_of("scheme") == "8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c\n");
  }
  CHECK(stub.text_of("scheme") == "381b4222-f694-41f0-9685-ff5bb260df2e\n");
}

TEST_CASE("powercfg gets only a GUID") {
  const StubCommands stub;
  const auto io = powercfg_settings(run_power_command);
  CHECK(io->write("powercfg/active", "/hibernate off") == EINVAL);
  CHECK(io->write("powercfg/other", "381b4222-f694-41f0-9685-ff5bb260df2e") == EINVAL);
}

TEST_CASE("without the command knobs are absent with a reason") {
  const PowerCommand missing = [](const auto& argv) -> Result<os::CommandOutput> {
    return fail(ErrorCode::not_found, "cannot start " + argv.front());
  };
  for (const auto& knob : mac_knobs(*pmset_settings(missing), kAnywhere)) {
    CHECK_FALSE(knob.absent_because.empty());
  }
  CHECK_FALSE(windows_knobs(*powercfg_settings(missing), kAnywhere).at(0).absent_because.empty());
}
