package dev.llmops.metrics.saturation;

import com.sun.jna.Pointer;
import dev.llmops.metrics.instrument.Instrument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** NVIDIA devices, read through the driver's own library. */
final class NvmlProbe implements SaturationProbe {

    private final String libraryName;
    private @Nullable Nvml nvml;

    NvmlProbe(String libraryName) {
        this.libraryName = libraryName;
    }

    @Override
    public String name() {
        return "nvml";
    }

    @Override
    public SaturationProbe.Poll poll() throws NvmlException {
        try {
            Nvml open = open();
            List<SaturationProbe.Reading> readings = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            int devices = open.deviceCount();
            for (int index = 0; index < devices; index++) {
                readDevice(open, index, readings, problems);
            }
            return new SaturationProbe.Poll(readings, problems);
        } catch (NvmlException e) {
            if (e.needsRestart()) {
                close();
            }
            throw e;
        }
    }

    private Nvml open() throws NvmlException {
        Nvml open = nvml;
        if (open == null) {
            open = Nvml.open(libraryName);
            nvml = open;
        }
        return open;
    }

    private static void readDevice(Nvml nvml, int index, List<SaturationProbe.Reading> readings, List<String> problems)
            throws NvmlException {
        String gpuId = Integer.toString(index);
        try {
            Pointer device = nvml.device(index);
            read(gpuId, problems, () -> {
                double ratio = nvml.utilizationRatio(device);
                readings.add(SaturationProbe.Reading.gpu(Instrument.GPU_UTILIZATION, gpuId, ratio));
            });
            read(gpuId, problems, () -> {
                Nvml.MemoryInfo memory = nvml.memory(device);
                readings.add(SaturationProbe.Reading.gpu(Instrument.GPU_MEMORY, gpuId, (double) memory.usedBytes()));
                readings.add(
                        SaturationProbe.Reading.gpu(Instrument.GPU_MEMORY_TOTAL, gpuId, (double) memory.totalBytes()));
            });
        } catch (NvmlException e) {
            if (e.needsRestart()) {
                throw e;
            }
            problems.add("GPU " + gpuId + ": " + e.getMessage());
        }
    }

    private interface Query {
        void run() throws NvmlException;
    }

    /** Reads a value; one that a device does not have, or lost, does not take its other values along. */
    private static void read(String gpuId, List<String> problems, Query query) throws NvmlException {
        try {
            query.run();
        } catch (NvmlException e) {
            if (e.needsRestart()) {
                throw e;
            }
            if (!e.isUnsupported()) {
                problems.add("GPU " + gpuId + ": " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        Nvml open = nvml;
        nvml = null;
        if (open != null) {
            open.close();
        }
    }
}
