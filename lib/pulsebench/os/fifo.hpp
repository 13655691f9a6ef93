#pragma once

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// A FIFO without a name, as an O_PATH descriptor: who opens it for writing, by /dev/fd, waits
/// until it is opened for reading, fifo(7). A program that opens its report before it measures is
/// so held back, unmodified. It is made in the folder for temporary files, and nothing is left
/// there.
[[nodiscard]] Result<Descriptor> make_fifo();

/// The reading end, which does not block; lets the writer go on.
[[nodiscard]] Descriptor open_for_reading(const Descriptor& fifo);

}  // namespace pulsebench::os
