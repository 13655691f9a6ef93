#include "ck_ring_calls.h"

#include <ck_ring.h>
#include <stdlib.h>

struct ck_peer {
  ck_ring_t ring;
  ck_ring_buffer_t* slots;
};

struct ck_peer* ck_peer_make(unsigned capacity) {
  struct ck_peer* const peer = aligned_alloc(64, (sizeof(struct ck_peer) + 63) / 64 * 64);
  peer->slots = calloc(capacity, sizeof *peer->slots);
  ck_ring_init(&peer->ring, capacity);
  return peer;
}

void ck_peer_free(struct ck_peer* peer) {
  free(peer->slots);
  free(peer);
}

int ck_peer_push(struct ck_peer* peer, void* item) {
  return ck_ring_enqueue_spsc(&peer->ring, peer->slots, item);
}

int ck_peer_pop(struct ck_peer* peer, void** item) {
  return ck_ring_dequeue_spsc(&peer->ring, peer->slots, item);
}
