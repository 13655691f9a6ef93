#include "pulsebench/config/load.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "pulsebench/os/temporary_folder.hpp"

using namespace pulsebench;
namespace fs = std::filesystem;

namespace {

/// A folder of its own for one test.
class Scratch {
 public:
  [[nodiscard]] const fs::path& path() const { return folder_.path(); }
  void write(const char* file, const char* content) const {
    fs::create_directories((path() / file).parent_path());
    std::ofstream(path() / file) << content;
  }

 private:
  os::TemporaryFolder folder_ = os::TemporaryFolder::make().value();
};

}  // namespace

TEST_CASE("a tree without settings has the defaults, and no targets") {
  const Scratch scratch;
  const auto loaded = config::load_config(scratch.path());
  REQUIRE(loaded.has_value());
  CHECK(loaded->gates == config::defaults().gates);
  const auto targets = config::load_targets(scratch.path(), HardwareClass::cpu_only);
  REQUIRE(targets.has_value());
  CHECK(targets->empty());
}

TEST_CASE("this project's own settings spell out every default") {
  const auto loaded = config::load_config(PULSEBENCH_SOURCE_DIR);
  REQUIRE_MESSAGE(loaded.has_value(), (loaded ? "" : loaded.error().message));
  const config::Config built_in = config::defaults();
  CHECK(loaded->gates == built_in.gates);
  CHECK(loaded->presets == built_in.presets);
  CHECK(loaded->default_preset == built_in.default_preset);
  CHECK(loaded->sampling == built_in.sampling);
  CHECK(loaded->suites.back() == config::SuiteEntry{.path = "build/release/bin/suites"});
  CHECK(loaded->file == "config/pulsebench.json");
}

TEST_CASE("settings are in the root or in its folder config, and not in both") {
  const Scratch scratch;
  CHECK(config::load_config(scratch.path())->file.empty());
  scratch.write("pulsebench.json", R"({"$schema": "config.schema.json", "suites": ["bench"]})");
  const auto loaded = config::load_config(scratch.path());
  REQUIRE(loaded.has_value());
  CHECK(loaded->file == "pulsebench.json");
  CHECK(loaded->suites == std::vector<config::SuiteEntry>{{.path = "bench"}});
  scratch.write("config/pulsebench.json", "{}");
  const auto both = config::load_config(scratch.path());
  REQUIRE_FALSE(both.has_value());
  CHECK(both.error().code == ErrorCode::bad_input);
  CHECK(both.error().message == scratch.path().string() +
                                    " has a pulsebench.json and a config/pulsebench.json; keep one "
                                    "of them");
}

TEST_CASE("an error names the file it is in") {
  const Scratch scratch;
  scratch.write("config/pulsebench.json", R"({"tier": {}})");
  scratch.write(config::kTargetsFile, "[]");
  CHECK(config::load_config(scratch.path()).error().message ==
        (scratch.path() / "config/pulsebench.json").string() +
            ": 'tier' is not known; did you mean 'tiers'");
  CHECK(config::load_targets(scratch.path(), HardwareClass::cpu_only)
            .error()
            .message.find((scratch.path() / "config/targets.json").string() + ": ") == 0);
}

TEST_CASE("a folder in the place of the settings is not taken for their absence") {
  const Scratch scratch;
  fs::create_directories(scratch.path() / "pulsebench.json");
  const auto loaded = config::load_config(scratch.path());
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().code == ErrorCode::io);
  CHECK(loaded.error().message.find("is a directory") != std::string::npos);
}

TEST_CASE("the root is the nearest folder upward that has settings") {
  const Scratch scratch;
  scratch.write("pulsebench.json", "{}");
  const fs::path inner = scratch.path() / "a/b";
  fs::create_directories(inner);
  CHECK(config::find_root(inner) == scratch.path());
  CHECK(config::find_root(inner / "not/there") == scratch.path());
  scratch.write("a/config/pulsebench.json", "{}");
  CHECK(config::find_root(inner) == scratch.path() / "a");
  const Scratch bare;
  CHECK(config::find_root(bare.path()) == std::nullopt);
}
