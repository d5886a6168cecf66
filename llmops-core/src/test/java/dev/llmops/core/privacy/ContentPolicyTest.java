package dev.llmops.core.privacy;

import static dev.llmops.core.privacy.ContentPolicy.IdDisplay.KEYED_HASH;
import static dev.llmops.core.privacy.ContentPolicy.IdDisplay.OMITTED;
import static dev.llmops.core.privacy.ContentPolicy.IdDisplay.PLAIN;
import static dev.llmops.core.privacy.ContentPolicy.IdDisplay.UNKEYED_HASH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContentPolicyTest {

    private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);
    private static final String KEYED_ABC = Pseudonyms.keyed("k1", KEY).of("abc");

    @Test
    void by_default_no_content_is_kept_or_shown_and_ids_are_plain() {
        ContentPolicy policy = ContentPolicy.ofDefaults();
        assertThat(policy.capturesContent()).isFalse();
        assertThat(policy.showsContent()).isFalse();
        assertThat(policy.showsEventTexts()).isFalse();
        assertThat(policy.user("abc")).isEqualTo("abc");
        assertThat(policy.tenant("abc")).isEqualTo("abc");
        assertThat(policy.userKeyId()).isEmpty();
    }

    @Test
    void with_a_key_users_and_tenants_are_keyed_hashes() {
        ContentPolicy policy = ContentPolicy.builder().idKey("k1", KEY).build();
        assertThat(policy.user("abc")).isEqualTo(KEYED_ABC);
        assertThat(policy.tenant("abc")).isEqualTo(KEYED_ABC);
        assertThat(policy.userKeyId()).hasValue("k1");
        assertThat(policy.tenantKeyId()).hasValue("k1");
    }

    @Test
    void users_and_tenants_have_a_form_each() {
        ContentPolicy policy = ContentPolicy.builder()
                .idKey("k1", KEY)
                .userIds(OMITTED)
                .tenantIds(PLAIN)
                .build();
        assertThat(policy.user("abc")).isNull();
        assertThat(policy.tenant("abc")).isEqualTo("abc");
        assertThat(policy.userKeyId()).isEmpty();
        assertThat(policy.tenantKeyId()).isEmpty();
    }

    @Test
    void an_unkeyed_hash_is_the_beginning_of_the_ids_sha_256() {
        ContentPolicy policy = ContentPolicy.builder().userIds(UNKEYED_HASH).build();
        assertThat(policy.user("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    }

    @Test
    void an_absent_id_stays_absent() {
        assertThat(ContentPolicy.builder().idKey("k1", KEY).build().user(null)).isNull();
    }

    @Test
    void a_keyed_hash_needs_a_key() {
        assertThatThrownBy(() -> ContentPolicy.builder().tenantIds(KEYED_HASH).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("contentPolicy.idKey is missing, but userIds is null and tenantIds is KEYED_HASH"
                        + " — KEYED_HASH needs a key — call idKey(keyId, key)");
    }
}
