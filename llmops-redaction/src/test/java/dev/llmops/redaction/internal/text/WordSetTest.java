package dev.llmops.redaction.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WordSetTest {

    private static final String LINE = "a b ab ba aa bb aab abb bab bba aabb";
    private static final Set<String> WORDS = Set.of(LINE.split(" "));

    private static String find(WordSet words, String text, int start, int end) {
        return words.find(new Source(Unescaped.of(text)), start, end);
    }

    @Test
    void finds_a_word_in_any_case_where_it_stands() {
        WordSet words = WordSet.of("is was", "stück");
        assertThat(find(words, "it WAS here", 3, 6)).isEqualTo("was");
        assertThat(find(words, "3 STÜCK", 2, 7)).isEqualTo("stück");
    }

    @Test
    void a_part_of_a_word_is_none() {
        WordSet words = WordSet.of("was");
        assertThat(find(words, "wash", 0, 4)).isEmpty();
        assertThat(find(words, "was", 0, 2)).isEmpty();
        assertThat(find(words, "was", 1, 1)).isEmpty();
    }

    @Test
    void wide_letters_count_as_narrow_ones() {
        assertThat(find(WordSet.of("pin"), "ｐｉｎ", 0, 3)).isEqualTo("pin");
    }

    @Test
    void words_are_given_in_lower_case() {
        assertThatIllegalArgumentException().isThrownBy(() -> WordSet.of("Pin"));
    }

    @Property
    void knows_what_a_set_of_its_words_knows(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 5) String word, @ForAll boolean upper) {
        String text = upper ? word.toUpperCase(Locale.ROOT) : word;
        assertThat(find(WordSet.of(LINE), text, 0, text.length())).isEqualTo(WORDS.contains(word) ? word : "");
    }
}
