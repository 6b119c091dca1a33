package io.sluice.cdc;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers, with the ends of their ranges. */
final class NumberValues {

    private NumberValues() {}

    static Values smallint() {
        return integers(16);
    }

    static Values integer() {
        return integers(32);
    }

    static Values bigint() {
        return integers(64);
    }

    /** Numbers with just this many digits after the point, and at most that many before it. */
    static Values decimal(int integerDigits, int scale) {
        return random -> {
            int bits = random.nextInt((int) (3.3 * (integerDigits + scale)));
            BigDecimal number = new BigDecimal(new BigInteger(bits, random), scale);
            return (random.nextBoolean() ? number : number.negate()).toPlainString();
        };
    }

    /** Of any length and any scale, zeros at the end included. */
    static Values numeric() {
        return random -> decimal(1 + random.nextInt(40), random.nextInt(30)).next(random);
    }

    static Values real() {
        return random -> Float.toString(finite(Float.intBitsToFloat(random.nextInt())));
    }

    static Values doublePrecision() {
        return random -> Double.toString(finite(Double.longBitsToDouble(random.nextLong())));
    }

    /** Two doubles as {@code point} reads them. */
    static Values point() {
        return random -> "(" + coordinate().next(random) + "," + coordinate().next(random) + ")";
    }

    static Values coordinate() {
        return random -> Double.toString(Math.round(random.nextGaussian() * 1e6) / 1e3);
    }

    private static Values integers(int bits) {
        BigInteger most = BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE);
        BigInteger least = most.negate().subtract(BigInteger.ONE);
        Values any = random -> new BigInteger(bits - 1, random)
                .subtract(random.nextBoolean() ? BigInteger.ZERO : most)
                .toString();
        return any.orElse("0", "-1", most.toString(), least.toString());
    }

    private static float finite(float number) {
        return Float.isFinite(number) ? number : 0.1f;
    }

    private static double finite(double number) {
        return Double.isFinite(number) ? number : 0.1;
    }
}
