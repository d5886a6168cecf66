package dev.llmops.quality.drift;

/**
 * Division of a feature's values into bins, fixed by the reference, so that all instances count alike. The last bin
 * holds missing values.
 */
sealed interface Binning permits NumericBins, CategoryBins {

    /**
     * Returns the number of bins, with the one for missing values.
     *
     * @return the number, at least 2
     */
    int size();

    /**
     * Returns the bin of missing values.
     *
     * @return the index of the last bin
     */
    default int missingBin() {
        return size() - 1;
    }
}
