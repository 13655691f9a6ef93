#include <algorithm>
#include <cctype>
#include <cerrno>
#include <optional>

#include "pulsebench/tune/power_command.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::tune {
namespace {

const std::string kActive = "powercfg/active";

/// GUID of the scheme "High performance", the same on every Windows.
const std::string kHighPerformance = "8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c";

bool is_guid(const std::string& text) {
  constexpr std::size_t kLength = 36;
  if (text.size() != kLength) return false;
  for (std::size_t i = 0; i < kLength; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const auto c = static_cast<unsigned char>(text[i]);
    if (dash ? c != '-' : std::isxdigit(c) == 0) return false;
  }
  return true;
}

/// Finds the GUIDs in a text, whose words are in the user's language.
std::vector<std::string> guids_in(const std::string& text) {
  std::vector<std::string> guids;
  for (std::size_t i = 0; i + 36 <= text.size(); ++i) {
    const std::string part = text.substr(i, 36);
    if (!is_guid(part)) continue;
    guids.push_back(part);
    i += 35;
  }
  return guids;
}

class PowercfgSettings final : public SysIo {
 public:
  explicit PowercfgSettings(PowerCommand run) : run_(std::move(run)) {}

  Result<std::string> read(const std::string& path) const override {
    if (path != kActive) return fail(ErrorCode::not_found, "no " + path);
    PB_TRY(const auto output, run_({"powercfg", "/getactivescheme"}));
    const auto guids = guids_in(output.text);
    if (guids.size() != 1) return fail(ErrorCode::io, "powercfg names no active scheme");
    return guids.front();
  }

  int write(const std::string& path, const std::string& value) override {
    if (path != kActive || !is_guid(value)) return EINVAL;
    const auto output = run_({"powercfg", "/setactive", value});
    if (!output) return output.error().code == ErrorCode::not_found ? ENOENT : EIO;
    return output->exit_code == 0 ? 0 : EPERM;
  }

  /// Lists `powercfg/schemes`: the GUIDs of the available schemes.
  Result<std::vector<std::string>> list(const std::string& folder) const override {
    if (folder != "powercfg/schemes") return std::vector<std::string>{};
    PB_TRY(const auto output, run_({"powercfg", "/list"}));
    return guids_in(output.text);
  }

  bool owns(const std::string& path) const override { return path == kActive; }

  Result<std::string> boot_id() const override {
    PB_TRY(const auto output,
           run_({"powershell", "-NoProfile", "-Command",
                 "(Get-CimInstance Win32_OperatingSystem).LastBootUpTime.Ticks"}));
    if (output.exit_code != 0) return fail(ErrorCode::io, "powershell cannot tell the last boot");
    return output.text.substr(0, output.text.find_first_of("\r\n"));
  }

 private:
  PowerCommand run_;
};

}  // namespace

std::unique_ptr<SysIo> powercfg_settings(PowerCommand run) {
  return std::make_unique<PowercfgSettings>(std::move(run));
}

std::vector<Knob> windows_knobs(const SysIo& io, const machine::Placement&) {
  Knob knob{"power_scheme", "high performance", {}, "", {{kHighPerformance, "high performance"}}};
  const auto listed = io.list("powercfg/schemes");
  const auto schemes = listed.value_or(std::vector<std::string>{});
  if (!listed) {
    knob.cannot_read(listed.error());
  } else if (std::find(schemes.begin(), schemes.end(), kHighPerformance) == schemes.end()) {
    knob.absent_because = "powercfg lists no scheme 'High performance' here";
  } else {
    knob.steps.push_back({kActive, kHighPerformance, {}, ""});
  }
  return {knob};
}

}  // namespace pulsebench::tune
