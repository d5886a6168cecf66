package dev.llmops.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes link the decisions that they embody; the links lead somewhere. */
class DecisionLinksTest {

    private static final Pattern LINK = Pattern.compile("docs/decisions/(\\w+\\.md)#([\\w\\-]+)");

    @Test
    void links_from_classes_to_decisions_lead_to_a_heading() throws IOException {
        Map<String, Set<String>> anchors = anchors();
        List<String> broken = new ArrayList<>();
        for (Path source : SourceTree.mainSources()) {
            Matcher link = LINK.matcher(Files.readString(source));
            while (link.find()) {
                if (!anchors.getOrDefault(link.group(1), Set.of()).contains(link.group(2))) {
                    broken.add(SourceTree.PROJECT.relativize(source) + ": " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static Map<String, Set<String>> anchors() throws IOException {
        Map<String, Set<String>> anchors = new HashMap<>();
        for (Path page : SourceTree.pages()) {
            if (page.getParent().endsWith("docs/decisions")) {
                try (Stream<String> lines = Files.lines(page)) {
                    anchors.put(
                            page.getFileName().toString(),
                            lines.filter(line -> line.startsWith("## ") || line.startsWith("### "))
                                    .map(line -> anchor(line.substring(line.indexOf(' '))))
                                    .collect(Collectors.toSet()));
                }
            }
        }
        return anchors;
    }

    /** Returns the anchor that Markdown renderers give a heading. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }
}
