package dev.llmops.metrics.saturation;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The few functions of NVIDIA's management library that tell how busy and how full a device is. Symbols are looked up
 * one by one, newest first, so that an old driver costs only what it does not have. Not thread-safe.
 *
 * <p>See docs/decisions/metrics.md#nvml-is-called-symbol-by-symbol.
 */
final class Nvml implements AutoCloseable {

    static final String LIBRARY = "libnvidia-ml.so.1";

    private static final int UTILIZATION_BYTES = 8;
    private static final int MEMORY_V1_BYTES = 24;
    private static final int MEMORY_V2_BYTES = 40;
    /** NVML versions its structs: the size, and the version in the top byte. */
    private static final int MEMORY_V2_VERSION = MEMORY_V2_BYTES | (2 << 24);

    private final NativeLibrary library;

    private Nvml(NativeLibrary library) {
        this.library = library;
    }

    /** Bytes of device memory. */
    record MemoryInfo(long usedBytes, long totalBytes) {}

    static Nvml open(String libraryName) throws NvmlException {
        NativeLibrary library;
        try {
            library = NativeLibrary.getInstance(libraryName);
        } catch (UnsatisfiedLinkError e) {
            throw new NvmlException(NvmlException.MISSING, libraryName + " is not there");
        }
        Nvml nvml = new Nvml(library);
        nvml.call(nvml.function("nvmlInit_v2", "nvmlInit"));
        return nvml;
    }

    int deviceCount() throws NvmlException {
        IntByReference count = new IntByReference();
        call(function("nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"), count);
        return count.getValue();
    }

    Pointer device(int index) throws NvmlException {
        PointerByReference device = new PointerByReference();
        call(function("nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex"), index, device);
        return device.getValue();
    }

    /** Share of the last sample period in which the device ran a kernel. */
    double utilizationRatio(Pointer device) throws NvmlException {
        try (Memory rates = new Memory(UTILIZATION_BYTES)) {
            call(function("nvmlDeviceGetUtilizationRates"), device, rates);
            return rates.getInt(0) / 100.0;
        }
    }

    /** Version 2 counts memory that the driver reserves apart, version 1 within what is used. */
    MemoryInfo memory(Pointer device) throws NvmlException {
        try {
            return memoryV2(device);
        } catch (NvmlException e) {
            if (!e.isUnsupported()) {
                throw e;
            }
            return memoryV1(device);
        }
    }

    private MemoryInfo memoryV2(Pointer device) throws NvmlException {
        try (Memory info = new Memory(MEMORY_V2_BYTES)) {
            info.clear();
            info.setInt(0, MEMORY_V2_VERSION);
            call(function("nvmlDeviceGetMemoryInfo_v2"), device, info);
            return new MemoryInfo(info.getLong(32), info.getLong(8));
        }
    }

    private MemoryInfo memoryV1(Pointer device) throws NvmlException {
        try (Memory info = new Memory(MEMORY_V1_BYTES)) {
            call(function("nvmlDeviceGetMemoryInfo"), device, info);
            return new MemoryInfo(info.getLong(16), info.getLong(0));
        }
    }

    @Override
    public void close() {
        try {
            call(function("nvmlShutdown"));
        } catch (NvmlException e) {
            // Nothing is left to shut down.
        }
    }

    private Function function(String... newestFirst) throws NvmlException {
        for (String name : newestFirst) {
            try {
                return library.getFunction(name);
            } catch (UnsatisfiedLinkError e) {
                // An older driver: try the older name.
            }
        }
        throw new NvmlException(NvmlException.MISSING, "the driver has no " + newestFirst[0]);
    }

    private void call(Function function, Object... arguments) throws NvmlException {
        int code = function.invokeInt(arguments);
        if (code != 0) {
            throw new NvmlException(code, function.getName() + " failed: " + describe(code));
        }
    }

    private String describe(int code) throws NvmlException {
        return function("nvmlErrorString").invokeString(new Object[] {code}, false) + " (NVML error " + code + ")";
    }
}
