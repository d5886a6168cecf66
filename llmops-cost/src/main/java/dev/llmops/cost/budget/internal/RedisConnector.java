package dev.llmops.cost.budget.internal;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Connects to one Redis, or to a cluster of them. */
interface RedisConnector extends AutoCloseable {

    int MAX_COMMANDS_UNDER_WAY = 10_000;

    /** Returns the name for messages. */
    String host();

    CompletionStage<? extends StatefulConnection<String, String>> connect();

    RedisClusterAsyncCommands<String, String> commands(StatefulConnection<String, String> connection);

    /** Returns true if one command that fails says nothing about the next, which may go to another node. */
    boolean isCluster();

    /** Waits a second at most. */
    @Override
    void close();

    private static RedisURI address(URI uri, Duration connectTimeout) {
        RedisURI address = RedisURI.create(uri);
        address.setTimeout(connectTimeout);
        return address;
    }

    private static void configure(ClientOptions.Builder options, Duration timeout, Duration connectTimeout) {
        options.requestQueueSize(MAX_COMMANDS_UNDER_WAY)
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .socketOptions(
                        SocketOptions.builder().connectTimeout(connectTimeout).build());
    }

    static RedisConnector single(URI uri, Duration timeout, Duration connectTimeout) {
        RedisURI address = address(uri, connectTimeout);
        RedisClient client = RedisClient.create();
        ClientOptions.Builder options =
                ClientOptions.builder().autoReconnect(false).disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
        configure(options, timeout, connectTimeout);
        client.setOptions(options.build());
        return new RedisConnector() {
            @Override
            public String host() {
                return address.getHost();
            }

            @Override
            public CompletionStage<? extends StatefulConnection<String, String>> connect() {
                return client.connectAsync(StringCodec.UTF8, address);
            }

            @Override
            public RedisClusterAsyncCommands<String, String> commands(StatefulConnection<String, String> connection) {
                return ((StatefulRedisConnection<String, String>) connection).async();
            }

            @Override
            public boolean isCluster() {
                return false;
            }

            @Override
            public void close() {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        };
    }

    /** The client of a cluster connects to its nodes by itself when they are needed, and learns from their answers which has which slots. */
    static RedisConnector cluster(List<URI> seeds, Duration timeout, Duration connectTimeout) {
        List<RedisURI> addresses =
                seeds.stream().map(seed -> address(seed, connectTimeout)).toList();
        RedisClusterClient client = RedisClusterClient.create(addresses);
        ClusterClientOptions.Builder options = ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh()
                        .build());
        configure(options, timeout, connectTimeout);
        client.setOptions(options.build());
        return new RedisConnector() {
            @Override
            public String host() {
                return addresses.get(0).getHost();
            }

            @Override
            public CompletionStage<? extends StatefulConnection<String, String>> connect() {
                // Which node has which slots must be known first; to ask for it blocks the caller otherwise.
                return client.refreshPartitionsAsync().thenCompose(known -> client.connectAsync(StringCodec.UTF8));
            }

            @Override
            public RedisClusterAsyncCommands<String, String> commands(StatefulConnection<String, String> connection) {
                return ((StatefulRedisClusterConnection<String, String>) connection).async();
            }

            @Override
            public boolean isCluster() {
                return true;
            }

            @Override
            public void close() {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        };
    }
}
