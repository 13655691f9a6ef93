#pragma once

#include <dlfcn.h>
#include <ggml-backend.h>
#include <llama.h>

#include <cstdio>
#include <filesystem>

namespace inference {

/// Starts llama.cpp. It chooses the library for this processor among those beside itself. It prints
/// errors alone.
inline void start_llama() {
  llama_log_set(
      [](ggml_log_level level, const char* text, void*) {
        if (level == GGML_LOG_LEVEL_ERROR) std::fputs(text, stderr);
      },
      nullptr);
  Dl_info library{};
  if (dladdr(reinterpret_cast<const void*>(&llama_backend_init), &library) != 0) {
    const auto folder = std::filesystem::path{library.dli_fname}.parent_path();
    ggml_backend_load_all_from_path(folder.c_str());
  }
  llama_backend_init();
}

}  // namespace inference
