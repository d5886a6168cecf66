package dev.llmops.samples.gateway.mock;

import java.util.random.RandomGenerator;

/** Right-skewed waiting times and lengths, as model servers show them: the logarithm is normally distributed. */
record LogNormal(double median, double sigma) {

    double sample(RandomGenerator random) {
        return median * Math.exp(sigma * random.nextGaussian());
    }
}
