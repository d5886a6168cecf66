package dev.llmops.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CallIdsTest {

    @Property
    void an_id_is_a_uuid_of_version_7_that_begins_with_its_milliseconds(
            @ForAll @LongRange(max = (1L << 48) - 1) long millis) {
        UUID id = CallIds.next(millis);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(millis);
    }

    @Test
    void a_later_id_is_the_greater_text() {
        assertThat(CallIds.next(1_000).toString())
                .isLessThan(CallIds.next(1_001).toString());
    }

    @Test
    void ids_of_one_millisecond_differ() {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(CallIds.next(1_000));
        }
        assertThat(ids).hasSize(10_000);
    }
}
