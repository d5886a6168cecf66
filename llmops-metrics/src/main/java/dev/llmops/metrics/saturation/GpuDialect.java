package dev.llmops.metrics.saturation;

import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY;
import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY_TOTAL;
import static dev.llmops.metrics.instrument.Instrument.GPU_UTILIZATION;

import dev.llmops.metrics.instrument.Instrument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Metric names of devices in the DCGM exporter and Triton. DCGM tells percent and mebibytes, and no total: it is
 * what is used, free and reserved. A device that several pods share is told once per pod with the same values, so the
 * last one counts. Identifiers begin with the server's name, for every node numbers its devices from 0.
 *
 * <p>See docs/decisions/metrics.md#gpu_id-is-the-index-of-a-local-device-and-serverindex-of-one-read-from-an-endpoint.
 */
final class GpuDialect {

    private static final String DCGM_UTILIZATION = "DCGM_FI_DEV_GPU_UTIL";
    private static final String DCGM_USED = "DCGM_FI_DEV_FB_USED";
    private static final String DCGM_FREE = "DCGM_FI_DEV_FB_FREE";
    private static final String DCGM_RESERVED = "DCGM_FI_DEV_FB_RESERVED";
    private static final String TRITON_UTILIZATION = "nv_gpu_utilization";
    private static final String TRITON_USED = "nv_gpu_memory_used_bytes";
    private static final String TRITON_TOTAL = "nv_gpu_memory_total_bytes";
    private static final int MEBIBYTE = 1024 * 1024;

    static final Set<String> NAMES = Set.of(
            DCGM_UTILIZATION, DCGM_USED, DCGM_FREE, DCGM_RESERVED, TRITON_UTILIZATION, TRITON_USED, TRITON_TOTAL);

    private GpuDialect() {}

    static List<SaturationProbe.Reading> read(String server, List<Sample> samples) {
        Map<String, Map<String, Double>> byDevice = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (NAMES.contains(sample.name()) && !Double.isNaN(sample.value())) {
                byDevice.computeIfAbsent(server + "/" + deviceOf(sample), d -> new LinkedHashMap<>())
                        .put(sample.name(), sample.value());
            }
        }
        List<SaturationProbe.Reading> readings = new ArrayList<>();
        byDevice.forEach((gpuId, values) -> {
            Device device = new Device(gpuId, values, readings);
            device.show(GPU_UTILIZATION, device.value(DCGM_UTILIZATION) / 100);
            device.show(GPU_UTILIZATION, device.value(TRITON_UTILIZATION));
            device.show(GPU_MEMORY, device.value(DCGM_USED) * MEBIBYTE);
            device.show(GPU_MEMORY, device.value(TRITON_USED));
            double reserved = values.getOrDefault(DCGM_RESERVED, 0.0);
            device.show(GPU_MEMORY_TOTAL, (device.value(DCGM_USED) + device.value(DCGM_FREE) + reserved) * MEBIBYTE);
            device.show(GPU_MEMORY_TOTAL, device.value(TRITON_TOTAL));
        });
        return readings;
    }

    private static String deviceOf(Sample sample) {
        String device = sample.label("gpu").isEmpty() ? sample.label("gpu_uuid") : sample.label("gpu");
        String instance = sample.label("GPU_I_ID");
        return instance.isEmpty() ? device : device + "/" + instance;
    }

    /** The values of one device; NaN, and so no reading, for what is not among them. */
    private record Device(String gpuId, Map<String, Double> values, List<SaturationProbe.Reading> readings) {

        double value(String metric) {
            return values.getOrDefault(metric, Double.NaN);
        }

        void show(Instrument instrument, double value) {
            if (!Double.isNaN(value)) {
                readings.add(SaturationProbe.Reading.gpu(instrument, gpuId, value));
            }
        }
    }
}
