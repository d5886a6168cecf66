package dev.llmops.metrics.saturation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small {@code libnvidia-ml.so.1}, compiled for each test into a folder of its own, so that no state is shared. */
final class NvmlStub {

    private final Path library;

    private NvmlStub(Path library) {
        this.library = library;
    }

    static NvmlStub compile(Path folder, String... defines) throws IOException, InterruptedException {
        Path source = folder.resolve("nvml_stub.c");
        try (InputStream in = NvmlStub.class.getResourceAsStream("nvml_stub.c")) {
            Files.copy(in, source);
        }
        Path library = folder.resolve(Nvml.LIBRARY);
        List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-o", library.toString()));
        for (String define : defines) {
            command.add("-D" + define);
        }
        command.add(source.toString());
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "gcc is needed to compile the stub");
        Process gcc = new ProcessBuilder(command).inheritIO().start();
        if (gcc.waitFor() != 0) {
            throw new IOException("gcc ended with " + gcc.exitValue());
        }
        return new NvmlStub(library);
    }

    String path() {
        return library.toString();
    }

    int call(String function, Object... arguments) {
        return NativeLibrary.getInstance(path()).getFunction(function).invokeInt(arguments);
    }
}
