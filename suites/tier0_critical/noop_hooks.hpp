#pragma once

#include <memory>
#include <pulse/hooks.hpp>

/// Hooks that do nothing. Defined in a separate file: a compiler that sees only one class with the
/// interface would guess the call's target and inline it.
std::shared_ptr<pulse::PreemptionHooks> make_noop_hooks();
