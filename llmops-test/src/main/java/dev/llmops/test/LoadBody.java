package dev.llmops.test;

/**
 * One request of a load, for {@link SloRun#load}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LoadBody {

    /**
     * Sends the request.
     *
     * @param number the number of the request, from 0
     * @throws Exception if the request fails; the load continues
     */
    void request(int number) throws Exception;
}
