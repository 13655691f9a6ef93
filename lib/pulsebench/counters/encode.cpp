#include "pulsebench/counters/encode.hpp"

#include <unistd.h>

#include "pulsebench/counters/events.hpp"
#include "pulsebench/counters/libpfm.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::counters {

Result<perf_event_attr> encode(const std::string& name) {
  const Libpfm* const pfm = libpfm();
  if (pfm == nullptr) {
    return fail(ErrorCode::bad_input,
                "libpfm.so.4 cannot be loaded: install it (libpfm4), or disable counting with "
                "--counters none");
  }
  perf_event_attr event{};
  event.size = sizeof event;
  pfm_perf_encode_arg_t request{};
  request.size = sizeof request;
  request.attr = &event;
  const int error = pfm->get_os_event_encoding(name.c_str(), PFM_PLM3, PFM_OS_PERF_EVENT, &request);
  // Then libpfm cannot tell the CPU, and knows no event.
  if (error == PFM_ERR_NOTSUPP && access("/proc/cpuinfo", R_OK) != 0) {
    return fail(
        ErrorCode::bad_input,
        "/proc/cpuinfo cannot be read: mount /proc, or disable counting with --counters none");
  }
  if (error != PFM_SUCCESS) {
    return fail(ErrorCode::bad_input, "libpfm does not know '" + printable(name, 80) +
                                          "' on this CPU (" + pfm->strerror(error) +
                                          "); see pulsebench counters list --all");
  }
  event.inherit = 0;
  event.disabled = 0;
  event.exclude_hv = is_software(event) ? 0 : 1;
  event.exclude_kernel = is_software(event) ? 0 : 1;
  event.read_format =
      PERF_FORMAT_GROUP | PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return event;
}

Result<void> check_name(const std::string& name) {
  const auto encoded = encode(name);
  if (!encoded) return Failure{encoded.error()};
  return {};
}

}  // namespace pulsebench::counters
