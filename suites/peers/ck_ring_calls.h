#pragma once

/* Concurrency Kit's ring of one producer and one consumer, out of line: its header is C that C++ does
   not accept. */

#ifdef __cplusplus
extern "C" {
#endif

struct ck_peer;

struct ck_peer* ck_peer_make(unsigned capacity);
void ck_peer_free(struct ck_peer* peer);
int ck_peer_push(struct ck_peer* peer, void* item);
int ck_peer_pop(struct ck_peer* peer, void** item);

#ifdef __cplusplus
}
#endif
