package dev.llmops.spring.boot.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class StructuredLogTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash", "gelf"})
    void structured_logging_loses_no_field_of_a_record(String format, CapturedOutput output) {
        call(Map.of("logging.structured.format.console", format));
        Map<?, ?> line = JsonMapper.shared().readValue(line(output), Map.class);
        assertWhole(find(line, "llmops"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash", "gelf"})
    void content_beyond_the_basic_plane_is_kept_in_the_message(String format, CapturedOutput output) {
        call(Map.of(
                "logging.structured.format.console", format,
                "llmops.content.capture", "true",
                "llmops.content.show", "true"));
        String text = line(output);
        Map<?, ?> line = JsonMapper.shared().readValue(text, Map.class);
        Object message = line.containsKey("message") ? line.get("message") : line.get("short_message");
        assertWhole(JsonMapper.shared().readValue(String.valueOf(message), Map.class));
    }

    @ParameterizedTest
    @ValueSource(strings = "plain")
    void the_plain_pattern_prints_the_whole_record(String format, CapturedOutput output) {
        call(Map.of("llmops.versions.prompt", format));
        String line = line(output);
        assertWhole(JsonMapper.shared().readValue(line.substring(line.indexOf("{\"schema\"")), Map.class));
    }

    private static void call(Map<String, Object> properties) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(properties);
        try (ConfigurableApplicationContext context = application.run()) {
            LlmCall call = context.getBean(LlmOps.class)
                    .call(Operation.CHAT, "openai", "gpt-4o")
                    .user("u1")
                    .requestId("r-1")
                    .start();
            call.attribute("mood", "\uD83D\uDE00 \"quoted\"\n");
            call.usage(TokenUsage.inclusive(812, 333).cachedInput(512)).finish("stop");
        }
    }

    private static String line(CapturedOutput output) {
        List<String> lines =
                output.getOut().lines().filter(line -> line.contains("r-1")).toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    /** Formats put key-value pairs at different depths. */
    private static Map<?, ?> find(Map<?, ?> tree, String key) {
        if (tree.get(key) instanceof Map<?, ?> found) {
            return found;
        }
        if (tree.get("_" + key) instanceof Map<?, ?> found) {
            return found;
        }
        throw new AssertionError("there is no " + key + " in " + tree);
    }

    private static void assertWhole(Map<?, ?> record) {
        assertThat(record.get("schema")).isEqualTo("llmops.call/1");
        assertThat(record.get("request_id")).isEqualTo("r-1");
        assertThat(record.get("tokens_in")).isEqualTo(812);
        assertThat(record.get("tokens")).isEqualTo(Map.of("origin", "reported", "cached_input", 512));
        assertThat(record.get("cost"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("currency", "USD");
        assertThat(record.get("latency_ms")).isInstanceOf(Map.class);
    }
}
