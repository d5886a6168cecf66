package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits an amount into parts that add up to it, to the last digit: a bill over hours, an hour over calls.
 *
 * @since 0.1.0
 */
public final class Shares {

    private Shares() {}

    /**
     * Splits an amount in proportion to weights by the method of largest remainders: each part is rounded down, and what is
     * left over goes, one unit of the last decimal each, to the parts that lost most by it, the earlier of equals first.
     *
     * @param total what to split, 0 or more
     * @param weights the proportions, 0 or more; equal parts if all of them are 0
     * @param scale how many decimals a part may have, at least those of the total
     * @return a part for each weight, which add up to the total exactly
     * @throws IllegalArgumentException if there is no weight, something is negative or the scale is too small
     */
    public static List<BigDecimal> split(BigDecimal total, List<BigDecimal> weights, int scale) {
        check(total, weights, scale);
        BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<BigDecimal> used = sum.signum() > 0
                ? weights
                : weights.stream().map(weight -> BigDecimal.ONE).toList();
        BigDecimal divisor = sum.signum() > 0 ? sum : BigDecimal.valueOf(weights.size());
        int weightScale = Math.max(
                0,
                Math.max(
                        divisor.scale(),
                        used.stream().mapToInt(BigDecimal::scale).max().orElse(0)));
        BigInteger units = total.movePointRight(scale).toBigIntegerExact();
        BigInteger wholeDivisor = divisor.movePointRight(weightScale).toBigIntegerExact();

        BigInteger[] parts = new BigInteger[used.size()];
        BigInteger[] remainders = new BigInteger[used.size()];
        BigInteger left = units;
        for (int i = 0; i < parts.length; i++) {
            BigInteger weight = used.get(i).movePointRight(weightScale).toBigIntegerExact();
            BigInteger[] quotient = units.multiply(weight).divideAndRemainder(wholeDivisor);
            parts[i] = quotient[0];
            remainders[i] = quotient[1];
            left = left.subtract(parts[i]);
        }
        IntStream.range(0, parts.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
                .limit(left.longValueExact())
                .forEach(i -> parts[i] = parts[i].add(BigInteger.ONE));
        List<BigDecimal> shares = new ArrayList<>(parts.length);
        for (BigInteger part : parts) {
            shares.add(new BigDecimal(part, scale));
        }
        return shares;
    }

    private static void check(BigDecimal total, List<BigDecimal> weights, int scale) {
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("weights are empty — one or more");
        }
        if (total.signum() < 0 || weights.stream().anyMatch(weight -> weight.signum() < 0)) {
            throw new IllegalArgumentException("total and weights are " + total + " and " + weights + " — 0 or more");
        }
        if (total.stripTrailingZeros().scale() > scale) {
            throw new IllegalArgumentException("scale is " + scale + " — at least that of the total, " + total);
        }
    }

    /**
     * The part of one of many equal periods, without computing the others. The parts of all periods add up to the total.
     *
     * @param total what to split, 0 or more
     * @param index which period, from 0
     * @param count how many periods there are
     * @param scale how many decimals a part may have, at least those of the total
     * @return the part
     */
    public static BigDecimal ofEqualPeriods(BigDecimal total, long index, long count, int scale) {
        return upTo(total, index + 1, count, scale).subtract(upTo(total, index, count, scale));
    }

    private static BigDecimal upTo(BigDecimal total, long periods, long count, int scale) {
        // The last one ends at the total, of any scale.
        return periods == count
                ? total
                : total.multiply(BigDecimal.valueOf(periods))
                        .divide(BigDecimal.valueOf(count), scale, RoundingMode.FLOOR);
    }
}
