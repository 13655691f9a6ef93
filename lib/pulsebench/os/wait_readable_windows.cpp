#include <io.h>
#include <windows.h>

#include <algorithm>

#include "pulsebench/os/wait_readable.hpp"

namespace pulsebench::os {
namespace {

using Clock = std::chrono::steady_clock;

/// A suite answers most requests in less, which a pause would only lengthen.
constexpr std::chrono::microseconds kWithoutPause{200};
constexpr DWORD kPauseMs = 1;

bool is_ready(int descriptor) {
  if (descriptor < 0) return false;
  DWORD bytes = 0;
  auto* const pipe = reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor));
  // A pipe whose other end is closed has an error, which its reader sees as the end.
  return ::PeekNamedPipe(pipe, nullptr, 0, nullptr, &bytes, nullptr) == 0 || bytes > 0;
}

}  // namespace

/// Windows cannot wait for anonymous pipes, so they are looked at again and again.
bool wait_readable(std::span<Awaited> awaited, std::chrono::milliseconds patience) {
  const auto begin = Clock::now();
  for (;;) {
    for (Awaited& one : awaited) one.is_ready = is_ready(one.descriptor);
    if (std::ranges::any_of(awaited, &Awaited::is_ready)) return true;
    const auto waited = Clock::now() - begin;
    if (waited >= patience) return false;
    if (waited < kWithoutPause) {
      ::SwitchToThread();
    } else {
      ::Sleep(kPauseMs);
    }
  }
}

}  // namespace pulsebench::os
