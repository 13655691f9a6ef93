#include <algorithm>
#include <cerrno>
#include <map>

#include <fmt/format.h>

#include "pulsebench/tune/power_command.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::tune {
namespace {

/// Power source → setting → value.
using PmsetTable = std::map<std::string, std::map<std::string, std::string>>;

/// Parses the output of `pmset -g custom`: a heading per source, then "name   value" lines, where a
/// name may have spaces ("Sleep On Power Button 1").
PmsetTable parse_pmset(const std::string& text) {
  PmsetTable table;
  std::string source;
  for (const auto& line : split(text, '\n')) {
    const auto last = line.find_last_not_of(" \t\r");
    if (last == std::string::npos) continue;
    const std::string whole = line.substr(0, last + 1);
    if (whole.front() != ' ' && whole.back() == ':') {
      source = whole.substr(0, whole.size() - 1);
      continue;
    }
    const auto first = whole.find_first_not_of(" \t");
    const auto gap = whole.find_last_of(" \t");
    if (source.empty() || gap == std::string::npos || gap < first) continue;
    const auto name_end = whole.find_last_not_of(" \t", gap);
    table[source][whole.substr(first, name_end - first + 1)] = whole.substr(gap + 1);
  }
  return table;
}

/// Flag of pmset for a power source; empty if pmset cannot write it.
std::string flag_of(const std::string& source) {
  if (source == "AC Power") return "-c";
  if (source == "Battery Power") return "-b";
  return source == "UPS Power" ? "-u" : "";
}

class PmsetSettings final : public SysIo {
 public:
  explicit PmsetSettings(PowerCommand run) : run_(std::move(run)) {}

  Result<std::string> read(const std::string& path) const override {
    const auto parts = split(path, '/');
    PB_TRY(const auto sources, table());
    const auto source = parts.size() == 3 ? sources.find(parts[1]) : sources.end();
    if (source == sources.end()) return fail(ErrorCode::not_found, "no " + path);
    const auto setting = source->second.find(parts[2]);
    if (setting == source->second.end()) return fail(ErrorCode::not_found, "no " + path);
    return setting->second;
  }

  int write(const std::string& path, const std::string& value) override {
    const auto parts = split(path, '/');
    if (!owns(path)) return EINVAL;
    const auto output = run_({"pmset", flag_of(parts[1]), parts[2], value});
    if (!output) return output.error().code == ErrorCode::not_found ? ENOENT : EIO;
    return output->exit_code == 0 ? 0 : EPERM;  // pmset prints "must be run as root"
  }

  Result<std::vector<std::string>> list(const std::string& folder) const override {
    std::vector<std::string> names;
    if (folder != "pmset") return names;
    PB_TRY(const auto sources, table());
    for (const auto& [source, settings] : sources) names.push_back(source);
    return names;
  }

  bool owns(const std::string& path) const override {
    const auto parts = split(path, '/');
    const bool plain = parts.size() == 3 && !parts[2].empty() && parts[2].front() != '-';
    return plain && parts[0] == "pmset" && !flag_of(parts[1]).empty();
  }

  Result<std::string> boot_id() const override {
    PB_TRY(const auto output, run_({"sysctl", "-n", "kern.bootsessionuuid"}));
    if (output.exit_code != 0) return fail(ErrorCode::io, "sysctl kern.bootsessionuuid failed");
    return output.text.substr(0, output.text.find('\n'));
  }

 private:
  [[nodiscard]] Result<PmsetTable> table() const {
    PB_TRY(const auto output, run_({"pmset", "-g", "custom"}));
    if (output.exit_code != 0) return fail(ErrorCode::io, "pmset -g custom failed");
    return parse_pmset(output.text);
  }

  PowerCommand run_;
};

}  // namespace

std::unique_ptr<SysIo> pmset_settings(PowerCommand run) {
  return std::make_unique<PmsetSettings>(std::move(run));
}

std::vector<Knob> mac_knobs(const SysIo& io, const machine::Placement&) {
  std::vector<Knob> knobs;
  for (const char* setting : {"lowpowermode", "powernap"}) {
    Knob knob{setting, "0", {}, "", {}};
    const auto sources = io.list("pmset");
    for (const auto& source : sources.value_or(std::vector<std::string>{})) {
      const std::string path = fmt::format("pmset/{}/{}", source, setting);
      if (io.owns(path) && may_exist(io, path)) knob.steps.push_back({path, "0", {}, ""});
    }
    if (knob.steps.empty()) knob.absent_because = fmt::format("pmset lists no {} here", setting);
    if (!sources) knob.cannot_read(sources.error());
    knobs.push_back(std::move(knob));
  }
  return knobs;
}

}  // namespace pulsebench::tune
