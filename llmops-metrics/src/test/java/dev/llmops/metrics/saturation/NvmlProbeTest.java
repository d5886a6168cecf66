package dev.llmops.metrics.saturation;

import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY;
import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY_TOTAL;
import static dev.llmops.metrics.instrument.Instrument.GPU_UTILIZATION;
import static dev.llmops.metrics.saturation.SaturationProbe.Reading.gpu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvmlProbeTest {

    private static final double GIB = 1024.0 * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void every_device_shows_utilization_and_memory() throws Exception {
        try (NvmlProbe probe = new NvmlProbe(NvmlStub.compile(folder).path())) {
            assertThat(probe.poll())
                    .isEqualTo(new SaturationProbe.Poll(
                            List.of(
                                    gpu(GPU_UTILIZATION, "0", 0.87),
                                    gpu(GPU_MEMORY, "0", 10 * GIB),
                                    gpu(GPU_MEMORY_TOTAL, "0", 80 * GIB),
                                    gpu(GPU_UTILIZATION, "1", 0),
                                    gpu(GPU_MEMORY, "1", 11 * GIB),
                                    gpu(GPU_MEMORY_TOTAL, "1", 80 * GIB)),
                            List.of()));
        }
    }

    @Test
    void an_old_driver_is_read_through_its_old_symbols() throws Exception {
        try (NvmlProbe probe =
                new NvmlProbe(NvmlStub.compile(folder, "OLD_DRIVER", "GPUS=1").path())) {
            assertThat(probe.poll().readings())
                    .containsExactly(
                            gpu(GPU_UTILIZATION, "0", 0.87),
                            gpu(GPU_MEMORY, "0", 11 * GIB),
                            gpu(GPU_MEMORY_TOTAL, "0", 80 * GIB));
        }
    }

    @Test
    void a_lost_device_is_a_problem_and_absent_while_the_other_shows() throws Exception {
        NvmlStub stub = NvmlStub.compile(folder);
        try (NvmlProbe probe = new NvmlProbe(stub.path())) {
            stub.call("stub_set_device_code", 0, 15);
            SaturationProbe.Poll poll = probe.poll();
            assertThat(poll.readings()).extracting(r -> r.labelValues().get(0)).containsOnly("1");
            assertThat(poll.problems()).singleElement().asString().contains("GPU 0", "GPU is lost", "NVML error 15");
        }
    }

    @Test
    void a_value_that_a_device_does_not_have_is_absent_without_a_problem() throws Exception {
        NvmlStub stub = NvmlStub.compile(folder, "GPUS=1");
        try (NvmlProbe probe = new NvmlProbe(stub.path())) {
            stub.call("stub_set_utilization_code", 0, NvmlException.NOT_SUPPORTED);
            SaturationProbe.Poll poll = probe.poll();
            assertThat(poll.problems()).isEmpty();
            assertThat(poll.readings())
                    .extracting(SaturationProbe.Reading::instrument)
                    .containsExactly(GPU_MEMORY, GPU_MEMORY_TOTAL);
        }
    }

    @Test
    void a_value_that_fails_is_a_problem_and_leaves_the_device_its_other_values() throws Exception {
        NvmlStub stub = NvmlStub.compile(folder, "GPUS=1");
        try (NvmlProbe probe = new NvmlProbe(stub.path())) {
            stub.call("stub_set_utilization_code", 0, 999);
            SaturationProbe.Poll poll = probe.poll();
            assertThat(poll.problems()).singleElement().asString().contains("Unknown Error");
            assertThat(poll.readings()).hasSize(2);
        }
    }

    @Test
    void a_missing_library_says_so() {
        NvmlProbe probe = new NvmlProbe(folder.resolve("no-such.so").toString());
        assertThatThrownBy(probe::poll).isInstanceOf(NvmlException.class).hasMessageContaining("no-such.so");
    }

    @Test
    void a_driver_that_is_not_loaded_says_so() throws Exception {
        NvmlStub stub = NvmlStub.compile(folder);
        stub.call("stub_set_init_code", NvmlException.DRIVER_NOT_LOADED);
        NvmlProbe probe = new NvmlProbe(stub.path());
        assertThatThrownBy(probe::poll).hasMessage("nvmlInit_v2 failed: Driver Not Loaded (NVML error 9)");
    }

    @Test
    void after_a_reset_of_the_driver_the_next_poll_starts_over() throws Exception {
        NvmlStub stub = NvmlStub.compile(folder);
        try (NvmlProbe probe = new NvmlProbe(stub.path())) {
            probe.poll();
            stub.call("stub_set_query_code", NvmlException.UNINITIALIZED);
            assertThatThrownBy(probe::poll).isInstanceOf(NvmlException.class);
            stub.call("stub_set_query_code", 0);
            assertThat(probe.poll().readings()).hasSize(6);
            assertThat(stub.call("stub_init_calls")).isEqualTo(2);
        }
    }

    @Test
    void closing_shuts_the_library_down_once() throws Exception {
        NvmlStub stub = NvmlStub.compile(folder);
        NvmlProbe probe = new NvmlProbe(stub.path());
        probe.poll();
        probe.close();
        probe.close();
        assertThat(stub.call("stub_shutdown_calls")).isEqualTo(1);
    }
}
