package dev.llmops.metrics;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.metrics.instrument.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The attributes that all of OpenTelemetry's client metrics have, bounded, in the order of {@link Instrument#labels()}.
 * What is not known is empty.
 *
 * <p>See docs/decisions/metrics.md#absent-attributes-of-opentelemetrys-profiles-are-empty-labels.
 */
record GenAiAttributes(List<String> values) {

    private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):(\\d{1,5})");

    static GenAiAttributes of(CallRecord call, Limits limits) {
        CallInfo info = call.info();
        String address = limits.limitOrAbsent("server_address", info.serverAddress());
        Matcher hostAndPort = HOST_AND_PORT.matcher(address);
        boolean hasPort = hostAndPort.matches();
        return new GenAiAttributes(List.of(
                limits.limit("operation", info.operation().name()),
                limits.limit("provider", info.provider()),
                limits.limit("model", info.requestModel()),
                limits.limitOrAbsent("response_model", call.responseModel()),
                hasPort ? hostAndPort.group(1) : address,
                hasPort ? hostAndPort.group(2) : ""));
    }

    static String errorType(CallRecord call, Limits limits) {
        CallError error = call.error();
        return limits.limitOrAbsent("error_type", error == null ? null : error.type());
    }

    List<String> with(String value) {
        List<String> all = new ArrayList<>(values);
        all.add(value);
        return all;
    }
}
