package dev.llmops.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VersionBaggageTest {

    @Test
    void each_part_is_an_entry() {
        VersionSet versions =
                VersionSet.builder().prompt("support-v12").code("1.4.2").build();
        assertThat(VersionBaggage.encode(versions))
                .isEqualTo("llmops.version_set.code=1.4.2,llmops.version_set.prompt=support-v12");
    }

    @Test
    void the_empty_set_is_no_header_and_no_header_is_the_empty_set() {
        assertThat(VersionBaggage.encode(VersionSet.empty())).isEmpty();
        assertThat(VersionBaggage.decode(null)).isEqualTo(VersionSet.empty());
        assertThat(VersionBaggage.decode("")).isEqualTo(VersionSet.empty());
    }

    @Test
    void what_a_header_does_not_allow_is_percent_encoded() {
        VersionSet versions = VersionSet.of(Map.of("prompt", "a b,c;d\"e\\f%é", "my part", "1"));
        assertThat(VersionBaggage.encode(versions))
                .isEqualTo("llmops.version_set.prompt=a%20b%2Cc%3Bd%22e%5Cf%25%C3%A9,llmops.version_set.my%20part=1");
    }

    @Test
    void other_entries_blanks_and_properties_are_passed_over() {
        assertThat(VersionBaggage.decode("userId=alice, llmops.version_set.code = 1.4.2 ;ttl=30;x, k=v;p=1"))
                .isEqualTo(VersionSet.builder().code("1.4.2").build());
    }

    @Test
    void of_entries_with_the_same_name_the_first_counts() {
        assertThat(VersionBaggage.decode("llmops.version_set.code=1,llmops.version_set.code=2"))
                .isEqualTo(VersionSet.builder().code("1").build());
    }

    @Test
    void an_entry_without_a_name_or_a_value_or_with_a_control_character_is_passed_over() {
        assertThat(VersionBaggage.decode("llmops.version_set.=1,llmops.version_set.code=,llmops.version_set.index,"
                        + "llmops.version_set.prompt=a%0Ab,llmops.version_set.a%3Db=1,llmops.version_set.model=m"))
                .isEqualTo(VersionSet.builder().model("m").build());
    }

    @Test
    void a_percent_sign_without_two_digits_stands_for_itself_and_broken_utf_8_is_replaced() {
        assertThat(VersionBaggage.decode("llmops.version_set.code=100%,llmops.version_set.prompt=%C3%28")
                        .parts())
                .containsExactly(Map.entry("code", "100%"), Map.entry("prompt", "\uFFFD("));
    }

    @Test
    void a_part_that_does_not_fit_is_left_out_whole() {
        VersionSet versions =
                VersionSet.builder().code("x".repeat(4096)).prompt("p1").build();
        assertThat(VersionBaggage.encode(versions)).isEqualTo("llmops.version_set.prompt=p1");
    }

    @Test
    void no_more_than_64_parts_are_carried_either_way() {
        VersionSet.Builder many = VersionSet.builder();
        StringBuilder header = new StringBuilder();
        for (int i = 100; i < 200; i++) {
            many.part("p" + i, "1");
            header.append(",llmops.version_set.p").append(i).append("=1");
        }
        assertThat(VersionBaggage.encode(many.build()).split(",")).hasSize(64);
        assertThat(VersionBaggage.decode(header.toString()).parts()).hasSize(64).containsKey("p163");
    }

    @Test
    void an_overlong_header_is_read_up_to_the_last_whole_entry() {
        String header = "llmops.version_set.code=1,llmops.version_set.prompt=" + "x".repeat(10_000);
        assertThat(VersionBaggage.decode(header))
                .isEqualTo(VersionSet.builder().code("1").build());
        assertThat(VersionBaggage.decode("x".repeat(10_000))).isEqualTo(VersionSet.empty());
    }

    @Property
    void what_is_encoded_is_decoded_to_the_same_set(@ForAll("sets") VersionSet versions) {
        assertThat(VersionBaggage.decode(VersionBaggage.encode(versions))).isEqualTo(versions);
    }

    @Property
    void what_is_encoded_holds_only_what_a_header_allows(@ForAll("sets") VersionSet versions) {
        assertThat(VersionBaggage.encode(versions))
                .matches("[!#-+\\--:<-\\[\\]-~,]*")
                .doesNotContain(";", " ");
    }

    @Property
    void no_header_whatever_makes_it_throw(@ForAll String hostile) {
        assertThatCode(() -> VersionBaggage.decode("llmops.version_set." + hostile))
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<VersionSet> sets() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('é', '测', '\u202E')
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(text -> text.strip().length() == text.length());
        return Arbitraries.maps(texts.filter(name -> name.indexOf('=') < 0), texts)
                .ofMaxSize(8)
                .map(VersionSet::of);
    }
}
