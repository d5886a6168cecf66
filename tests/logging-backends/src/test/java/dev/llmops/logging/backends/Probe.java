package dev.llmops.logging.backends;

import dev.llmops.logging.CallLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.slf4j.MDC;

/**
 * Runs calls through one logging back end and hands over what it printed. Lives in a class loader of its own together
 * with that back end, so only classes of the JDK cross its border.
 */
public abstract class Probe implements BiFunction<Map<String, String>, Path, Map<String, List<String>>> {

    /** Under this name stand the records as they were logged, as JSON. */
    static final String EXPECTED = "expected";

    /** Under this name stand the warnings of the log about the back end. */
    static final String WARNINGS = "warnings";

    /** What the back end wrote so far, by the name of the output. */
    protected final Map<String, List<String>> outputs = new LinkedHashMap<>();

    @Override
    public final Map<String, List<String>> apply(Map<String, String> settings, Path folder) {
        try {
            open(folder);
            Map<String, String> mdc = new LinkedHashMap<>(settings);
            CallLog.Mode mode = CallLog.Mode.valueOf(mdc.remove("mode"));
            Scenario scenario = Scenario.valueOf(mdc.remove("scenario"));
            mdc.forEach(MDC::put);
            List<String> expected = scenario.run(mode, this::setLevel);
            MDC.clear();
            close();
            outputs.put(EXPECTED, new ArrayList<>(expected));
            return new LinkedHashMap<>(outputs);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets the back end up. */
    protected abstract void open(Path folder) throws Exception;

    /** Reads what it wrote into {@link #outputs}. */
    protected abstract void close() throws Exception;

    /** Switches the calls' logger on or off, where a probe can. */
    protected void setLevel(boolean enabled) {
        throw new UnsupportedOperationException(getClass() + " cannot switch levels");
    }

    /** A list that back ends fill from any thread. */
    protected final List<String> output(String name) {
        return outputs.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
    }
}
