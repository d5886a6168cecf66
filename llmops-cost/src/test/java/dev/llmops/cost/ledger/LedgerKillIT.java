package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.export.LedgerFormat;
import dev.llmops.cost.testing.ChildJvm;
import dev.llmops.cost.testing.PostgresServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random points of a process that starts up, recovers, appends and drains, again and again over the
 * same ledger: one round in four soon after the start, the others after some acknowledgements. A short form by default;
 * {@code -Dllmops.kill.rounds=40} is the long one.
 */
class LedgerKillIT {

    private static final int KILLS = Integer.getInteger("llmops.kill.rounds", 6);
    private static final int KILLS_WITH_POSTGRESQL = Integer.getInteger("llmops.kill.rounds", 3);
    private static final int LATEST_START_MILLIS = 300;
    private static final int MOST_LINES = 20;

    @TempDir
    Path directory;

    @Test
    void a_process_killed_at_random_points_loses_no_acknowledged_entry_and_doubles_none() throws Exception {
        verify(kill("embedded", KILLS), Ledger.at(directory));
    }

    @Test
    void the_same_holds_with_postgresql() throws Exception {
        try (PostgresServer postgres = PostgresServer.start()) {
            postgres.create("ledger");
            String url = postgres.url("ledger");
            verify(kill(url, KILLS_WITH_POSTGRESQL), Ledger.at(directory).jdbc(url, null, null));
        }
    }

    /** Gives the number of the last acknowledged entry of each round. */
    private List<Integer> kill(String database, int kills) throws Exception {
        Random random = new Random();
        List<Integer> acknowledged = new ArrayList<>();
        for (int round = 0; round < kills; round++) {
            Process victim =
                    ChildJvm.start(LedgerVictim.class, directory.toString(), database, Integer.toString(round));
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.US_ASCII))) {
                assertThat(lines.readLine()).isEqualTo("up");
                int last = 0;
                if (round % 4 == 0) {
                    victim.waitFor(random.nextInt(LATEST_START_MILLIS), TimeUnit.MILLISECONDS);
                } else {
                    for (int line = random.nextInt(MOST_LINES); line >= 0; line--) {
                        last = Integer.parseInt(lines.readLine());
                    }
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000));
                }
                victim.toHandle().destroyForcibly(); // the process itself would close the pipe
                assertThat(victim.waitFor()).isEqualTo(137); // by the kill, and by nothing else
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = Integer.parseInt(line);
                }
                acknowledged.add(last);
            } finally {
                victim.destroyForcibly();
            }
        }
        return acknowledged;
    }

    private static void verify(List<Integer> acknowledged, LedgerBuilder builder) throws Exception {
        assertThat(acknowledged.stream().filter(last -> last > 0)).hasSizeGreaterThanOrEqualTo(acknowledged.size() / 2);
        try (Ledger ledger = builder.open()) {
            assertThat(ledger.flush(Duration.ofSeconds(120))).isTrue();
            assertThat(ledger.stats().damagedFiles()).isZero();
            assertThat(ledger.stats().rejected()).isZero();
            StringWriter json = new StringWriter();
            ledger.export(Entries.DAY.build(), LedgerFormat.json(), json);
            Map<String, BigDecimal> amounts = new HashMap<>();
            for (LedgerEntry entry : Exports.entries(json.toString())) {
                assertThat(amounts.put(entry.callId(), entry.amountOrZero())).isNull();
            }
            BigDecimal sum = BigDecimal.ZERO;
            for (int round = 0; round < acknowledged.size(); round++) {
                for (int number = 1; number <= acknowledged.get(round); number++) {
                    assertThat(amounts).containsKey(round + "-" + number);
                }
            }
            for (Map.Entry<String, BigDecimal> entry : amounts.entrySet()) {
                String[] id = entry.getKey().split("-");
                BigDecimal amount = LedgerVictim.amount(Integer.parseInt(id[0]), Integer.parseInt(id[1]));
                assertThat(entry.getValue()).isEqualByComparingTo(amount);
                sum = sum.add(amount);
            }
            assertThat(ledger.totals(Entries.DAY.build()).get(0).amount()).isEqualByComparingTo(sum);
        }
    }
}
