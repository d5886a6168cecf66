/*
 * Stands in for libnvidia-ml.so.1: as many devices as GPUS says, of which the tests change the state through
 * stub_set_code. OLD_DRIVER leaves out what drivers before 2012 and before 510 did not have.
 */
#include <string.h>

#ifndef GPUS
#define GPUS 2
#endif

typedef struct { unsigned int gpu, memory; } utilization_t;
typedef struct { unsigned long long total, free, used; } memory_t;
typedef struct { unsigned int version; unsigned long long total, reserved, free, used; } memory_v2_t;

enum { SUCCESS = 0, UNINITIALIZED = 1, INVALID_ARGUMENT = 2, ARGUMENT_VERSION_MISMATCH = 25 };

static const unsigned long long GIB = 1024ULL * 1024 * 1024;
static int initialized, init_code, init_calls, shutdown_calls, query_code;
static int device_code[16], utilization_code[16];
static int devices[16];

void stub_set_init_code(int code) { init_code = code; }
void stub_set_query_code(int code) { query_code = code; if (code == UNINITIALIZED) initialized = 0; }
void stub_set_device_code(int index, int code) { device_code[index] = code; }
void stub_set_utilization_code(int index, int code) { utilization_code[index] = code; }
int stub_init_calls(void) { return init_calls; }
int stub_shutdown_calls(void) { return shutdown_calls; }

static int init(void) {
    init_calls++;
    if (init_code == SUCCESS) initialized = 1;
    return init_code;
}

static int count(unsigned int *n) {
    if (!initialized) return UNINITIALIZED;
    if (query_code) return query_code;
    *n = GPUS;
    return SUCCESS;
}

static int handle(unsigned int index, void **device) {
    if (!initialized) return UNINITIALIZED;
    if (index >= GPUS) return INVALID_ARGUMENT;
    if (device_code[index]) return device_code[index];
    devices[index] = (int) index;
    *device = &devices[index];
    return SUCCESS;
}

#ifdef OLD_DRIVER
int nvmlInit(void) { return init(); }
int nvmlDeviceGetCount(unsigned int *n) { return count(n); }
int nvmlDeviceGetHandleByIndex(unsigned int index, void **device) { return handle(index, device); }
#else
int nvmlInit_v2(void) { return init(); }
int nvmlDeviceGetCount_v2(unsigned int *n) { return count(n); }
int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) { return handle(index, device); }

int nvmlDeviceGetMemoryInfo_v2(void *device, memory_v2_t *memory) {
    int index = *(int *) device;
    if (memory->version != (sizeof(memory_v2_t) | 2 << 24)) return ARGUMENT_VERSION_MISMATCH;
    memory->total = 80 * GIB;
    memory->reserved = GIB;
    memory->used = (10 + index) * GIB;
    memory->free = memory->total - memory->reserved - memory->used;
    return SUCCESS;
}
#endif

int nvmlDeviceGetMemoryInfo(void *device, memory_t *memory) {
    int index = *(int *) device;
    memory->total = 80 * GIB;
    memory->used = (11 + index) * GIB;
    memory->free = memory->total - memory->used;
    return SUCCESS;
}

int nvmlDeviceGetUtilizationRates(void *device, utilization_t *rates) {
    int index = *(int *) device;
    if (utilization_code[index]) return utilization_code[index];
    rates->gpu = index == 0 ? 87 : 0;
    rates->memory = 40;
    return SUCCESS;
}

int nvmlShutdown(void) { shutdown_calls++; initialized = 0; return SUCCESS; }

const char *nvmlErrorString(int code) {
    switch (code) {
        case 9: return "Driver Not Loaded";
        case 15: return "GPU is lost";
        case 999: return "Unknown Error";
        default: return "some error";
    }
}
