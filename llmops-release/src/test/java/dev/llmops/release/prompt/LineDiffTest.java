package dev.llmops.release.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    private static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }

    @Test
    void changes_far_apart_are_hunks_of_their_own() {
        List<String> after = new ArrayList<>(numbers(20));
        after.set(1, "two");
        after.remove(17);
        assertThat(LineDiff.between(numbers(20), after).lines().filter(line -> line.startsWith("@@")))
                .containsExactly("@@ -1,5 +1,5 @@", "@@ -15,6 +15,5 @@");
    }

    @Test
    void changes_close_together_are_one_hunk() {
        List<String> after = new ArrayList<>(numbers(20));
        after.set(5, "six");
        after.set(12, "thirteen");
        assertThat(LineDiff.between(numbers(20), after).lines().filter(line -> line.startsWith("@@")))
                .containsExactly("@@ -3,14 +3,14 @@");
    }

    @Test
    void very_long_texts_are_replaced_as_a_whole() {
        assertThat(LineDiff.between(numbers(3_000), numbers(2_999)).lines()).hasSize(1 + 3_000 + 2_999);
    }

    @Property
    void a_difference_holds_both_texts(
            @ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> before,
            @ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> after) {
        List<String> old = before.stream().map(String::valueOf).toList();
        List<String> now = after.stream().map(String::valueOf).toList();
        List<String> lines = LineDiff.between(old, now).lines().toList();
        assertThat(old.equals(now)).isEqualTo(lines.isEmpty());
        assertThat(marked(lines, '-')).isSubsetOf(old);
        assertThat(marked(lines, '+').size() - marked(lines, '-').size()).isEqualTo(now.size() - old.size());
    }

    private static List<String> marked(List<String> lines, char mark) {
        return lines.stream()
                .filter(line -> line.charAt(0) == mark)
                .flatMap(line -> Stream.of(line.substring(1)))
                .toList();
    }
}
