package dev.llmops.core.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

    private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);

    @Test
    void without_a_key_it_is_the_beginning_of_sha_256() {
        // FIPS 180-4's example message "abc"
        assertThat(Pseudonyms.unkeyed().of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    }

    @Test
    void with_a_key_it_is_the_beginning_of_hmac_sha_256() {
        // RFC 4231 test case 1
        byte[] key = HexFormat.of().parseHex("0b".repeat(20));
        assertThat(Pseudonyms.keyed("k1", key).of("Hi There")).isEqualTo("b0344c61d8db38535ca8afceaf0bf12b");
    }

    @Test
    void the_same_key_and_id_give_the_same_pseudonym_under_any_key_id() {
        assertThat(Pseudonyms.keyed("k1", KEY).of("u1"))
                .isEqualTo(Pseudonyms.keyed("k2", KEY.clone()).of("u1"))
                .isNotEqualTo(Pseudonyms.keyed("k1", KEY).of("u2"))
                .isNotEqualTo(Pseudonyms.unkeyed().of("u1"));
    }

    @Test
    void the_key_id_is_told_and_the_key_is_not() {
        Pseudonyms keyed = Pseudonyms.keyed("k1", KEY);
        assertThat(keyed.keyId()).hasValue("k1");
        assertThat(keyed).hasToString("Pseudonyms[keyId=k1]");
        assertThat(Pseudonyms.unkeyed().keyId()).isEmpty();
    }

    @Test
    void a_short_key_is_refused_with_a_remedy() {
        assertThatThrownBy(() -> Pseudonyms.keyed("k1", new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is too short (15 bytes) — at least 16 bytes are allowed — generate one");
    }

    @Test
    void a_blank_key_id_is_refused() {
        assertThatThrownBy(() -> Pseudonyms.keyed(" ", KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyId is blank (' ')");
    }
}
