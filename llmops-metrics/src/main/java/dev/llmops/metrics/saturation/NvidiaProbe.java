package dev.llmops.metrics.saturation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The NVIDIA devices of this machine, by the first way that finds any: NVML, then {@code nvidia-smi}. The choice is
 * made at the first poll, off the caller's thread. Where there are none, it says so in one line and stays silent.
 */
final class NvidiaProbe implements SaturationProbe {

    private static final Logger LOG = LoggerFactory.getLogger("llmops.saturation");
    private static final SaturationProbe.Poll NOTHING = new SaturationProbe.Poll(List.of(), List.of());

    private final List<Supplier<SaturationProbe>> candidates;
    private @Nullable SaturationProbe chosen;
    private boolean decided;

    NvidiaProbe(List<Supplier<SaturationProbe>> candidates) {
        this.candidates = candidates;
    }

    static NvidiaProbe ofThisMachine(Duration timeout) {
        return new NvidiaProbe(List.of(
                () -> new NvmlProbe(Nvml.LIBRARY), () -> new NvidiaSmiProbe(NvidiaSmiProbe.EXECUTABLE, timeout)));
    }

    @Override
    public String name() {
        return "nvidia";
    }

    @Override
    public SaturationProbe.Poll poll() throws Exception {
        if (!decided) {
            return decide();
        }
        return chosen == null ? NOTHING : chosen.poll();
    }

    private SaturationProbe.Poll decide() throws InterruptedException {
        List<String> reasons = new ArrayList<>();
        for (Supplier<SaturationProbe> candidate : candidates) {
            SaturationProbe.Poll first = firstPoll(candidate, reasons);
            if (first != null) {
                return first;
            }
        }
        decided = true;
        LOG.info("No NVIDIA device is read, so there are no llm.gpu metrics: {}", String.join("; ", reasons));
        return NOTHING;
    }

    private SaturationProbe.@Nullable Poll firstPoll(Supplier<SaturationProbe> candidate, List<String> reasons)
            throws InterruptedException {
        try {
            SaturationProbe probe = candidate.get();
            SaturationProbe.Poll first = probe.poll();
            if (!first.equals(NOTHING)) {
                chosen = probe;
                decided = true;
                LOG.info("NVIDIA devices are read through {}", probe.name());
                return first;
            }
            probe.close();
            reasons.add(probe.name() + " finds none");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            reasons.add(String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            // JNA is optional, and may have no native part for this platform.
            reasons.add("JNA is not usable: " + e);
        }
        return null;
    }

    @Override
    public void close() {
        if (chosen != null) {
            chosen.close();
        }
    }
}
