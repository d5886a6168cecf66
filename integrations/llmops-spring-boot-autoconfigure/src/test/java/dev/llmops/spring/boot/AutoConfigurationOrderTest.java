package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

class AutoConfigurationOrderTest {

    private static final List<String> OURS =
            ImportCandidates.load(AutoConfiguration.class, AutoConfigurationOrderTest.class.getClassLoader())
                    .getCandidates()
                    .stream()
                    .filter(name -> name.startsWith("dev.llmops."))
                    .toList();

    static Stream<String> configurations() {
        return OURS.stream();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void the_names_before_and_after_a_configuration_exist(String name) throws ClassNotFoundException {
        AutoConfiguration order = Class.forName(name).getAnnotation(AutoConfiguration.class);
        assertThat(Stream.of(order.beforeName(), order.afterName())
                        .flatMap(Stream::of)
                        .filter(other -> other.startsWith("dev.llmops.")))
                .allMatch(OURS::contains);
    }
}
