package dev.llmops.release.evidence;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static dev.llmops.release.Policies.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.arm.Arm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Evidence of any shards of the calls, added in any order, is that of the whole, byte by byte. */
class EvidenceLawsTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    private static final List<String> STATUSES =
            List.of("success", "success", "error", "timeout", "cancelled", "rejected");

    private static CallFacts call(Random random, int number, Arm arm, String pair) {
        return new CallFacts(
                new UUID(9, number).toString(),
                NOW.toEpochMilli() - random.nextInt(7_200_000),
                random.nextBoolean() ? "10%" : "50%",
                arm,
                "unit-" + number,
                pair,
                false,
                true,
                random.nextDouble() * 5_000,
                random.nextInt(9) == 0 ? Double.NaN : random.nextDouble() * 4_000,
                STATUSES.get(random.nextInt(STATUSES.size())),
                random.nextBoolean(),
                random.nextInt(9) == 0,
                random.nextInt(9) == 0,
                random.nextInt(9) == 0,
                random.nextInt(9) == 0 ? Double.NaN : random.nextDouble() / 30,
                random.nextInt(4_000),
                random.nextInt(200),
                random.nextInt(900),
                "feature-" + random.nextInt(5),
                "chat",
                random.nextInt(20) == 0 ? Set.of("pii_leak") : Set.of());
    }

    /** A call, its shadow if it has one, and what was said of it: all in the hands of one instance. */
    private record Served(List<CallFacts> calls, boolean isJudged, boolean isBad) {

        void addTo(CallTable.Adder table) {
            for (CallFacts call : calls) {
                table.add(call);
                if (isJudged) {
                    table.verdicts(call.callId()).evaluation("answer_quality", isBad ? .2 : .9, "judge@3", 1);
                }
            }
        }
    }

    private static List<Served> served(long seed, int size) {
        Random random = new Random(seed);
        List<Served> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Arm arm = List.of(Arm.BASELINE, Arm.CANDIDATE, Arm.CONTROL).get(random.nextInt(3));
            List<CallFacts> calls = new ArrayList<>(List.of(call(random, 2 * i, arm, null)));
            if (random.nextInt(4) == 0) {
                calls.add(call(random, 2 * i + 1, Arm.SHADOW, calls.get(0).callId()));
            }
            all.add(new Served(calls, random.nextInt(3) == 0, random.nextBoolean()));
        }
        return all;
    }

    private static GateEvidence evidence(List<Served> part) {
        try (CallTable table = new CallTable()) {
            CallTable.Adder adder = table.adder();
            part.forEach(each -> each.addTo(adder));
            return table.evidence("r1", FIVE_TESTS, PROFILE, NOW);
        }
    }

    @Property(tries = 100)
    void the_evidence_of_shards_in_any_order_is_that_of_the_whole(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int members) {
        List<Served> all = served(seed, 120);
        List<GateEvidence> shards = new ArrayList<>(IntStream.range(0, members)
                .mapToObj(member -> evidence(IntStream.range(0, all.size())
                        .filter(i -> i % members == member)
                        .mapToObj(all::get)
                        .toList()))
                .toList());
        Collections.shuffle(shards, new Random(seed));

        GateEvidence whole = evidence(all);
        GateEvidence merged = shards.stream().reduce(GateEvidence.empty("r1"), GateEvidence::plus);
        assertThat(merged).isEqualTo(whole);
        assertThat(merged.toJson()).isEqualTo(whole.toJson());
    }

    @Property(tries = 50)
    void the_order_of_the_calls_does_not_matter(@ForAll long seed) {
        List<Served> all = served(seed, 80);
        List<Served> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(~seed));

        assertThat(evidence(shuffled).toJson()).isEqualTo(evidence(all).toJson());
    }
}
