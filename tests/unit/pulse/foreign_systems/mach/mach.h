// What isolation_macos.cpp takes from Mach, declared as Apple's headers do, so that a compiler here
// reads that file. Nothing is defined: it cannot be linked.
#pragma once

#include <pthread.h>

using kern_return_t = int;
using boolean_t = int;
using integer_t = int;
using mach_port_t = unsigned;
using thread_act_t = mach_port_t;
using mach_msg_type_number_t = unsigned;
using thread_policy_t = integer_t*;
struct thread_precedence_policy {
  integer_t importance;
};
using thread_precedence_policy_data_t = thread_precedence_policy;

#define KERN_SUCCESS 0
#define KERN_TERMINATED 37
#define THREAD_PRECEDENCE_POLICY 3
#define THREAD_PRECEDENCE_POLICY_COUNT \
  (static_cast<mach_msg_type_number_t>(sizeof(thread_precedence_policy_data_t) / sizeof(integer_t)))

extern "C" {
kern_return_t thread_policy_get(thread_act_t thread, unsigned flavor, thread_policy_t policy,
                                mach_msg_type_number_t* count, boolean_t* is_default);
kern_return_t thread_policy_set(thread_act_t thread, unsigned flavor, thread_policy_t policy,
                                mach_msg_type_number_t count);
mach_port_t pthread_mach_thread_np(pthread_t thread);
}
