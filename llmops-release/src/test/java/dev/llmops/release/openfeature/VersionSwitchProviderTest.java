package dev.llmops.release.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.VersionSwitch;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionSwitchProviderTest {

    private final VersionSwitch release = Releases.started("support-prompt", Exposure.of("50%", .5));
    private final OpenFeatureAPI openFeature = OpenFeatureAPI.getInstance();
    private Client client;

    @BeforeEach
    void start() {
        openFeature.setProviderAndWait(new VersionSwitchProvider(Map.of("support-prompt", release)));
        client = openFeature.getClient();
    }

    @AfterEach
    void stop() {
        openFeature.shutdown();
        release.close();
    }

    @Test
    void a_flag_gives_the_arm_of_the_unit() {
        for (int i = 0; i < 50; i++) {
            Assignment assigned = release.assign("user-" + i);
            FlagEvaluationDetails<String> details =
                    client.getStringDetails("support-prompt", "baseline", new ImmutableContext("user-" + i));
            assertThat(details.getValue()).isEqualTo(assigned.arm().label());
            assertThat(details.getFlagMetadata().getString(Assignment.ASSIGNED_VERSION_SET))
                    .isEqualTo(assigned.versionSet().id());
            assertThat(client.getBooleanValue("support-prompt", false, new ImmutableContext("user-" + i)))
                    .isEqualTo(assigned.arm().isCandidateVersion());
        }
    }

    @Test
    void an_object_flag_gives_the_parts_of_the_version_set() {
        var value = client.getObjectValue(
                "support-prompt", new dev.openfeature.sdk.Value(), new ImmutableContext("user-1"));
        assertThat(value.asStructure().getValue("prompt").asString())
                .isEqualTo(release.assign("user-1").versionSet().part("prompt").orElseThrow());
    }

    @Test
    void a_missing_targeting_key_and_an_unknown_release_keep_the_fallback() {
        assertThat(client.getStringDetails("support-prompt", "baseline").getErrorCode())
                .isEqualTo(ErrorCode.TARGETING_KEY_MISSING);
        assertThat(client.getStringDetails("other", "baseline", new ImmutableContext("u"))
                        .getErrorCode())
                .isEqualTo(ErrorCode.FLAG_NOT_FOUND);
        assertThat(client.getIntegerValue("support-prompt", 7, new ImmutableContext("u")))
                .isEqualTo(7);
    }
}
