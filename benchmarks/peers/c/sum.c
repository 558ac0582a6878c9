/*
 * Sums of a mapped column in C: `NAME mmap sum int64|float64-nulls FILE`. The plain loops, or with TUNED the fastest ones
 * that we found, which the Java of our contender is the counterpart of. It knows nothing of Arrow: where the bodies
 * of the batches lie, it reads from FILE.blocks, one line of "rows offset" for each. The column is the first of the file, so
 * that its validity bitmap, if it has one, begins the body, and its values follow at the next multiple of 64.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct block {
    int64_t rows;
    const uint8_t *body;
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

#ifndef TUNED

static int64_t sum_of_longs(const int64_t *values, int64_t rows) {
    int64_t sum = 0;
    for (int64_t i = 0; i < rows; i++) {
        sum += values[i];
    }
    return sum;
}

static double sum_of_doubles(const double *values, const uint8_t *validity, int64_t rows) {
    double sum = 0;
    for (int64_t i = 0; i < rows; i++) {
        if (validity[i / 8] >> (i % 8) & 1) {
            sum += values[i];
        }
    }
    return sum;
}

#else

#define LANES 8

/* Both halves at once: the processor then fetches memory for two places. */
static int64_t sum_of_longs(const int64_t *values, int64_t rows) {
    int64_t half = rows / 2;
    int64_t sum = rows % 2 == 0 ? 0 : values[rows - 1];
    for (int64_t i = 0; i < half; i++) {
        sum += values[i] + values[half + i];
    }
    return sum;
}

static double masked(double value, uint64_t mask) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits &= mask;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* For each byte of a bitmap, a mask for each of its rows: all ones, or zero where it is null. */
static uint64_t masks[256][LANES];

__attribute__((constructor)) static void make_masks(void) {
    for (int byte = 0; byte < 256; byte++) {
        for (int lane = 0; lane < LANES; lane++) {
            masks[byte][lane] = -(uint64_t)(byte >> lane & 1);
        }
    }
}

/* Without branches, and eight sums, of which the compiler makes one vector. */
static double sum_of_doubles(const double *values, const uint8_t *validity, int64_t rows) {
    double sums[LANES] = {0};
    int64_t i = 0;
    for (; i + LANES <= rows; i += LANES) {
        const uint64_t *mask = masks[validity[i / LANES]];
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += masked(values[i + lane], mask[lane]);
        }
    }
    double sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
        sum += sums[lane];
    }
    for (; i < rows; i++) {
        sum += masked(values[i], masks[validity[i / LANES]][i % LANES]);
    }
    return sum;
}

#endif

static int64_t pass(const struct block *blocks, size_t count, int nulls) {
    int64_t longs = 0;
    double doubles = 0;
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &blocks[i];
        if (nulls) {
            int64_t bitmap_bytes = ((block->rows + 7) / 8 + 63) / 64 * 64;
            doubles += sum_of_doubles((const double *)(block->body + bitmap_bytes), block->body, block->rows);
        } else {
            longs += sum_of_longs((const int64_t *)block->body, block->rows);
        }
    }
    return nulls ? (int64_t)doubles : longs;
}

static const uint8_t *map(const char *path) {
    int fd = open(path, O_RDONLY);
    struct stat stat;
    if (fd < 0 || fstat(fd, &stat) != 0) {
        fail(path);
    }
    void *mapped = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) {
        fail("mmap");
    }
    close(fd);
    return mapped;
}

static struct block *blocks_of(const char *path, size_t *count) {
    char name[4096];
    if ((size_t)snprintf(name, sizeof name, "%s.blocks", path) >= sizeof name) {
        exit(1);
    }
    FILE *lines = fopen(name, "r");
    if (lines == NULL) {
        fail(name);
    }
    const uint8_t *file = map(path);
    struct block *blocks = NULL;
    int64_t rows, offset;
    for (*count = 0; fscanf(lines, "%" SCNd64 " %" SCNd64, &rows, &offset) == 2; ++*count) {
        blocks = realloc(blocks, (*count + 1) * sizeof *blocks);
        if (blocks == NULL) {
            fail("realloc");
        }
        blocks[*count] = (struct block){rows, file + offset};
    }
    fclose(lines);
    return blocks;
}

static int64_t nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 6 || strcmp(argv[3], "sum") != 0) {
        fprintf(stderr, "expected NAME mmap sum COLUMN FILE\n");
        return 2;
    }
    int nulls = strcmp(argv[4], "float64-nulls") == 0;
    size_t count;
    struct block *blocks = blocks_of(argv[5], &count);
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("ready");
    for (int64_t passes; scanf("%" SCNd64, &passes) == 1;) {
        int64_t sum = 0;
        int64_t start = nanos();
        for (int64_t i = 0; i < passes; i++) {
            sum += pass(blocks, count, nulls);
            /* Memory may have changed, for all the compiler knows: every pass is done. */
            __asm__ volatile("" ::: "memory");
        }
        printf("done %" PRId64 " %" PRId64 " %" PRId64 "\n", passes, nanos() - start, sum);
    }
    return 0;
}
