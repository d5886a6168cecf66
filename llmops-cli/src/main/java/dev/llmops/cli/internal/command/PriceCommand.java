package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.core.io.TextFile;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.imports.PriceFormat;
import dev.llmops.cost.imports.PriceImport;
import dev.llmops.cost.imports.PriceRenewal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Works on price books.
 *
 * @since 0.1.0
 */
@Command(name = "price", synopsisSubcommandLabel = "COMMAND", description = "Checks, imports and compares price books.")
public final class PriceCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    public PriceCommand() {}

    @Command(name = "check", description = "Reads price books, and prints every problem in them.")
    int check(@Parameters(arity = "1..*", paramLabel = "BOOK", description = "Price books.") List<Path> files) {
        try {
            PriceBook book = PriceBook.load(files.toArray(Path[]::new));
            out().println(book.models().size() + " models, version " + book.version());
            return ExitCodes.PASSED;
        } catch (PriceBookException e) {
            e.problems().forEach(out()::println);
            return ExitCodes.FAILED;
        }
    }

    @Command(name = "import", description = "Turns a price list of another project into a price book.")
    int importPrices(
            @Option(names = "--from", required = true, description = "${COMPLETION-CANDIDATES}.") PriceFormat format,
            @Option(names = "--published", required = true, description = "The day of the list, as 2026-11-28.")
                    LocalDate published,
            @Option(
                            names = "--effective",
                            description = "The day from which on the prices hold, where the list has no dates;"
                                    + " that of the list by default.")
                    @Nullable
                    LocalDate effective,
            @Option(names = "--out", description = "The book, as JSON; without it only the findings are printed.")
                    @Nullable
                    Path out,
            @Parameters(paramLabel = "LIST", description = "The list, as JSON.") Path file)
            throws IOException {
        String list = TextFile.read(file);
        PriceImport imported = effective == null
                ? format.read(list, midnight(published))
                : format.read(list, midnight(published), midnight(effective));
        PriceImport.Report report = imported.report();
        report.findings().forEach(out()::println);
        out().println(report.entries() + " entries, " + report.models() + " models, "
                + report.findings().size() + " findings");
        if (out != null) {
            Files.writeString(out, imported.book().toJson());
        }
        return ExitCodes.PASSED;
    }

    @Command(
            name = "renew",
            description = "Compares a book with public lists, prints what changed (~) and where lists disagree (!).")
    int renew(
            @Option(names = "--published", required = true, description = "The day of the lists, as 2026-11-28.")
                    LocalDate published,
            @Option(names = "--out", description = "The renewed book, as JSON; without it nothing is written.")
                    @Nullable
                    Path out,
            @Option(
                            names = "--list",
                            required = true,
                            paramLabel = "FORMAT LIST",
                            arity = "2",
                            hideParamSyntax = true,
                            description = "A format and a list in it; may be given several times.")
                    List<String> lists,
            @Parameters(paramLabel = "BOOK", arity = "0..1", description = "The book; the bundled one by default.")
                    @Nullable
                    Path file)
            throws IOException {
        Instant day = midnight(published);
        Map<String, PriceBook> books = new LinkedHashMap<>();
        for (int i = 0; i + 1 < lists.size(); i += 2) {
            String list = TextFile.read(Path.of(lists.get(i + 1)));
            books.put(lists.get(i), format(lists.get(i)).read(list, day).book());
        }
        PriceRenewal renewal = PriceRenewal.of(file == null ? PriceBook.bundled() : PriceBook.load(file), books, day);
        renewal.findings().forEach(out()::println);
        out().println(renewal.findings().size() + " findings");
        if (out != null) {
            Files.writeString(out, renewal.book().toJson());
        }
        return ExitCodes.PASSED;
    }

    private PriceFormat format(String name) {
        return Arrays.stream(PriceFormat.values())
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "format is '" + name + "' — one of " + Arrays.toString(PriceFormat.values())
                                + " — write it before each list"));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    @Command(name = "diff", description = "Prints the models whose prices differ between two books; fails if any do.")
    int diff(
            @Parameters(paramLabel = "BEFORE", description = "A price book.") Path before,
            @Parameters(paramLabel = "AFTER", description = "A price book.") Path after) {
        List<String> differences = BookDifference.of(PriceBook.load(before), PriceBook.load(after));
        differences.forEach(out()::println);
        out().println(differences.size() + " differences");
        return differences.isEmpty() ? ExitCodes.PASSED : ExitCodes.FAILED;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
