package dev.llmops.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class UsageKindTest {

    @Test
    void a_kind_is_a_part_of_every_kind_that_says_less() {
        assertThat(UsageKind.CACHE_WRITE_1H_TOKENS.isPartOf(UsageKind.CACHE_WRITE_TOKENS))
                .isTrue();
        assertThat(UsageKind.CACHE_WRITE_1H_TOKENS.isPartOf(UsageKind.INPUT_TOKENS))
                .isTrue();
        assertThat(UsageKind.INPUT_TOKENS.isPartOf(UsageKind.INPUT_TOKENS)).isFalse();
        assertThat(UsageKind.OUTPUT_AUDIO_TOKENS.isPartOf(UsageKind.INPUT_TOKENS))
                .isFalse();
        assertThat(UsageKind.INPUT_AUDIO_SECONDS.isPartOf(UsageKind.AUDIO_SECONDS))
                .isTrue();
    }

    @Test
    void two_kinds_overlap_in_the_kind_that_is_both() {
        assertThat(UsageKind.CACHE_READ_TOKENS.overlapWith(UsageKind.INPUT_AUDIO_TOKENS))
                .isEqualTo(UsageKind.CACHE_AUDIO_READ_TOKENS);
        assertThat(UsageKind.INPUT_AUDIO_TOKENS.overlapWith(UsageKind.INPUT_IMAGE_TOKENS))
                .isNull();
        assertThat(UsageKind.CACHE_READ_TOKENS.overlapWith(UsageKind.INPUT_TOKENS))
                .isNull();
        assertThat(UsageKind.CACHE_READ_TOKENS.overlapWith(UsageKind.OUTPUT_AUDIO_TOKENS))
                .isNull();
    }

    @Test
    void an_overlap_is_a_part_of_both_and_the_same_from_either_side() {
        for (UsageKind a : UsageKind.values()) {
            for (UsageKind b : UsageKind.values()) {
                UsageKind both = a.overlapWith(b);
                if (both != null) {
                    assertThat(both.isPartOf(a) && both.isPartOf(b))
                            .as("%s and %s", a, b)
                            .isTrue();
                    assertThat(b.overlapWith(a)).isEqualTo(both);
                }
            }
        }
    }

    @Test
    void kinds_are_found_by_their_keys() {
        assertThat(UsageKind.values())
                .allSatisfy(kind -> assertThat(UsageKind.ofKey(kind.key())).contains(kind));
        assertThat(UsageKind.ofKey("input_tokenz")).isEmpty();
    }

    @Test
    void every_kind_is_of_one_side_or_of_none() {
        assertThat(UsageKind.values())
                .allSatisfy(
                        kind -> assertThat(kind.isInput() && kind.isOutput()).isFalse());
        assertThat(UsageKind.WEB_SEARCHES.isInput() || UsageKind.WEB_SEARCHES.isOutput())
                .isFalse();
        assertThat(UsageKind.OUTPUT_REASONING_TOKENS.hasTokenType()).isTrue();
        assertThat(UsageKind.OUTPUT_AUDIO_TOKENS.hasTokenType()).isFalse();
    }

    @Test
    void a_kind_can_be_added_without_a_release() {
        UsageKind lidar = UsageKind.define("input_lidar_tokens", UsageKind.Family.TOKENS, "input", "lidar");

        assertThat(lidar.isPartOf(UsageKind.INPUT_TOKENS)).isTrue();
        assertThat(lidar.isPartOf(UsageKind.OUTPUT_TOKENS)).isFalse();
        assertThat(UsageKind.ofKey("input_lidar_tokens")).contains(lidar);
        assertThat(UsageKind.values()).endsWith(lidar);
        assertThat(UsageKind.define("input_lidar_tokens", UsageKind.Family.TOKENS, "lidar", "input"))
                .isSameAs(lidar);
    }

    @Test
    void a_key_or_a_set_of_dimensions_stands_for_one_kind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageKind.define("input_tokens", UsageKind.Family.CHARACTERS))
                .withMessageStartingWith("key (input_tokens) collides with input_tokens of TOKENS with [input]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageKind.define("prompt_tokens", UsageKind.Family.TOKENS, "input"))
                .withMessageStartingWith("key (prompt_tokens) collides with input_tokens");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageKind.define("Input Tokens", UsageKind.Family.TOKENS, "input"))
                .withMessageStartingWith("key (Input Tokens) is not a usage kind's name");
    }

    @Test
    void a_name_that_is_not_defined_stands_for_a_kind_of_its_own() {
        UsageKind unknown = UsageKind.named("hologram_credits");

        assertThat(unknown).isEqualTo(UsageKind.named("hologram_credits")).isGreaterThan(UsageKind.REQUESTS);
        assertThat(UsageKind.values()).doesNotContain(unknown);
        assertThat(UsageKind.named("input_tokens")).isSameAs(UsageKind.INPUT_TOKENS);
    }
}
