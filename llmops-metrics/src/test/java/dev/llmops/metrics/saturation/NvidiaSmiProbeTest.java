package dev.llmops.metrics.saturation;

import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY;
import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY_TOTAL;
import static dev.llmops.metrics.instrument.Instrument.GPU_UTILIZATION;
import static dev.llmops.metrics.saturation.SaturationProbe.Reading.gpu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiProbeTest {

    private static final double MIB = 1024.0 * 1024;

    @TempDir
    Path folder;

    private NvidiaSmiProbe probe(String script, Duration timeout) throws IOException {
        Path executable = folder.resolve("nvidia-smi");
        Files.writeString(executable, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new NvidiaSmiProbe(executable.toString(), timeout);
    }

    private NvidiaSmiProbe probe(String script) throws IOException {
        return probe(script, Duration.ofSeconds(30));
    }

    @Test
    void percent_becomes_a_ratio_and_mebibytes_become_bytes() throws Exception {
        NvidiaSmiProbe probe = probe("echo '0, 57, 10240, 81559'; echo '1, 0, 3, 81559'");
        assertThat(probe.poll().readings())
                .containsExactly(
                        gpu(GPU_UTILIZATION, "0", 0.57),
                        gpu(GPU_MEMORY, "0", 10_240 * MIB),
                        gpu(GPU_MEMORY_TOTAL, "0", 81_559 * MIB),
                        gpu(GPU_UTILIZATION, "1", 0),
                        gpu(GPU_MEMORY, "1", 3 * MIB),
                        gpu(GPU_MEMORY_TOTAL, "1", 81_559 * MIB));
    }

    @Test
    void it_asks_for_the_columns_that_it_reads() throws Exception {
        NvidiaSmiProbe probe = probe("[ \"$*\" = '--query-gpu=index,utilization.gpu,memory.used,memory.total "
                + "--format=csv,noheader,nounits' ] && echo '0, 1, 2, 3'");
        assertThat(probe.poll().readings()).hasSize(3);
    }

    @Test
    void a_value_that_is_not_available_is_absent() throws Exception {
        NvidiaSmiProbe probe = probe("echo '0, [N/A], 10, [GPU requires reset]'");
        assertThat(probe.poll())
                .isEqualTo(new SaturationProbe.Poll(List.of(gpu(GPU_MEMORY, "0", 10 * MIB)), List.of()));
    }

    @Test
    void a_line_of_another_shape_is_a_problem() throws Exception {
        SaturationProbe.Poll poll = probe("echo 'No devices were found'").poll();
        assertThat(poll.readings()).isEmpty();
        assertThat(poll.problems()).singleElement().asString().contains("No devices were found");
    }

    @Test
    void a_failing_command_tells_its_own_words() throws Exception {
        NvidiaSmiProbe probe = probe("echo 'NVIDIA-SMI has failed because it could not reach the driver' >&2; exit 9");
        assertThatThrownBy(probe::poll)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("ended with 9", "could not reach the driver");
    }

    @Test
    void a_command_that_hangs_is_stopped() throws Exception {
        NvidiaSmiProbe probe = probe("exec sleep 600", Duration.ofMillis(200));
        assertThatThrownBy(probe::poll).hasMessage("nvidia-smi did not answer within PT0.2S");
    }

    @Test
    void a_missing_command_is_an_error() {
        NvidiaSmiProbe probe = new NvidiaSmiProbe(folder.resolve("none").toString(), Duration.ofSeconds(1));
        assertThatThrownBy(probe::poll).isInstanceOf(IOException.class);
    }
}
