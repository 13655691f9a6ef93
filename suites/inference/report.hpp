#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace inference {

/// Prints why on stderr, and ends the program with exit code 1.
[[noreturn]] void stop(const std::string& why);

/// Calls `work`, and returns the milliseconds that it took.
template <typename Work>
double time_ms(Work&& work) {
  const auto began = std::chrono::steady_clock::now();
  std::forward<Work>(work)();
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - began;
  return taken.count();
}

/// The same `times` times, one value each.
template <typename Work>
std::vector<double> time_each_ms(int times, Work&& work) {
  std::vector<double> taken;
  for (int i = 0; i < times; ++i) taken.push_back(time_ms(work));
  return taken;
}

/// So many of `count` a second, from the 25 % quantile of the times. Times are disturbed in one
/// direction only; the 25 % quantile of the rates would be that of the disturbed ones.
[[nodiscard]] double rate_per_second(int count, std::vector<double> milliseconds);

/// The metrics of this process, for pulsebench. Make it first: descriptor 4 counts if the program
/// was started with it, and a library that is in use may have a file of its own there.
class Report {
 public:
  Report();
  void add(const char* metric, double value);
  void add(const char* metric, const std::vector<double>& values);
  /// Adds the memory of this process: `peak_rss` with the pages of mapped files, `anonymous` as it
  /// is now, without them; both in KiB.
  void add_memory();
  /// Prints one line, on descriptor 4 if the program was started with it, else on stdout.
  void print(const std::string& label) const;

 private:
  int descriptor_;
  nlohmann::ordered_json metrics_;
};

}  // namespace inference
