package dev.llmops.samples.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests as Vert.x does, with three differences: a header line that is folded makes its request invalid; so does a
 * version other than HTTP/1.0 and 1.1, such as the preface of HTTP/2, which Vert.x would refuse unseen; and a body with
 * broken chunks ends early and can be answered, where Vert.x would close the connection without a word.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final AttributeKey<String> BROKEN_BODY = AttributeKey.valueOf(StrictRequestDecoder.class, "body");

    /** Says that a first line names a version that is not served. */
    static final class UnknownVersion extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        UnknownVersion() {
            super("the version is neither HTTP/1.0 nor HTTP/1.1");
        }
    }

    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private boolean inHeaders;
    private boolean folded;

    private StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Takes the place of the decoder of a new connection; does nothing for HTTP/2, which knows neither folds nor chunks. */
    static void install(HttpConnection connection, HttpServerOptions options) {
        if (connection instanceof HttpServerConnection server) {
            ChannelPipeline pipeline = server.channelHandlerContext().pipeline();
            ChannelHandlerContext lenient = pipeline.context(VertxHttpRequestDecoder.class);
            if (lenient != null) {
                pipeline.replace(lenient.handler(), lenient.name(), new StrictRequestDecoder(options));
            }
        }
    }

    /** Returns what is wrong with the chunks of the last body; null if it was whole. */
    static @Nullable String brokenBody(HttpConnection connection) {
        return connection instanceof HttpServerConnection server
                ? server.channelHandlerContext().channel().attr(BROKEN_BODY).get()
                : null;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> decoded) throws Exception {
        received = bytes;
        lookForFold();
        int from = decoded.size();
        super.decode(context, bytes, decoded);
        for (int i = from; i < decoded.size(); i++) {
            // A request without a valid first line is content too, and has its own answer.
            if (decoded.get(i) instanceof HttpContent chunk
                    && !(chunk instanceof HttpMessage)
                    && chunk.decoderResult().isFailure()) {
                context.channel()
                        .attr(BROKEN_BODY)
                        .set(String.valueOf(chunk.decoderResult().cause().getMessage()));
                ReferenceCountUtil.release(chunk);
                decoded.set(i, new DefaultLastHttpContent());
            }
        }
    }

    /** Called when the first line was read, with the headers next. */
    @Override
    protected HttpMessage createMessage(String[] firstLine) {
        inHeaders = true;
        folded = false;
        lookForFold();
        HttpMessage message = super.createMessage(firstLine);
        HttpVersion version = message.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw new UnknownVersion();
        }
        return message;
    }

    /** Called when the headers were read; what it throws makes the message invalid. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        inHeaders = false;
        if (folded) {
            throw new IllegalArgumentException("a header line is folded");
        }
        return super.isContentAlwaysEmpty(message);
    }

    /** Header lines are consumed whole, so that what is left begins with one. */
    private void lookForFold() {
        int line = received.readerIndex();
        while (inHeaders && !folded && line < received.writerIndex()) {
            byte first = received.getByte(line);
            folded = first == ' ' || first == '\t';
            int end = received.indexOf(line, received.writerIndex(), (byte) '\n');
            if (end < 0 || first == '\r' || first == '\n') {
                return;
            }
            line = end + 1;
        }
    }
}
