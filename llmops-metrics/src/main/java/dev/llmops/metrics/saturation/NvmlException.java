package dev.llmops.metrics.saturation;

/** NVML said no. */
final class NvmlException extends Exception {

    static final int UNINITIALIZED = 1;
    static final int NOT_SUPPORTED = 3;
    static final int DRIVER_NOT_LOADED = 9;
    /** Ours: the library or a symbol of it is missing, as in older drivers. */
    static final int MISSING = -1;

    private static final long serialVersionUID = 1;

    private final int code;

    NvmlException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns true if this is a property of the device or driver, and no failure of the moment. */
    boolean isUnsupported() {
        return code == NOT_SUPPORTED || code == MISSING;
    }

    /** Returns true if only a fresh start of NVML can help. */
    boolean needsRestart() {
        return code == UNINITIALIZED || code == DRIVER_NOT_LOADED;
    }
}
