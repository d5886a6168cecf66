package dev.llmops.samples.gateway.fuzz;

import static dev.llmops.samples.gateway.fuzz.ForeignReader.ofText;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.version.VersionBaggage;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.imports.PriceFormat;
import dev.llmops.cost.usage.UsageReader;
import dev.llmops.redaction.RedactionSession;
import dev.llmops.redaction.Redactor;
import dev.llmops.release.evidence.LogEvidence;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.InvalidGatePolicyException;
import dev.llmops.samples.gateway.provider.ApiFormat;
import dev.llmops.samples.gateway.provider.ProviderReaders;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.backtest.JsonLinesHistory;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.openslo.OpenSlo;
import dev.llmops.slo.openslo.SloImport;
import dev.llmops.tracing.TraceHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The readers of texts: what providers answer, what people configure, and what services logged. */
final class ForeignReaders {

    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");
    private static final Objective CHEAP = Objective.builder("cheap")
            .indicator(Indicator.costPerCall(new BigDecimal("0.02"), "USD"))
            .target(0.9)
            .build();

    private ForeignReaders() {}

    static List<ForeignReader> texts() {
        RedactionSession session = Redactor.builder().build().openSession();
        String redacted = session.redact("write to ada@example.com").text();
        return List.of(
                ofText("provider bodies in one piece", ForeignReaders::wholeAnswer, Samples.ANSWERS),
                ofText("provider streams", ForeignReaders::stream, Samples.STREAMS),
                ofText("provider errors", ForeignReaders::error, Samples.ERRORS),
                ofText("usage", ForeignReaders::usage, Samples.ANSWERS),
                ofText("price books", ForeignReaders::priceBook, Samples.PRICE_BOOK),
                ofText("prices of others", ForeignReaders::otherPrices, Samples.LITELLM, Samples.GENAI_PRICES),
                ofText("objectives", ForeignReaders::objectives, Samples.OBJECTIVES),
                ofText("OpenSLO and Sloth", ForeignReaders::openSlo, Samples.OPENSLO, Samples.SLOTH),
                ofText("gate policies", ForeignReaders::gatePolicy, bundledPolicy()),
                ofText("log history of objectives", ForeignReaders::sloHistory, Samples.LOG),
                ofText("log history of releases", ForeignReaders::releaseHistory, Samples.LOG),
                ofText("trace headers", ForeignReaders::traceHeaders, Samples.HEADERS),
                ofText("restoration", text -> restore(session, text), redacted, "answer " + redacted + " " + redacted));
    }

    private static void wholeAnswer(String body) throws Exception {
        for (ApiFormat format : ApiFormat.values()) {
            withoutRefusal(() -> ProviderReaders.whole(format, body));
        }
    }

    private static void stream(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (ApiFormat format : ApiFormat.values()) {
            withoutRefusal(() -> ProviderReaders.stream(format, bytes));
        }
    }

    private static void error(String body) throws Exception {
        withoutRefusal(() -> {
            ProviderErrors.ofHttp(500, body);
            ProviderErrors.streamError("error", body);
            ProviderErrors.streamError(body);
        });
    }

    /** Runs a reader that works on an event loop, where an exception other than its own would leave the call open. */
    private static void withoutRefusal(Callback reader) throws Exception {
        try {
            reader.run();
        } catch (IllegalArgumentException e) {
            throw new AssertionError("refused, where the call must end", e);
        }
    }

    /** Reads something. */
    @FunctionalInterface
    private interface Callback {
        void run() throws Exception;
    }

    private static void usage(String body) {
        for (UsageReader.Shape shape : UsageReader.Shape.values()) {
            UsageReader.read(shape, "openai", body);
        }
    }

    private static void priceBook(String text) {
        try {
            PriceBook.parse("foreign", text)
                    .price("acme", "paint", TokenUsage.inclusive(812, 333), PricingContext.at(NOW));
        } catch (PriceBookException e) {
            refused(e);
        }
    }

    private static void otherPrices(String text) {
        for (PriceFormat format : PriceFormat.values()) {
            try {
                format.read(text, NOW);
            } catch (IllegalArgumentException | PriceBookException e) {
                refused(e);
            }
        }
    }

    private static void objectives(String text) {
        ObjectiveSet.parse(text).toYaml();
    }

    private static void openSlo(String text) {
        OpenSlo.validate(text);
        SloImport.parse(text);
    }

    private static void gatePolicy(String text) {
        try {
            GatePolicy.parse("foreign", text);
        } catch (InvalidGatePolicyException e) {
            refused(e);
        }
    }

    private static String bundledPolicy() {
        try (InputStream yaml = Objects.requireNonNull(GatePolicy.class.getResourceAsStream("gate-policy.yml"))) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sloHistory(String text) {
        JsonLinesHistory.read(CHEAP, text.lines(), Duration.ofMinutes(1));
    }

    private static void releaseHistory(String text) {
        LogEvidence.profile(GatePolicy.standard(), .5, 4, text.lines());
    }

    private static void traceHeaders(String text) {
        TraceHeaders.read(Map.of("traceparent", text, "tracestate", text, "x-trace-id", text));
        text.lines().forEach(line -> {
            TraceHeaders.read(Map.of("traceparent", line, "tracestate", line));
            VersionBaggage.decode(line);
        });
    }

    private static void restore(RedactionSession session, String text) {
        String whole = session.restore(text);
        var pieces = session.restorer();
        int half = text.length() / 2;
        String inPieces =
                pieces.accept(text.substring(0, half)) + pieces.accept(text.substring(half)) + pieces.finish();
        if (!whole.equals(inPieces)) {
            throw new AssertionError("restored in pieces it differs");
        }
    }

    private static void refused(RuntimeException e) {
        if (String.valueOf(e.getMessage()).isBlank()) {
            throw new AssertionError("refused without a reason", e);
        }
    }
}
