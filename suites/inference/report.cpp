#include "report.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace inference {
namespace {

/// A field of /proc/self/status, in KiB (proc(5)). getrusage() would have the peak of the parent.
double status_kib(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kib = 0;
    if (word == field && status >> kib) return kib;
  }
  stop("/proc/self/status has no " + field);
}

}  // namespace

void stop(const std::string& why) {
  std::fprintf(stderr, "%s: %s\n", program_invocation_short_name, why.c_str());
  std::exit(1);
}

double rate_per_second(int count, std::vector<double> milliseconds) {
  const auto quarter = milliseconds.begin() + static_cast<std::ptrdiff_t>(milliseconds.size() / 4);
  std::ranges::nth_element(milliseconds, quarter);
  return count * 1000.0 / *quarter;
}

Report::Report() : descriptor_(fcntl(4, F_GETFD) == -1 ? STDOUT_FILENO : 4) {}

void Report::add(const char* metric, double value) { metrics_[metric] = value; }

void Report::add(const char* metric, const std::vector<double>& values) {
  metrics_[metric] = values;
}

void Report::add_memory() {
  add("peak_rss", status_kib("VmHWM:"));
  add("anonymous", status_kib("RssAnon:"));
}

void Report::print(const std::string& label) const {
  using Json = nlohmann::ordered_json;
  const Json line{{"metrics", metrics_}, {"label", label}};
  dprintf(descriptor_, "%s\n", line.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

}  // namespace inference
