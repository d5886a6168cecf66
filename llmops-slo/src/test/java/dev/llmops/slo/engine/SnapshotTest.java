package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.SloStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SnapshotTest {

    @TempDir
    Path folder;

    private final FakeTicker time = new FakeTicker();
    private Path file;

    @BeforeEach
    void choose() {
        file = folder.resolve("slo.snapshot");
    }

    private SloEngine engine(double target, Indicator indicator) {
        Objective objective = Objective.builder("answers")
                .indicator(indicator)
                .target(target)
                .groupBy(Dimension.MODEL)
                .build();
        return SloEngine.builder()
                .objectives(new ObjectiveSet(List.of(objective), List.of(EventRule.never("no-leak", "leak"))))
                .clock(time.clock())
                .ticker(time)
                .evaluateEvery(Duration.ZERO)
                .snapshot(file)
                .build();
    }

    private SloEngine engine() {
        return engine(0.999, Indicator.availability());
    }

    private void outage(SloEngine engine) {
        for (int minute = 0; minute < 10; minute++) {
            time.advance(Duration.ofMinutes(1));
            for (int i = 0; i < 100; i++) {
                engine.record(Calls.completed(time.clock().instant()));
                engine.record(Calls.failed(time.clock().instant(), ErrorKind.OVERLOADED));
            }
            engine.evaluate();
        }
        engine.record(Calls.risky(time.clock().instant(), "leak", "reported"));
        engine.evaluate();
    }

    @Test
    void restartKeepsTheWindow_theBudget_andTheIncidents() {
        SloEngine before = engine();
        outage(before);
        before.close();
        SloEngine after = engine();
        assertThat(after.statuses().toString()).isEqualTo(before.statuses().toString());
        assertThat(after.eventRuleStatuses().toString())
                .isEqualTo(before.eventRuleStatuses().toString());
        assertThat(after.history("answers")).isEqualTo(before.history("answers"));
        assertThat(after.evaluate()).isEmpty();
        assertThat(after.verdictCounters())
                .allSatisfy(
                        counter -> assertThat(counter.good() + counter.bad()).isZero());
    }

    @Test
    void anotherTarget_keepsTheCounts() {
        SloEngine before = engine();
        outage(before);
        before.close();
        assertThat(engine(0.9, Indicator.availability()).statuses().get(0).counts())
                .isEqualTo(before.statuses().get(0).counts());
    }

    @Test
    void anotherIndicator_startsWithoutData() {
        SloEngine before = engine();
        outage(before);
        before.close();
        assertThat(engine(0.999, Indicator.latency(Duration.ofSeconds(1)))
                        .statuses()
                        .get(0)
                        .counts())
                .isEqualTo(Counts.NONE);
    }

    @Test
    void savedEveryMinute_soThatACrashLosesNoMore() {
        SloEngine crashing = engine();
        outage(crashing);
        assertThat(engine().statuses().get(0).counts().total()).isGreaterThanOrEqualTo(1800);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 17, 60})
    void damagedFile_isRefusedLoudly_andEverythingStartsWithoutData(int keep) throws IOException {
        SloEngine before = engine();
        outage(before);
        before.close();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, keep));
        assertRefused();
    }

    @Test
    void flippedBit_isRefusedLoudly() throws IOException {
        SloEngine before = engine();
        outage(before);
        before.close();
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length / 2] ^= 1;
        Files.write(file, whole);
        assertRefused();
    }

    private void assertRefused() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger("llmops.slo");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.ERROR);
        logger.setAdditive(false);
        SloEngine after;
        try {
            after = engine();
        } finally {
            logger.setLevel(Level.OFF);
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getFormattedMessage()).startsWith("Refusing the SLO snapshot " + file));
        after.record(Calls.completed(time.clock().instant()));
        SloStatus status = after.statuses().get(0);
        assertThat(status.state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        assertThat(status.reason()).contains("are missing, because their file is damaged");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("slo.snapshot.damaged-"));
        }
    }

    @Test
    void the_folder_is_created() {
        file = folder.resolve("new").resolve("deep").resolve("slo.snapshot");
        SloEngine engine = engine();
        outage(engine);
        engine.close();
        assertThat(file).exists();
    }

    @Test
    void a_folder_is_refused_and_stays_where_it_is() throws IOException {
        file = Files.createDirectory(folder.resolve("data"));
        assertThatThrownBy(this::engine)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("snapshot is " + file + ", a folder — a file — name a file in it, such as slo.snapshot");
        assertThat(file).isDirectory();
    }

    @Test
    void a_file_that_cannot_be_written_is_counted_and_noted_in_every_status() throws IOException {
        Files.writeString(folder.resolve("occupied"), "a file, where a folder should be");
        file = folder.resolve("occupied").resolve("slo.snapshot");
        Telemetry telemetry = new Telemetry();
        SloEngine engine = engine();
        engine.useTelemetry(telemetry);
        outage(engine);
        assertThat(telemetry.value(Telemetry.Kind.FAILURES, "slo.snapshot")).isPositive();
        assertThat(engine.statuses())
                .allSatisfy(status -> assertThat(status.reason())
                        .contains("the snapshot " + file + " cannot be written")
                        .contains("so a restart loses these counts"));
    }

    @Test
    void a_snapshot_of_another_version_is_never_called_damaged() throws IOException {
        SloEngine before = engine();
        outage(before);
        before.close();
        byte[] whole = Files.readAllBytes(file);
        ByteBuffer.wrap(whole).putInt(Long.BYTES, 9);
        Files.write(file, whole);
        SloEngine after = engine();
        after.record(Calls.completed(time.clock().instant()));
        SloStatus status = after.statuses().get(0);
        assertThat(status.reason())
                .contains("their file is of another version (9)")
                .doesNotContain("damaged");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("slo.snapshot.version-9-"));
        }
    }

    @Test
    void groups_of_version_1_are_migrated() throws IOException {
        Objective grouped = Objective.builder("grouped")
                .indicator(Indicator.availability())
                .target(0.9)
                .groupBy(Dimension.MODEL, Dimension.VERSION_SET)
                .build();
        byte[] old = version1(grouped);
        SeriesImage image = SeriesImage.read(new DataInputStream(new ByteArrayInputStream(old)), 1);
        assertThat(image.group()).isEqualTo(Map.of(Dimension.MODEL, "m", Dimension.VERSION_SET, "v"));
        assertThat(image.meaning()).isEqualTo(SeriesImage.meaningOf(grouped));
    }

    /** A series as version 1 wrote it: the names of dimensions in upper case. */
    private static byte[] version1(Objective grouped) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(grouped.name());
        out.writeInt(2);
        out.writeUTF("MODEL");
        out.writeUTF("m");
        out.writeUTF("VERSION_SET");
        out.writeUTF("v");
        out.writeUTF(grouped.indicator() + "|[MODEL, VERSION_SET]");
        new CellsImage(1, 1, List.of(), List.of()).write(out);
        out.writeInt(0);
        return bytes.toByteArray();
    }
}
