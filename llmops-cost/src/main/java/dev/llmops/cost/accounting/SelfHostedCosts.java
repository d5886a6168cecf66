package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The hourly cost of models on devices of one's own.
 *
 * <p>While a month runs, an hour is priced by {@link #hour}. When its bill is there, {@link #hours} splits the bill over the
 * hours in proportion to those prices, so that the rows add up to the bill to the last digit.
 *
 * @since 0.1.0
 */
public final class SelfHostedCosts {

    /** The decimals of an amount: {@value}. */
    public static final int SCALE = 12;

    private SelfHostedCosts() {}

    /**
     * Prices an hour by the price of its devices.
     *
     * @param measured what the devices did
     * @param price what one of them costs
     * @return the hour's costs
     */
    public static SelfHostedHour hour(DeviceHour measured, DevicePrice price) {
        BigDecimal bill = price.of(measured.hour()).multiply(BigDecimal.valueOf(measured.devices()));
        return hour(measured, bill);
    }

    /**
     * Splits a bill over the hours it is for.
     *
     * @param bill what was paid for all of them together
     * @param measured what the devices did in each hour
     * @param price what one of them costs, for the proportions
     * @return the hours' costs, whose bills add up to the bill exactly
     */
    public static List<SelfHostedHour> hours(BigDecimal bill, List<DeviceHour> measured, DevicePrice price) {
        List<BigDecimal> weights = measured.stream()
                .map(hour -> price.of(hour.hour()).multiply(BigDecimal.valueOf(hour.devices())))
                .toList();
        List<BigDecimal> bills = Shares.split(bill, weights, Math.max(SCALE, bill.scale()));
        List<SelfHostedHour> hours = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            hours.add(hour(measured.get(i), bills.get(i)));
        }
        return hours;
    }

    private static SelfHostedHour hour(DeviceHour measured, BigDecimal bill) {
        boolean served = measured.inputTokens() + measured.cachedInputTokens() + measured.outputTokens() > 0
                && !measured.busy().isZero();
        List<BigDecimal> parts = List.of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        if (served) {
            List<BigDecimal> times = List.of(
                    DeviceHour.nanos(measured.prefill()),
                    DeviceHour.nanos(measured.cachedPrefill()),
                    DeviceHour.nanos(measured.decode()));
            parts = Shares.split(bill, times, Math.max(SCALE, bill.scale()));
        }
        BigDecimal paid = DeviceHour.nanos(Duration.ofHours(measured.devices()));
        return new SelfHostedHour(
                measured.hour(),
                bill,
                parts.get(0),
                parts.get(1),
                parts.get(2),
                served ? BigDecimal.ZERO : bill,
                busyShare(bill, measured.prefill(), paid),
                busyShare(bill, measured.cachedPrefill(), paid),
                busyShare(bill, measured.decode(), paid),
                busyShare(BigDecimal.ONE, measured.busy(), paid),
                measured);
    }

    private static BigDecimal busyShare(BigDecimal whole, Duration busy, BigDecimal paidNanos) {
        return whole.multiply(DeviceHour.nanos(busy)).divide(paidNanos, SCALE, RoundingMode.HALF_EVEN);
    }
}
