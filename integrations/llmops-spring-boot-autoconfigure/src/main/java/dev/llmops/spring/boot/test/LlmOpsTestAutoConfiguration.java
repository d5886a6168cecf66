package dev.llmops.spring.boot.test;

import dev.llmops.core.testing.RecordingListener;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Keeps the records of a test's calls. */
@AutoConfiguration(beforeName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration")
final class LlmOpsTestAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RecordingListener llmOpsRecordedCalls() {
        return new RecordingListener();
    }
}
