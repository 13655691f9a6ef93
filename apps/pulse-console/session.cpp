#include "session.hpp"

#include <cerrno>
#include <system_error>

namespace pulsebench::console {

Result<void> Session::record_to(const std::string& file) {
  recording_.reset(std::fopen(file.c_str(), "we"));
  if (recording_) return {};
  return fail(ErrorCode::io,
              "cannot write " + file + ": " + std::generic_category().message(errno));
}

Result<bool> Session::take() {
  bool has_come = false;
  while (true) {
    auto line = feed_->next();
    if (!line) return Failure{line.error()};
    if (!*line) return has_come;
    has_come = true;
    const auto message = decode(**line);
    if (!message) return Failure{message.error()};
    tasks_.apply(*message);
    if (!recording_) continue;
    const bool is_written = std::fputs((*line)->c_str(), recording_.get()) >= 0 &&
                            std::fputc('\n', recording_.get()) != EOF &&
                            std::fflush(recording_.get()) == 0;
    if (!is_written) return fail(ErrorCode::io, "cannot write the recording: the disk may be full");
  }
}

}  // namespace pulsebench::console
