package dev.llmops.cli.internal.io;

import dev.llmops.core.record.Decimals;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the values of options, and says which are allowed.
 *
 * @since 0.1.0
 */
public final class OptionTypes {

    private OptionTypes() {}

    /**
     * Reads days, times, zones, numbers and addresses for a command and its subcommands.
     *
     * @param command the command
     * @return the command
     */
    public static CommandLine addTo(CommandLine command) {
        return command.registerConverter(LocalDate.class, reader("a day", "2026-11-01", LocalDate::parse))
                .registerConverter(Instant.class, reader("a time", "2026-11-28T12:00:00Z", Instant::parse))
                .registerConverter(ZoneId.class, reader("a zone", "Europe/Berlin", ZoneId::of))
                .registerConverter(Double.TYPE, reader("a number", "0.5", Double::valueOf))
                .registerConverter(Integer.TYPE, reader("a whole number", "60", Integer::valueOf))
                .registerConverter(BigDecimal.class, reader("a number", "2.50", Decimals::parse))
                .registerConverter(URI.class, reader("an address", "https://host/v1", OptionTypes::address));
    }

    private static URI address(String text) {
        URI address = URI.create(text);
        boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!isWeb || address.getHost() == null) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }

    private static <T> ITypeConverter<T> reader(String what, String example, ITypeConverter<T> parser) {
        return text -> {
            try {
                return parser.convert(text);
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not " + what + " — pass one such as " + example);
            }
        };
    }
}
