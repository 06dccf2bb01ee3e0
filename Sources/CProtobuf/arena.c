// Bump arenas. Unpacking 1 MiB of hostile input can take 56 MiB with malloc; here it takes what the budget allows and
// then fails cleanly, because libprotobuf-c handles an allocator that returns NULL.
#include "cprotobuf.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    FIRST_CHUNK = 64 * 1024,
    /// An arena keeps a spare chunk of at most this size.
    KEPT_CHUNK = 1024 * 1024,
};

static inline uint8_t *chunk_data(cpb_chunk *chunk) { return (uint8_t *)(chunk + 1); }

static void use_chunk(cpb_arena *arena, cpb_chunk *chunk) {
    arena->current = chunk;
    arena->at = chunk_data(chunk);
    arena->end = arena->at + chunk->capacity;
}

static cpb_chunk *create_chunk(size_t capacity, cpb_chunk *previous) {
    cpb_chunk *chunk = malloc(sizeof(cpb_chunk) + capacity);
    if (!chunk) return NULL;
    chunk->previous = previous;
    chunk->capacity = capacity;
    return chunk;
}

cpb_arena *cpb_arena_create(size_t bytes) {
    // The arena and its first chunk are one allocation.
    size_t capacity = (bytes + 7) & ~(size_t)7;
    cpb_arena *arena = malloc(sizeof(cpb_arena) + sizeof(cpb_chunk) + capacity);
    if (!arena) return NULL;
    *arena = (cpb_arena){.budget = SIZE_MAX};
    cpb_chunk *chunk = (cpb_chunk *)(arena + 1);
    chunk->previous = NULL;
    chunk->capacity = capacity;
    use_chunk(arena, chunk);
    return arena;
}

void cpb_arena_destroy(cpb_arena *arena) {
    cpb_chunk *inline_chunk = (cpb_chunk *)(arena + 1);
    cpb_chunk *chunk = arena->current;
    while (chunk && chunk != inline_chunk) {
        cpb_chunk *previous = chunk->previous;
        free(chunk);
        chunk = previous;
    }
    free(arena->spare);
    free(arena);
}

size_t cpb_arena_used(const cpb_arena *arena) {
    return arena->charged + (size_t)(arena->at - chunk_data(arena->current));
}

void *cpb_arena_grow(cpb_arena *arena, size_t bytes) {
    size_t used = cpb_arena_used(arena);
    // `bytes` wraps to a small number where a caller asked for nearly SIZE_MAX; no caller can, as inputs are < 2 GiB.
    if (used > arena->budget || bytes > arena->budget - used) {
        arena->exhausted = true;
        return NULL;
    }
    size_t capacity = arena->current->capacity * 2;
    size_t room = arena->budget - used;
    if (capacity > room) capacity = room;
    if (capacity < bytes) capacity = bytes;
    cpb_chunk *chunk = arena->spare;
    if (chunk && chunk->capacity >= bytes) {
        arena->spare = NULL;
        chunk->previous = arena->current;
    } else {
        chunk = create_chunk(capacity, arena->current);
    }
    if (!chunk) {
        arena->exhausted = true;
        return NULL;
    }
    arena->charged = used;
    use_chunk(arena, chunk);
    if (chunk->capacity > room) arena->end = arena->at + (room & ~(size_t)7);
    void *result = arena->at;
    arena->at += bytes;
    return result;
}

void cpb_arena_limit(cpb_arena *arena, size_t bytes) {
    size_t used = cpb_arena_used(arena);
    arena->budget = bytes > SIZE_MAX - used ? SIZE_MAX : used + bytes;
    if ((size_t)(arena->end - arena->at) > bytes) arena->end = arena->at + (bytes & ~(size_t)7);
}

void cpb_arena_release_chunks(cpb_arena *arena, cpb_mark mark) {
    while (arena->current != mark.chunk) {
        cpb_chunk *chunk = arena->current;
        arena->current = chunk->previous;
        // The largest stays, so that the next message of its size finds the room ready.
        if (chunk->capacity <= KEPT_CHUNK && (!arena->spare || chunk->capacity > arena->spare->capacity)) {
            free(arena->spare);
            arena->spare = chunk;
        } else {
            free(chunk);
        }
    }
    arena->at = mark.at;
    arena->end = mark.end;
}

static _Thread_local cpb_arena *thread_arena;
static pthread_key_t thread_key;
static pthread_once_t thread_key_once = PTHREAD_ONCE_INIT;

static void end_thread(void *value) {
    cpb_arena *arena = value;
    cpb_chunk *chunk = arena->current;
    while (chunk) {
        cpb_chunk *previous = chunk->previous;
        free(chunk);
        chunk = previous;
    }
    free(arena->spare);
    free(arena);
    thread_arena = NULL;
}

static void create_thread_key(void) {
    if (pthread_key_create(&thread_key, end_thread) != 0) abort();
}

static cpb_arena *create_thread_arena(void) {
    pthread_once(&thread_key_once, create_thread_key);
    cpb_arena *arena = malloc(sizeof(cpb_arena));
    cpb_chunk *chunk = create_chunk(FIRST_CHUNK, NULL);
    // Without the first 64 KiB a thread can do nothing.
    if (!arena || !chunk || pthread_setspecific(thread_key, arena) != 0) abort();
    *arena = (cpb_arena){.budget = SIZE_MAX};
    use_chunk(arena, chunk);
    thread_arena = arena;
    return arena;
}

cpb_arena *cpb_thread_arena(void) {
    cpb_arena *arena = thread_arena;
    return __builtin_expect(arena != NULL, 1) ? arena : create_thread_arena();
}
