package dev.llmops.samples.gateway;

import dev.llmops.samples.gateway.release.DemoRelease;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the flag {@code --release}. */
final class DemoReleaseConverter implements ITypeConverter<DemoRelease> {

    @Override
    public DemoRelease convert(String flag) {
        return Arrays.stream(DemoRelease.values())
                .filter(release -> release.label().equals(flag))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + flag + "' is no release of the demo — allowed are "
                        + Arrays.stream(DemoRelease.values())
                                .map(DemoRelease::label)
                                .collect(Collectors.joining(", "))
                        + " — pass one of them"));
    }
}
