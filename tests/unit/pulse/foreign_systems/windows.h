// What isolation_windows.cpp takes from Windows, declared as Microsoft documents it, so that a
// compiler here reads that file. Nothing is defined: it cannot be linked.
#pragma once

using HANDLE = void*;
using DWORD = unsigned long;
using BOOL = int;

#define FALSE 0
#define THREAD_QUERY_INFORMATION 0x0040
#define THREAD_SET_INFORMATION 0x0020
#define THREAD_PRIORITY_IDLE (-15)
#define THREAD_PRIORITY_ERROR_RETURN 0x7fffffff
#define ERROR_INVALID_PARAMETER 87L

extern "C" {
HANDLE OpenThread(DWORD access, BOOL inherit, DWORD thread);
BOOL CloseHandle(HANDLE handle);
DWORD GetLastError();
DWORD GetCurrentThreadId();
int GetThreadPriority(HANDLE thread);
BOOL SetThreadPriority(HANDLE thread, int priority);
}
