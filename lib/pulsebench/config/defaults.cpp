#include "pulsebench/config/load.hpp"

namespace pulsebench::config {

Config defaults() {
  Config config;
  config.gates[index_of(Tier::critical)] = {.threshold = Percent{5},
                                            .alpha = 0.01,
                                            .effect = Effect::fail,
                                            .min_slices = 1000,
                                            .max_robust_cv = Percent{5},
                                            .budget = NsPerOp{100},
                                            .target = NsPerOp{50}};
  config.gates[index_of(Tier::fast)] = {.threshold = Percent{10},
                                        .alpha = 0.05,
                                        .effect = Effect::warn,
                                        .min_slices = 500,
                                        .max_robust_cv = Percent{10},
                                        .budget = NsPerOp{500},
                                        .target = NsPerOp{200}};
  config.gates[index_of(Tier::concurrent)] = {.threshold = Percent{20},
                                              .alpha = 0.05,
                                              .effect = Effect::warn,
                                              .min_slices = 0,
                                              .max_robust_cv = Percent{0},
                                              .budget = {},
                                              .target = {}};
  config.gates[index_of(Tier::system)] = {.threshold = Percent{20},
                                          .alpha = 0.05,
                                          .effect = Effect::inform,
                                          .min_slices = 0,
                                          .max_robust_cv = Percent{0},
                                          .budget = {},
                                          .target = {}};
  config.presets = {{"quick", {{8, 8, 8, 8}}},
                    {"standard", {{20, 16, 16, 16}}},
                    {"rigorous", {{64, 64, 64, 64}}}};
  config.suites = {"build/release/bin/suites"};
  config.build = {.command = "cmake --workflow --preset release",
                  .suites = "build/release/bin/suites"};
  return config;
}

}  // namespace pulsebench::config
