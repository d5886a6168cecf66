package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class JsonMapTest {

    private final JsonMap map =
            JsonMap.builder(1).put("b", 1L).put("a", "x").put("none", null).build();

    @Test
    void it_is_a_map_in_the_order_of_its_making() {
        assertThat(map).containsExactly(Map.entry("b", 1L), Map.entry("a", "x")).hasSize(2);
        assertThat(map).isEqualTo(Map.of("a", "x", "b", 1L)).hasSameHashCodeAs(Map.of("a", "x", "b", 1L));
        assertThat(map.get("a")).isEqualTo("x");
        assertThat(map.get("none")).isNull();
        assertThat(map.containsKey("none")).isFalse();
    }

    @Test
    void it_cannot_be_changed() {
        assertThatThrownBy(() -> map.put("c", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void its_iterator_ends() {
        Iterator<Map.Entry<String, Object>> entries = map.entrySet().iterator();
        entries.next();
        entries.next();
        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void a_value_is_replaced_removed_or_added_in_a_copy() {
        assertThat(map.with("b", 2L)).hasToString("{\"b\":2,\"a\":\"x\"}");
        assertThat(map.with("b", null)).hasToString("{\"a\":\"x\"}");
        assertThat(map.with("c", true)).hasToString("{\"b\":1,\"a\":\"x\",\"c\":true}");
        assertThat(map).hasToString("{\"b\":1,\"a\":\"x\"}");
    }

    @Test
    void a_harmless_map_is_its_own_harmless_copy() {
        assertThat(map.harmless()).isSameAs(map);
    }

    @Test
    void what_could_trick_a_reader_is_replaced_at_every_depth() {
        JsonMap hostile = JsonMap.builder(3)
                .put("a", "x\u202ey")
                .put("b", JsonMap.builder(1).put("c", "\u2028").build())
                .put("d", JsonList.of(List.of("\u009b", "ok"), text -> text))
                .build();
        assertThat(hostile.harmless())
                .hasToString("{\"a\":\"x\ufffdy\",\"b\":{\"c\":\"\ufffd\"},\"d\":[\"\ufffd\",\"ok\"]}");
    }
}
