package dev.llmops.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Holds a guide to the test that runs its code. */
final class GuideExamples {

    private static final Pattern EXAMPLE = Pattern.compile("^```java\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    private GuideExamples() {}

    static void assertAllIn(String guide, Class<?> test) throws IOException {
        String code = withoutBlanks(
                Files.readString(Path.of("src/test/java", test.getName().replace('.', '/') + ".java")));
        assertThat(EXAMPLE.matcher(Files.readString(Path.of("../docs", guide))).results())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(code).contains(withoutBlanks(example.group(1))));
    }

    /** The formatter breaks lines as it likes. */
    private static String withoutBlanks(String code) {
        return code.replaceAll("\\s+", "");
    }
}
