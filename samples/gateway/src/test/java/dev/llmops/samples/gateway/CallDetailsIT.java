package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.ToolCall;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a record knows of a call besides its text: the wait for admission, and the tools that the model asks for. */
class CallDetailsIT {

    private final BlockingQueue<CallRecord> records = new LinkedBlockingQueue<>();
    private ScriptedProvider provider;
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        provider = new ScriptedProvider();
        GatewayOptions options = new GatewayOptions();
        options.provider = GatewayOptions.Provider.openai;
        options.baseUrl = provider.address();
        options.observer = new LlmListener() {
            @Override
            public void callEnded(LiveCall live, CallRecord record) {
                records.add(record);
            }
        };
        gateway = new RunningGateway(options);
    }

    @AfterEach
    void stop() {
        gateway.close();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | {\"choices\":[{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"weather\","
                        + "\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}",
                "/v1/messages | {\"type\":\"message\",\"content\":[{\"type\":\"tool_use\",\"name\":\"weather\","
                        + "\"input\":{}}],\"stop_reason\":\"tool_use\"}",
                "/v1/responses | {\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":"
                        + "\"function_call\",\"name\":\"weather\",\"arguments\":\"{}\"}]}"
            })
    void the_record_names_the_tools_and_the_wait_for_admission(String path, String answer) throws Exception {
        provider.answers(200, "application/json", answer);
        gateway.post(path, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        CallRecord record = records.poll(20, TimeUnit.SECONDS);
        assertThat(record.toolCalls()).extracting(ToolCall::name).containsExactly("weather");
        assertThat(record.timing().phases()).extracting(Timing.Phase::name).containsExactly("queue");
    }
}
