package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The price of a device-hour with everything that is paid for it: power, hosting and operations included.
 *
 * @since 0.1.0
 */
public sealed interface DevicePrice {

    /** The decimals to which a commitment is spread over its hours: {@value}. */
    int SCALE = 12;

    /**
     * The price of an hour.
     *
     * @param hour when the hour begins
     * @return the price of one device
     * @throws IllegalArgumentException if no price is known for it
     */
    BigDecimal of(Instant hour);

    /**
     * The same price at any time.
     *
     * @param perHour the price of one device
     * @since 0.1.0
     */
    record OnDemand(BigDecimal perHour) implements DevicePrice {
        @Override
        public BigDecimal of(Instant hour) {
            return perHour;
        }
    }

    /**
     * A price that the market changes.
     *
     * @param from the price of one device from each instant on
     * @since 0.1.0
     */
    record Spot(Map<Instant, BigDecimal> from) implements DevicePrice {

        /** Copies the prices. */
        public Spot {
            from = Map.copyOf(from);
        }

        @Override
        public BigDecimal of(Instant hour) {
            NavigableMap<Instant, BigDecimal> sorted = new TreeMap<>(from);
            Map.Entry<Instant, BigDecimal> current = sorted.floorEntry(hour);
            if (current == null) {
                throw new IllegalArgumentException("no spot price is known at " + hour);
            }
            return current.getValue();
        }
    }

    /**
     * A commitment paid for in advance, spread evenly over its hours so that they add up to it exactly, with what is paid
     * for each hour on top.
     *
     * @param upfront what was paid for one device in advance
     * @param perHour what is paid for each hour
     * @param start when the commitment begins, on the hour
     * @param hours how many hours it lasts
     * @since 0.1.0
     */
    record Reserved(BigDecimal upfront, BigDecimal perHour, Instant start, long hours) implements DevicePrice {
        @Override
        public BigDecimal of(Instant hour) {
            long index = Duration.between(start, hour).toHours();
            if (hour.isBefore(start) || index >= hours) {
                throw new IllegalArgumentException("hour is " + hour + " — an hour within the commitment");
            }
            return Shares.ofEqualPeriods(upfront, index, hours, SCALE).add(perHour);
        }
    }
}
