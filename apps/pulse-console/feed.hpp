#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::console {

/// Where lines of a console come from.
class Feed {
 public:
  virtual ~Feed() = default;
  Feed() = default;
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  /// The next line, if there is one now, without its end.
  [[nodiscard]] virtual Result<std::optional<std::string>> next() = 0;
  /// True after the last line.
  [[nodiscard]] virtual bool is_over() const = 0;
  /// To wait for with poll(2); negative: none.
  [[nodiscard]] virtual int descriptor() const { return -1; }
  /// Time until a line is due, in milliseconds; negative: not known.
  [[nodiscard]] virtual int wait_ms() const { return -1; }
};

/// The consoles that processes of this user have: paths of sockets, in the folder where
/// `pulse::Console` puts them.
[[nodiscard]] std::vector<std::string> running_consoles();

/// Connects to a process id, to the path of a socket, or to the only console there is if `target`
/// is empty.
[[nodiscard]] Result<std::unique_ptr<Feed>> connect_to(const std::string& target);

/// Plays a recording at the speed at which it was made, or all at once.
[[nodiscard]] Result<std::unique_ptr<Feed>> replay(const std::string& file, bool at_once);

}  // namespace pulsebench::console
