#pragma once

#include <string>

#include "pulsebench/profile/memory_report.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// Who allocates: "leak() mem.cpp:14".
[[nodiscard]] std::string site_of_stack(const profile::HeapProfile& heap, std::size_t stack);

[[nodiscard]] std::string bytes_text(double bytes);

void add_heap_tables(render::Page& page, const profile::HeapProfile& heap);

[[nodiscard]] std::string memory_json(const profile::MemoryReport& report, int exit_code);

}  // namespace pulsebench::report
