#pragma once

#include "pulsebench/vocabulary/exit_code.hpp"
