#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/os/temporary_folder.hpp"

/// A folder that looks like a machine, removed by the destructor.
class FakeTree {
 public:
  FakeTree() {
    // In memory if possible: a journal syncs each line.
    const std::filesystem::path memory = "/dev/shm";
    const bool writable = ::access(memory.c_str(), W_OK) == 0;
    const auto folder = writable ? memory : std::filesystem::temp_directory_path();
    folder_.emplace(pulsebench::os::TemporaryFolder::make(folder).value());
  }

  /// Writes a file and creates its folders; `path` is relative to the top.
  void put(const std::string& path, const std::string& content) const {
    const auto file = top() / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary} << content;
  }

  void remove(const std::string& path) const { std::filesystem::remove_all(top() / path); }

  /// Adds the online CPUs 0 .. count-1, `threads` per core, numbered as by Linux on x86: the second
  /// threads after all first ones.
  void put_cpus(int count, int threads = 1) const {
    const std::string cpus = "sys/devices/system/cpu/";
    for (const char* list : {"online", "present", "possible"}) {
      put(cpus + list, count == 1 ? "0\n" : fmt::format("0-{}\n", count - 1));
    }
    put(cpus + "isolated", "\n");
    const int cores = count / threads;
    for (int cpu = 0; cpu < count; ++cpu) {
      const std::string topology = cpus + fmt::format("cpu{}/topology/", cpu);
      std::string siblings;
      for (int s = cpu % cores; s < count; s += cores) {
        siblings += fmt::format("{}{}", siblings.empty() ? "" : ",", s);
      }
      put(topology + "thread_siblings_list", siblings + "\n");
      put(topology + "physical_package_id", "0\n");
      put(topology + "core_id", fmt::format("{}\n", cpu % cores));
    }
  }

  [[nodiscard]] const std::filesystem::path& top() const { return folder_->path(); }
  [[nodiscard]] pulsebench::machine::Roots roots() const {
    return pulsebench::machine::Roots::under(top());
  }

 private:
  std::optional<pulsebench::os::TemporaryFolder> folder_;
};
