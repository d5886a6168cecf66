package dev.llmops.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VersionSetTest {

    @Test
    void the_id_is_the_beginning_of_the_digest_of_the_canonical_form() {
        // printf 'code=1.4.2\nprompt=support-v12\n' | sha256sum
        assertThat(VersionSet.builder()
                        .prompt("support-v12")
                        .code("1.4.2")
                        .build()
                        .id())
                .isEqualTo("a137c587c3a6");
    }

    @Test
    void the_empty_set_is_called_none() {
        assertThat(VersionSet.empty().id()).isEqualTo("none");
        assertThat(VersionSet.builder().build()).isSameAs(VersionSet.empty());
    }

    @Test
    void parts_stand_in_canonical_order_with_extras_by_name() {
        VersionSet versions = VersionSet.builder()
                .part("zone", "z")
                .tools("t")
                .part("adapter", "a")
                .index("i")
                .model("m")
                .prompt("p")
                .config("c")
                .code("1")
                .build();
        assertThat(versions.parts().keySet())
                .containsExactly("code", "config", "prompt", "model", "index", "tools", "adapter", "zone");
    }

    @Test
    void setting_a_part_twice_keeps_the_last_value() {
        assertThat(VersionSet.builder().code("1").code("2").build().part("code"))
                .contains("2");
    }

    @Test
    void a_part_comes_from_the_first_set_that_has_it() {
        VersionSet first = VersionSet.builder().prompt("p1").build();
        VersionSet second = VersionSet.builder().prompt("p2").code("c2").build();
        assertThat(first.orElse(second))
                .isEqualTo(VersionSet.builder().code("c2").prompt("p1").build());
        assertThat(second.orElse(first)).isSameAs(second);
    }

    @Test
    void a_broken_rule_names_the_part_the_rule_and_the_value() {
        assertThatThrownBy(() -> VersionSet.builder().prompt(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "versionSet.prompt is blank (' ') — other text is allowed — leave the part out if it is unknown");
        assertThatThrownBy(() -> VersionSet.builder().part("a=b", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "versionSet part name is blank or holds '=' ('a=b') — other text is allowed — pass e.g. prompt");
    }

    @Test
    void the_parts_cannot_be_changed() {
        Map<String, String> parts = VersionSet.builder().code("1").build().parts();
        assertThatThrownBy(() -> parts.put("code", "2")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Property
    void the_id_does_not_depend_on_the_order_in_which_parts_are_set(
            @ForAll("parts") Map<String, String> parts, @ForAll long seed) {
        List<String> names = new ArrayList<>(parts.keySet());
        Collections.shuffle(names, new Random(seed));
        Map<String, String> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, parts.get(name)));
        assertThat(VersionSet.of(shuffled).id()).isEqualTo(VersionSet.of(parts).id());
    }

    @Property(tries = 5000)
    void sets_with_different_parts_have_different_ids(
            @ForAll("parts") Map<String, String> one, @ForAll("parts") Map<String, String> other) {
        assertThat(VersionSet.of(one).id().equals(VersionSet.of(other).id())).isEqualTo(one.equals(other));
    }

    /** Few and short texts of what the canonical form is made of, so that any ambiguity in it collides soon. */
    @Provide
    Arbitrary<Map<String, String>> parts() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars('a', '\\', '\n', 'n')
                .ofMinLength(1)
                .ofMaxLength(3);
        Arbitrary<String> values = Arbitraries.strings()
                .withChars('a', '\\', '\n', '\r', 'n', '=')
                .ofMinLength(1)
                .ofMaxLength(3);
        return Arbitraries.maps(names.filter(n -> !n.isBlank()), values.filter(v -> !v.isBlank()))
                .ofMaxSize(3);
    }
}
