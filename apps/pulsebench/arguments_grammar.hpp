#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "options.hpp"

/// Which words the command line has. Only `arguments.cpp` reads this.
namespace pulsebench::app {

/// Values that have a form of their own arrive as text and are read after CLI11 is done.
struct Texts {
  std::string tiers, time_budget, format = "text", color = "auto", threshold, fail_on, on_mismatch,
                                  inject_all, counters;
  std::vector<std::string> inject;
};

struct Words {
  CommonOptions common;
  RunOptions run;
  CompareOptions compare;
  AbOptions ab;
  NoiseOptions noise;
  BaselineSaveOptions save;
  BaselineListOptions list;
  BaselineShowOptions show;
  BaselineRemoveOptions remove;
  BaselineApproveOptions approve;
  DoctorOptions doctor;
  TuneOptions tune;
  CountersOptions counters;
  Texts texts;
};

/// Adds every command and option to `app`, each writing to its place in `words`.
void add_commands(CLI::App& app, Words& words);

}  // namespace pulsebench::app
