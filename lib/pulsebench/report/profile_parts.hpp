#pragma once

#include <string>

#include "pulsebench/profile/cpu_profile.hpp"
#include "pulsebench/render/page.hpp"

/// Parts that pages about profiles share.
namespace pulsebench::report {

/// "an operation", "a run", "a request".
[[nodiscard]] std::string operation_text(profile::Operation operation);

/// True if a program is sampled as a whole, so that costs are CPU time.
[[nodiscard]] inline bool is_of_program(const profile::CpuProfile& profile) {
  return profile.operation != profile::Operation::operation;
}

/// "hash.cpp:20"; empty where the line is not known.
[[nodiscard]] std::string frame_place(const profile::Frame& frame);

/// Adds what the reader should know of how samples were taken: refused, lost, withheld, unnamed.
void add_sampling_notes(const profile::CpuProfile& profile, render::Page& page);

/// How many samples, by what, in how many processes.
[[nodiscard]] render::Paragraph about_samples(const profile::CpuProfile& profile);

/// A flame graph of all samples, with inlined functions.
[[nodiscard]] std::string flame_graph(const profile::CpuProfile& profile, bool with_script);

}  // namespace pulsebench::report
