package dev.llmops.metrics.saturation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.llmops.metrics.instrument.Instrument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class NvidiaProbeTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("llmops.saturation");

    @TempDir
    Path folder;

    @BeforeEach
    void listen_to_the_log() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop_listening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private NvidiaSmiProbe noCommand() {
        return new NvidiaSmiProbe(folder.resolve("nvidia-smi").toString(), Duration.ofSeconds(1));
    }

    private NvmlProbe noLibrary() {
        return new NvmlProbe(folder.resolve("libnvidia-ml.so.1").toString());
    }

    @Test
    void without_a_device_there_are_no_readings_and_one_line_of_log() throws Exception {
        NvidiaProbe probe = new NvidiaProbe(List.of(this::noLibrary, this::noCommand));
        assertThat(probe.poll()).isEqualTo(new SaturationProbe.Poll(List.of(), List.of()));
        assertThat(probe.poll()).isEqualTo(new SaturationProbe.Poll(List.of(), List.of()));
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("No NVIDIA device", "libnvidia-ml.so.1", "nvidia-smi");
    }

    @Test
    void a_library_without_devices_gives_way_to_the_next_source() throws Exception {
        NvmlStub stub = NvmlStub.compile(folder, "GPUS=0");
        SaturationProbe second = new FixedProbe("second", SaturationProbe.Reading.gpu(Instrument.GPU_MEMORY, "0", 1));
        NvidiaProbe probe = new NvidiaProbe(List.of(() -> new NvmlProbe(stub.path()), () -> second));
        assertThat(probe.poll().readings()).hasSize(1);
        assertThat(stub.call("stub_shutdown_calls")).isEqualTo(1);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("NVIDIA devices are read through second");
    }

    @Test
    void without_jna_the_next_source_is_asked() throws Exception {
        SaturationProbe second = new FixedProbe("second", SaturationProbe.Reading.gpu(Instrument.GPU_MEMORY, "0", 1));
        NvidiaProbe probe = new NvidiaProbe(List.of(
                () -> {
                    throw new NoClassDefFoundError("com/sun/jna/NativeLibrary");
                },
                () -> second));
        assertThat(probe.poll().readings()).hasSize(1);
    }

    @Test
    void the_first_source_that_has_devices_stays_the_source() throws Exception {
        NvmlStub stub = NvmlStub.compile(folder);
        NvidiaProbe probe = new NvidiaProbe(List.of(() -> new NvmlProbe(stub.path()), this::noCommand));
        assertThat(probe.poll().readings()).hasSize(6);
        assertThat(probe.poll().readings()).hasSize(6);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("NVIDIA devices are read through nvml");
    }
}
