package dev.llmops.quality.cases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Reads the cases of {@link RegressionSet}. */
final class RegressionSetProvider implements ArgumentsProvider, AnnotationConsumer<RegressionSet> {

    private Path file = Path.of("");

    /** Called by JUnit. */
    RegressionSetProvider() {}

    @Override
    public void accept(RegressionSet annotation) {
        file = Path.of(annotation.value());
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context)
            throws IOException {
        return CaseFiles.read(file).stream().map(Arguments::of);
    }
}
