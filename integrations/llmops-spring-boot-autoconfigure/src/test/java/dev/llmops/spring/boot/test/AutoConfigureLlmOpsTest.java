package dev.llmops.spring.boot.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig(AutoConfigureLlmOpsTest.Slice.class)
@AutoConfigureLlmOps
class AutoConfigureLlmOpsTest {

    @Configuration(proxyBeanMethods = false)
    static class Slice {}

    @Test
    void a_slice_records_its_calls(@Autowired LlmOps llmops, @Autowired RecordingListener calls) {
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish("stop");
        assertThat(calls.onlyRecord().info().requestModel()).isEqualTo("gpt-4o");
    }

    @Test
    void the_slice_has_every_auto_configuration_of_the_application() throws IOException {
        assertThat(lines("dev.llmops.spring.boot.test.AutoConfigureLlmOps.imports"))
                .containsAll(lines("org.springframework.boot.autoconfigure.AutoConfiguration.imports"));
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of("target", "classes", "META-INF", "spring", file));
    }
}
