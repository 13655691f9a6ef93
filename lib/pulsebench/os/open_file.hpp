#pragma once

#include <filesystem>

#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::os {

/// What opening a FIFO does that nothing writes to: wait for a writer, as a user who names one
/// expects, or never, where a repository may have put it in the place of a file.
enum class Fifo { waits, never_waits };

/// Opens a file for reading, which a program that is started does not inherit. Where that fails,
/// the descriptor is not open, and errno says why.
[[nodiscard]] Descriptor open_to_read(const std::filesystem::path& file,
                                      Fifo fifo = Fifo::never_waits);

/// Whether a path below /sys, /proc or /dev can name something here. On Windows, which has none of
/// them, a path without a drive names nothing: Wine would find there what belongs to its host.
[[nodiscard]] bool may_be_there(const std::filesystem::path& pseudo_file);

}  // namespace pulsebench::os
