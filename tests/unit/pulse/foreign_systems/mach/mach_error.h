#pragma once

#include "mach.h"

extern "C" char* mach_error_string(kern_return_t error);
