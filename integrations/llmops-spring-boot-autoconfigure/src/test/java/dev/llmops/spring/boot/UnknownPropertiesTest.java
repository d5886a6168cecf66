package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTest {

    private static List<String> of(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return UnknownProperties.of(environment, UnknownPropertiesTest.class.getClassLoader());
    }

    @Test
    void a_misspelt_property_is_named_with_the_one_that_is_meant() {
        assertThat(of(Map.of("llmops.budget.user", "2.00/day")))
                .containsExactly(
                        "llmops does not know 'llmops.budget.user' (from \"llmops.budget.user\""
                                + " from property source \"test\"), which has no effect — those of docs/properties.md are allowed — write 'llmops.budgets.user'");
    }

    @Test
    void a_property_that_is_like_no_other_is_to_be_removed() {
        assertThat(of(Map.of("llmops.telepathy.enabled", "true")))
                .singleElement()
                .asString()
                .endsWith(" — remove it");
    }

    @Test
    void it_says_where_the_property_stands() {
        StandardEnvironment environment = new StandardEnvironment();
        Origin line = new Origin() {
            @Override
            public String toString() {
                return "application.yml - 5:11";
            }
        };
        environment
                .getPropertySources()
                .addFirst(new OriginTrackedMapPropertySource(
                        "file", Map.of("llmops.warm-upp", OriginTrackedValue.of("true", line))));
        assertThat(UnknownProperties.of(environment, UnknownPropertiesTest.class.getClassLoader()))
                .singleElement()
                .asString()
                .startsWith("llmops does not know 'llmops.warm-upp' (from application.yml - 5:11), which");
    }

    @Test
    void known_properties_their_other_spellings_elements_and_keys_are_not_named() {
        assertThat(of(Map.of(
                        "llmops.startupLine", "true",
                        "llmops.budgets.user[0]", "2.00/day",
                        "llmops.versions.prompt", "v1",
                        "llmops.slo.objectives[0].indicator.type", "availability",
                        "other.llmops", "x")))
                .isEmpty();
    }

    @Test
    void the_log_warns_at_the_start(CapturedOutput output) {
        LlmOpsContexts.bare()
                .withPropertyValues("llmops.budget.user=2.00/day")
                .run(context -> assertThat(output.getAll()).contains("llmops does not know 'llmops.budget.user'"));
    }
}
