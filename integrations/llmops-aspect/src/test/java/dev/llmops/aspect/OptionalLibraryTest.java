package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Runs the annotations on a class path without Reactor and Spring. */
class OptionalLibraryTest {

    interface Chat {

        @LlmObserved
        String ask(@LlmTag("channel") String channel);
    }

    /** Asks without any optional library, and returns what was recorded. */
    public static final class Asking implements Supplier<String> {

        @Override
        public String get() {
            var seen = new dev.llmops.core.testing.RecordingListener();
            var llmops = dev.llmops.core.LlmOps.builder().listener(seen).build();
            LlmProxy.of(llmops, Chat.class, channel -> channel).ask("web");
            new LlmObservedAspect(llmops);
            return seen.onlyRecord().outcome() + " " + seen.onlyRecord().attributes();
        }
    }

    /** Has an expression that nothing can evaluate. */
    public static final class Checking implements Supplier<String> {

        interface Wrong {

            @LlmObserved
            String ask(@LlmTag(key = "length", expression = "length()") String question);
        }

        @Override
        public String get() {
            LlmAnnotations.of(dev.llmops.core.LlmOps.builder().build()).check(Wrong.class);
            return "";
        }
    }

    private static String runAlone(Class<? extends Supplier<String>> program) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("reactor") && !entry.contains("spring")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Object alone =
                    loader.loadClass(program.getName()).getDeclaredConstructor().newInstance();
            return (String) ((Supplier<?>) alone).get();
        }
    }

    @Test
    void methods_are_observed_without_reactor_and_spring() throws Exception {
        assertThat(runAlone(Asking.class)).isEqualTo("COMPLETED {channel=web}");
    }

    @Test
    void an_expression_without_spring_names_the_library_to_add() {
        assertThatThrownBy(() -> runAlone(Checking.class))
                .hasMessageContaining("add org.springframework:spring-expression");
    }
}
