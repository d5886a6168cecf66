package dev.llmops.metrics.saturation;

import dev.llmops.metrics.instrument.Instrument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;

/** NVIDIA devices, read from the output of {@code nvidia-smi}. */
final class NvidiaSmiProbe implements SaturationProbe {

    static final String EXECUTABLE = "nvidia-smi";

    private static final int MAX_OUTPUT_BYTES = 64 * 1024;
    private static final int COLUMNS = 4;
    private static final int MEBIBYTE = 1024 * 1024;

    private final List<String> command;
    private final Duration timeout;

    NvidiaSmiProbe(String executable, Duration timeout) {
        this.command = List.of(
                executable,
                "--query-gpu=index,utilization.gpu,memory.used,memory.total",
                "--format=csv,noheader,nounits");
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "nvidia_smi";
    }

    @Override
    public SaturationProbe.Poll poll() throws IOException, InterruptedException {
        List<SaturationProbe.Reading> readings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        run().lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] cells = line.split("\\s*,\\s*", -1);
            if (cells.length == COLUMNS) {
                add(readings, Instrument.GPU_UTILIZATION, cells[0], cells[1], percent -> percent / 100);
                add(readings, Instrument.GPU_MEMORY, cells[0], cells[2], mebibytes -> mebibytes * MEBIBYTE);
                add(readings, Instrument.GPU_MEMORY_TOTAL, cells[0], cells[3], mebibytes -> mebibytes * MEBIBYTE);
            } else {
                problems.add("a line of nvidia-smi is not " + COLUMNS + " columns: " + line);
            }
        });
        return new SaturationProbe.Poll(readings, problems);
    }

    /** A cell such as {@code [N/A]} or {@code [GPU requires reset]} holds no number, and so gives no reading. */
    private static void add(
            List<SaturationProbe.Reading> readings,
            Instrument instrument,
            String gpuId,
            String cell,
            DoubleUnaryOperator toBaseUnit) {
        number(cell)
                .ifPresent(value ->
                        readings.add(SaturationProbe.Reading.gpu(instrument, gpuId, toBaseUnit.applyAsDouble(value))));
    }

    private static OptionalDouble number(String cell) {
        try {
            return OptionalDouble.of(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private String run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            // The output of hundreds of devices fits into the pipe, so waiting before reading cannot lock up.
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("nvidia-smi did not answer within " + timeout);
            }
            String output =
                    new String(process.getInputStream().readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IOException("nvidia-smi ended with " + process.exitValue() + ": " + output);
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
