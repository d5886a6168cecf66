package dev.llmops.release.arm;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;

/** Switches for tests. */
public final class Releases {

    public static final VersionSet BASELINE =
            VersionSet.builder().prompt("support-v12").build();
    public static final VersionSet CANDIDATE =
            VersionSet.builder().prompt("support-v13").build();
    public static final Actor ADA = Actor.person("ada");
    public static final Actor ALERT = Actor.automatic("alert");

    private Releases() {}

    public static VersionSwitch newSwitch(String changeId, SwitchStore store, FakeTicker ticker) {
        return VersionSwitch.builder(changeId, BASELINE, CANDIDATE)
                .store(store)
                .ticker(ticker)
                .clock(ticker.clock())
                .build();
    }

    public static VersionSwitch started(String changeId, Exposure exposure) {
        VersionSwitch release = newSwitch(changeId, SwitchStore.inMemory(), new FakeTicker());
        release.controls().start(exposure, ADA, "new prompt");
        return release;
    }
}
