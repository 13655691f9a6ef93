#include "pulsebench/harness/host_load.hpp"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <string>

#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::harness {
namespace {

constexpr double kUsualShare = 0.01;

/// Text of the file, empty if it cannot be read. In /proc/stat it ends before the long list of
/// interrupts, which comes after the lines of the CPUs.
std::string text_of(const char* path) {
  std::string text;
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return text;
  std::array<char, 16384> piece{};
  for (ssize_t size = 0; (size = read(file, piece.data(), piece.size())) > 0;) {
    text.append(piece.data(), static_cast<std::size_t>(size));
    if (text.find("\nintr") != std::string::npos) break;
  }
  close(file);
  return text;
}

/// Rest of the line that begins with `name` and a space; empty if there is none.
std::string_view line_of(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.substr(0, name.size()) == name && line.substr(name.size(), 1) == " ") {
      return line.substr(name.size() + 1);
    }
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
  }
  return {};
}

std::uint64_t number_at(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

HostLoad read_host_load() {
  return {.steal_ticks = steal_ticks(text_of("/proc/stat"), sched_getcpu()),
          .waited_us = waited_us(text_of("/proc/pressure/cpu"))};
}

std::uint64_t steal_ticks(std::string_view stat, int cpu) {
  constexpr int kFieldsBeforeSteal = 7;  // user nice system idle iowait irq softirq
  std::string_view line = line_of(stat, "cpu" + std::to_string(cpu));
  for (int field = 0; field < kFieldsBeforeSteal; ++field) {
    const auto blank = line.find(' ');
    if (blank == std::string_view::npos) return 0;
    line.remove_prefix(blank + 1);
  }
  return number_at(line);
}

std::uint64_t waited_us(std::string_view pressure) {
  constexpr std::string_view kTotal = "total=";
  const std::string_view line = line_of(pressure, "some");
  const auto total = line.find(kTotal);
  return total == std::string_view::npos ? 0 : number_at(line.substr(total + kTotal.size()));
}

std::uint32_t causes(const HostLoad& before, const HostLoad& after, double seconds) {
  const bool waited = after.waited_us > before.waited_us;
  const double waited_seconds = static_cast<double>(after.waited_us - before.waited_us) / 1e6;
  return bit_of(Disturbance::stolen, after.steal_ticks > before.steal_ticks) |
         bit_of(Disturbance::crowded, waited && waited_seconds > kUsualShare * seconds);
}

}  // namespace pulsebench::harness
