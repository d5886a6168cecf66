package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTimeWeavingTest {

    @TempDir
    Path folder;

    /** Runs the probe in a virtual machine of its own, with AspectJ's agent. */
    private List<String> runWithAgent() throws IOException, InterruptedException {
        Path settings = Files.createDirectories(folder.resolve("META-INF")).resolve("aop.xml");
        Files.writeString(settings, """
                <aspectj>
                  <aspects>
                    <aspect name="dev.llmops.aspect.LlmObservedAspect"/>
                  </aspects>
                  <weaver>
                    <include within="dev.llmops.aspect.service..*"/>
                    <include within="dev.llmops.aspect.LlmObservedAspect"/>
                  </weaver>
                </aspectj>
                """);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-javaagent:" + agent(),
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        folder + File.pathSeparator + System.getProperty("java.class.path"),
                        LoadTimeProbe.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }

    private static String agent() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("aspectjweaver"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_answer_is_recorded_by_its_own_end_when_the_agent_weaves() throws Exception {
        List<String> expected = new ArrayList<>();
        expected.add("unobserved=1");
        for (Scenario scenario : Scenario.values()) {
            expected.add(scenario + "=" + scenario.recorded());
        }
        expected.add("phases=retrieval");
        expected.add("tools=weather");
        expected.add("self=COMPLETED, COMPLETED, COMPLETED, COMPLETED");
        assertThat(runWithAgent()).containsAll(expected);
    }
}
