package dev.llmops.release.evidence;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static dev.llmops.release.Policies.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.VersionSwitch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that neither threads, nor when evidence is read, nor who books the calls shows in the evidence of a recorder. */
class RecorderParityTest {

    private static final int ALL = 100_000;
    private static final int THREADS = 8;

    /** What a recorder was told of a call: its end, or what was said of it later. */
    private record Told(UUID call, Consumer<GateRecorder> telling) {}

    /** A release with repeated units, shadows, and feedback that comes at once, late, or for calls of long ago. */
    private record RandomRelease(List<Told> told, Instant end) {

        static RandomRelease of(long seed, int calls) {
            List<Told> told = new ArrayList<>();
            Random random = new Random(seed);
            FakeTicker ticker = new FakeTicker();
            try (VersionSwitch release = Releases.started("r1", Exposure.of("50%", .5));
                    Traffic traffic = new Traffic(release, ticker, keepingIn(told))) {
                for (int i = 0; i < calls; i++) {
                    String unit = "u" + random.nextInt(calls);
                    if (random.nextInt(8) == 0) {
                        shadowed(unit, release, traffic, random);
                    } else {
                        traffic.call(unit);
                    }
                    if (random.nextInt(4) == 0) {
                        traffic.llmops.feedback("u" + random.nextInt(calls), LlmEvent.Verdict.DOWN, null);
                    }
                }
            }
            return new RandomRelease(told, ticker.clock().instant());
        }

        private static void shadowed(String unit, VersionSwitch release, Traffic traffic, Random random) {
            LlmCall seen = traffic.start(unit);
            LlmCall shadow = release.assign(unit)
                    .markShadow(
                            traffic.llmops.call(Operation.CHAT, "openai", "gpt").start(), seen);
            traffic.ticker.advanceMillis(random.nextInt(3_000));
            LlmCall first = random.nextBoolean() ? seen : shadow;
            first.fail(CallError.of(ErrorKind.OVERLOADED));
            for (int i = random.nextInt(3) == 0 ? random.nextInt(6) : 0; i > 0; i--) {
                traffic.call(unit + "-" + i);
            }
            (first == seen ? shadow : seen).finish("stop");
        }

        private static LlmListener keepingIn(List<Told> told) {
            return new LlmListener() {
                @Override
                public void callEnded(LiveCall call, CallRecord record) {
                    told.add(new Told(record.info().callId(), recorder -> recorder.callEnded(call, record)));
                }

                @Override
                public void eventOccurred(LlmEvent event) {
                    told.add(new Told(event.call().callId(), recorder -> recorder.eventOccurred(event)));
                }
            };
        }

        GateRecorder recorder(int capacity) {
            Clock clock = Clock.fixed(end.minus(Duration.ofMinutes(5)), ZoneOffset.UTC);
            return new GateRecorder("r1", FIVE_TESTS, PROFILE, clock, capacity);
        }

        GateEvidence evidence(int capacity) {
            GateRecorder recorder = recorder(capacity);
            told.forEach(each -> each.telling().accept(recorder));
            return recorder.evidence();
        }
    }

    /**
     * SHA-256 of the evidence of a recorder that booked each call as it ended, on the thread that ended it. The recorder's clock is five
     * minutes before the end, and what was not certain by then does not count.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 100000, 78385e7bdb68b4ab1c9be762d205b0b38cf36017ced21d179bf275b103331a26",
        "1, 400, d8490dbaa2e9b0658d4534881f084617d7f5336705c7eef9ed8d1abae2a33420",
        "2, 50, f487b17f0feb66bc785a0549ba04a141568ab8b4c9c9f4400574b28e49d34fe9",
        "3, 1, 3ea92a51b8d989e49b86072a88393b39a216919a197ed63571cb4f1b0c413f18"
    })
    void the_evidence_is_what_it_was_before(long seed, int capacity, String digest) throws NoSuchAlgorithmException {
        String json = RandomRelease.of(seed, 3_000).evidence(capacity).toJson();
        assertThat(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(digest);
    }

    @Property(tries = 5)
    void reading_changes_nothing(@ForAll long seed) {
        RandomRelease release = RandomRelease.of(seed, 300);
        GateRecorder recorder = release.recorder(40);
        for (int i = 0; i < release.told().size(); i++) {
            release.told().get(i).telling().accept(recorder);
            if (i % 7 == 0) {
                recorder.evidence();
            }
        }
        assertThat(recorder.evidence()).isEqualTo(release.evidence(40));
    }

    @Property(tries = 5)
    void many_threads_give_the_evidence_of_one(@ForAll long seed) throws Exception {
        RandomRelease release = RandomRelease.of(seed, 3_000);
        GateRecorder recorder = release.recorder(ALL);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        List<Callable<GateEvidence>> work = IntStream.range(0, THREADS)
                .<Callable<GateEvidence>>mapToObj(thread -> () -> {
                    release.told().stream()
                            .filter(each -> Math.floorMod(each.call().hashCode(), THREADS) == thread)
                            .forEach(each -> each.telling().accept(recorder));
                    return recorder.evidence();
                })
                .toList();
        for (Future<GateEvidence> done : executor.invokeAll(work)) {
            done.get();
        }
        executor.shutdown();
        assertThat(recorder.evidence()).isEqualTo(release.evidence(ALL));
    }
}
