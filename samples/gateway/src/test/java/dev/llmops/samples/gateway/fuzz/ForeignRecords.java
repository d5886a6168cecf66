package dev.llmops.samples.gateway.fuzz;

import static dev.llmops.samples.gateway.fuzz.ForeignReader.ofText;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.cost.accounting.TopSpenders;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogRing;
import dev.llmops.logging.read.LoggedRecord;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.quality.drift.ReferenceProfile;
import dev.llmops.redaction.Redactor;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.PrometheusEvidence;
import dev.llmops.report.operations.OperationsReport;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.JsonBody;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The readers of what instances and tools of the library write, and others may change on the way. */
final class ForeignRecords {

    private static final Instant DAY = Instant.parse("2026-08-01T00:00:00Z");

    private ForeignRecords() {}

    static List<ForeignReader> texts() {
        String accounts = new AccountTotals(Map.of("USD", new BigDecimal("0.01")), 1, Map.of(), 8, 3, 1).toJson();
        TopSpenders spenders = new TopSpenders(AccountDimension.USER, "USD", 8);
        spenders.add("ada", BigDecimal.ONE);
        return List.of(
                ofText("records of the call log", ForeignRecords::record, Samples.RECORDS),
                ofText("logs for the operations report", ForeignRecords::report, Samples.LOG, Samples.RECORDS[0]),
                ofText(
                        "totals of accounts",
                        text -> AccountTotals.fromJson(text).toJson(),
                        accounts),
                ofText("top spenders", text -> TopSpenders.fromJson(text).toJson(), spenders.toJson()),
                ofText("windows of drift", text -> DriftWindow.fromJson(text).toJson(), Samples.DRIFT_WINDOW),
                ofText(
                        "profiles of drift",
                        text -> ReferenceProfile.fromJson(text).digest(),
                        Samples.DRIFT_PROFILE),
                ofText(
                        "evidence of releases",
                        text -> GateEvidence.fromJson(text).toJson(),
                        Samples.EVIDENCE),
                ofText(
                        "answers of Prometheus on releases",
                        text -> PrometheusEvidence.ofQuery("r1", text),
                        Samples.QUERY,
                        Samples.GATE_QUERY),
                ofText("bodies of requests", ForeignRecords::body, Samples.REQUEST),
                ofText("trees", ForeignRecords::tree, Samples.ANSWERS[0], Samples.REQUEST));
    }

    /** Reads a record, and shows what was read in every form that a view has. */
    private static void record(String line) {
        LoggedRecord logged = LoggedRecord.of(line);
        logged.sampleRate();
        if (!logged.isCall()) {
            logged.event(logged.info(logged.timestamp()));
            return;
        }
        CallRecord call = logged.call();
        AccountTotals.of(call).toJson();
        LogRing ring = LogRing.of(1);
        try (LlmOps llmops =
                LlmOps.builder().listener(CallLog.builder().sink(ring).build()).build()) {
            llmops.call(
                            call.info().operation(),
                            call.info().provider(),
                            call.info().requestModel())
                    .start()
                    .attribute("foreign", String.valueOf(call.attributes()))
                    .finish("stop");
        }
        if (call.cost() != null && call.cost().amountOrNull() != null) {
            call.cost().amountOrNull().toPlainString();
        }
    }

    private static void report(String text) {
        OperationsReport.builder(DAY, DAY.plus(Duration.ofDays(1)), ZoneOffset.UTC)
                .log(text.lines())
                .build();
    }

    private static void body(String text) {
        try {
            JsonBody body = JsonBody.parse(Buffer.buffer(text));
            body.requiredString("model", JsonBody.MAX_NAME);
            body.requiredInt("max_tokens", 1, 100);
            body.requiredNumber("temperature", 0, 2);
            body.flag("stream");
            body.requireNonEmptyList("messages");
            body.check();
        } catch (ApiError.Refusal e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }

    private static void tree(String text) {
        Redactor.builder()
                .build()
                .redactTree(
                        LoggedRecord.of("{\"schema\":\"llmops.x/1\",\"timestamp\":\"2026-08-01T00:00:00Z\",\"tree\":"
                                        + text + "}")
                                .fields());
    }
}
