#pragma once

namespace pulsebench::app {

[[nodiscard]] bool is_terminal(int descriptor);

/// Width of the terminal; 0 where there is none.
[[nodiscard]] int columns_of(int descriptor);

/// Makes the standard streams carry what is written to them as it is, and a closed pipe an error of
/// the write. Call first in `main`.
void prepare_standard_streams();

}  // namespace pulsebench::app
