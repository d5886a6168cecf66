package dev.llmops.report.operations;

import dev.llmops.cost.accounting.DeviceHour;
import dev.llmops.cost.accounting.SelfHostedHour;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cost of devices of one's own, and their work for it. */
final class DeviceFigures {

    private static final String SECTION = OperationsReport.COST;
    private static final int MILLION_DIGITS = 6;

    private DeviceFigures() {}

    static List<Figure> of(String currency, List<SelfHostedHour> hours, @Nullable BigDecimal listPricePerHour) {
        if (hours.isEmpty()) {
            return List.of();
        }
        long n = hours.size();
        BigDecimal bill = BigDecimal.ZERO;
        BigDecimal busyBill = BigDecimal.ZERO;
        BigDecimal deviceHours = BigDecimal.ZERO;
        Duration busy = Duration.ZERO;
        long output = 0;
        long tokens = 0;
        for (SelfHostedHour hour : hours) {
            DeviceHour measured = hour.measured();
            bill = bill.add(hour.bill());
            busyBill = busyBill.add(hour.marginalInput())
                    .add(hour.marginalCachedInput())
                    .add(hour.marginalOutput());
            deviceHours = deviceHours.add(BigDecimal.valueOf(measured.devices()));
            busy = busy.plus(measured.prefill()).plus(measured.cachedPrefill()).plus(measured.decode());
            output += measured.outputTokens();
            tokens += measured.inputTokens() + measured.cachedInputTokens() + measured.outputTokens();
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.money(SECTION, "devices", bill, currency, n));
        figures.add(Figure.money(SECTION, "paid for idle devices", bill.subtract(busyBill), currency, n));
        figures.add(Figure.number(
                SECTION,
                "device time busy",
                busy.toMillis()
                        / (deviceHours.doubleValue() * Duration.ofHours(1).toMillis()),
                Figure.RATIO,
                n));
        if (output > 0) {
            BigDecimal each =
                    bill.movePointRight(MILLION_DIGITS).divide(BigDecimal.valueOf(output), MathContext.DECIMAL64);
            figures.add(Figure.money(SECTION, "devices, per million output tokens", each, currency, n));
        }
        if (bill.signum() > 0) {
            figures.add(new Figure(
                    SECTION,
                    "tokens for one " + currency + " of devices",
                    BigDecimal.valueOf(tokens).divide(bill, MathContext.DECIMAL64),
                    "",
                    n,
                    null,
                    null));
        }
        if (listPricePerHour != null) {
            BigDecimal list = listPricePerHour.multiply(deviceHours);
            figures.add(Figure.money(SECTION, "saved on spot and reserved devices", list.subtract(bill), currency, n));
        }
        return figures;
    }
}
