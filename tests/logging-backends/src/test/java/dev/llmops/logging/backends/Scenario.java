package dev.llmops.logging.backends;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogEntry;
import dev.llmops.logging.LogRing;
import dev.llmops.logging.Slf4jSink;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** What happens while a back end is watched. */
enum Scenario {

    /** One ordinary call with every field, and each kind of later event. */
    ORDINARY {
        @Override
        void play(LlmOps llmops, Consumer<Boolean> level) {
            play(llmops, "value");
            llmops.feedback("value", LlmEvent.Verdict.DOWN, "comment");
            llmops.evaluation("value", "faithfulness", 0.92, "pass", "explanation");
            llmops.refusal("value", "policy");
            llmops.risk("value", new RiskFinding("leak", "reported", "detail"));
        }
    },

    /** Every text in every field is out to forge a line, a field or a display. */
    HOSTILE {
        @Override
        void play(LlmOps llmops, Consumer<Boolean> level) {
            for (String text : Hostile.TEXTS) {
                play(llmops, text);
                llmops.feedback(text, LlmEvent.Verdict.DOWN, text);
                llmops.evaluation(text, text, 0.5, text, text);
                llmops.refusal(text, text);
                llmops.risk(text, new RiskFinding(text, text, text));
            }
        }
    },

    /** A prompt far over every limit. */
    LARGE {
        @Override
        void play(LlmOps llmops, Consumer<Boolean> level) {
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
            call.input("测\"😀\n".repeat(100_000)).output("\"".repeat(1 << 20)).finish("stop");
        }
    },

    /** Texts from a file in every place that what happened gives text to, redacted; some lines for each text. */
    REDACTED {
        @Override
        void play(LlmOps llmops, Consumer<Boolean> level) throws IOException {
            for (String text :
                    Files.readString(Path.of(System.getProperty(TEXTS_FILE))).split(TEXTS_END, -1)) {
                LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                        .requestId("r-1")
                        .start();
                call.input(text).output(text).attribute("note", text).responseModel(text);
                call.risk(new RiskFinding(text, text, text));
                call.fail(new CallError(ErrorKind.INTERNAL, text, OptionalInt.empty(), text));
                llmops.feedback("r-1", LlmEvent.Verdict.DOWN, text);
                llmops.evaluation("r-1", text, 0.5, text, text);
                llmops.refusal("r-1", text);
                llmops.risk("r-1", new RiskFinding(text, text, text));
            }
        }

        @Override
        CallEnricher enricher() {
            return RedactionEnricher.using(Redactor.ofDefaults());
        }
    },

    /** Many threads log while the level goes up and down. */
    LEVEL_CHANGES {
        @Override
        void play(LlmOps llmops, Consumer<Boolean> level) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(THREADS);
            for (int t = 0; t < THREADS; t++) {
                new Thread(() -> {
                            for (int i = 0; i < CALLS_PER_THREAD; i++) {
                                play(llmops, "value");
                            }
                            done.countDown();
                        })
                        .start();
            }
            for (boolean enabled = false; done.getCount() > 0; enabled = !enabled) {
                level.accept(enabled);
                Thread.yield();
            }
            level.accept(true);
        }
    };

    static final int THREADS = 25;
    static final int CALLS_PER_THREAD = 40;

    /** The property that names the file of texts, each but the last with its end. */
    static final String TEXTS_FILE = "llmops.texts";

    static final String TEXTS_END = "\u0000";

    /** Of a call, and of each kind of later event. */
    static final int LINES_OF_A_TEXT = 5;

    abstract void play(LlmOps llmops, Consumer<Boolean> level) throws InterruptedException, IOException;

    CallEnricher enricher() {
        return record -> record.info().feature() == null
                ? record
                : enriched(record.toBuilder(), record.info().feature());
    }

    /** Plays it, and returns the records as they were logged. */
    List<String> run(CallLog.Mode mode, Consumer<Boolean> level) throws InterruptedException, IOException {
        LogRing ring = LogRing.of(10_000);
        CallLog log = CallLog.builder()
                .sink(Slf4jSink.of(mode))
                .sink(ring)
                .tokenAliases(true)
                .build();
        FakeTicker ticker = new FakeTicker();
        LlmOps llmops = LlmOps.builder()
                .ticker(ticker)
                .clock(ticker.clock())
                .contentPolicy(ContentPolicy.builder()
                        .captureContent(true)
                        .showContent(true)
                        .showEventTexts(true)
                        .build())
                .listener(log)
                .enricher(enricher())
                .build();
        play(llmops, level);
        llmops.close();
        if (!llmops.telemetry()
                .values(dev.llmops.core.telemetry.Telemetry.Kind.FAILURES)
                .isEmpty()) {
            throw new IllegalStateException(
                    "the log failed: " + llmops.telemetry().values(dev.llmops.core.telemetry.Telemetry.Kind.FAILURES));
        }
        List<String> records = new ArrayList<>();
        for (LogEntry entry : ring.entries()) {
            records.add(entry.json());
        }
        return records;
    }

    private static dev.llmops.core.record.CallRecord enriched(
            dev.llmops.core.record.CallRecord.Builder record, String text) {
        BigDecimal money = new BigDecimal("0.0000000125");
        CostComponent component = new CostComponent("input_tokens", BigDecimal.ONE, money, BigDecimal.ONE, money, text);
        return record.cost(new Cost(CostState.EXACT, money, "USD", List.of(component), null))
                .redaction(new Redaction(Redaction.Status.REDACTED, List.of(text, "output"), Map.of(text, 2), text))
                .content(new Content(text, text))
                .build();
    }

    /** A call with the same text in every field that takes one. */
    static void play(LlmOps llmops, String text) {
        VersionSet.Builder versions = VersionSet.builder().code(text).prompt(text);
        if (text.indexOf('=') < 0) {
            versions.part(text, text);
        }
        LlmCall call = llmops.call(new Operation(text), text, text)
                .requestId(text)
                .traceId(text)
                .conversationId(text)
                .user(text)
                .tenant(text)
                .feature(text)
                .serverAddress(text)
                .versionSet(versions.build())
                .streaming(true)
                .start();
        call.live().trace(text, "b7ad6b7169203331");
        call.phase("queue").close();
        call.phase(text).close();
        call.tool(text).close();
        call.tool(text).fail(new ErrorKind(text, true));
        call.chunk(1);
        call.chunk(2);
        call.usage(TokenUsage.inclusive(812, 333).cachedInput(512));
        call.responseModel(text).retry().refusal().risk(new RiskFinding(text, text, text));
        call.attribute(text, text).attribute("a.b", 1).attribute("a.b.c", true).attribute("ratio", 0.5);
        call.attribute("list", List.of(text, text));
        call.fail(new CallError(new ErrorKind(text, true), text, OptionalInt.of(429), text));
    }
}
