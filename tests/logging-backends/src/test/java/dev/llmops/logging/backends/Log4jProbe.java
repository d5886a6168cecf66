package dev.llmops.logging.backends;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Log4j 2 with its JSON templates. */
public final class Log4jProbe extends Probe {

    private Path folder = Path.of(".");

    @Override
    protected void open(Path folder) {
        this.folder = folder;
        URL configuration = Log4jProbe.class.getResource("/backends/log4j2.xml");
        System.setProperty("llmops.test.logs", folder.toString());
        System.setProperty("log4j2.configurationFile", configuration.toString());
    }

    @Override
    protected void close() throws Exception {
        Class.forName("org.apache.logging.log4j.LogManager")
                .getMethod("shutdown")
                .invoke(null);
        for (String template : new String[] {"ecs", "gelf", "logstash"}) {
            for (String line :
                    Files.readString(folder.resolve(template + ".log")).split("[\n\0]+")) {
                if (!line.isEmpty()) {
                    output(template).add(line);
                }
            }
        }
        outputs.put(WARNINGS, Files.readAllLines(folder.resolve("warnings.log")));
        System.clearProperty("log4j2.configurationFile");
        System.clearProperty("llmops.test.logs");
    }
}
