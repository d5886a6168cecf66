package dev.llmops.test;

/**
 * One request of a load, for {@link SloRun#load}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LoadBody {

    /**
     * Makes the request.
     *
     * @param number which request it is, from 0
     * @throws Exception whatever goes wrong; the load goes on
     */
    void request(int number) throws Exception;
}
