package dev.llmops.aspect;

import java.io.InputStream;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

/** The kind of response that the declared return type of a method announces. */
enum ReturnShape {
    /** A publisher of one item: its work starts when it is subscribed to. */
    MONO,
    /** A publisher of several items: its work starts when it is subscribed to. */
    PUBLISHER,
    /** A stream, an iterator or a body: its work has started when the method returns. */
    STREAM,
    /** A future: its work has started when the method returns. */
    STAGE,
    /** Anything else; the returned value decides. */
    VALUE;

    private static final String PUBLISHER_NAME = "org.reactivestreams.Publisher";
    private static final String MONO_NAME = "reactor.core.publisher.Mono";

    static ReturnShape of(Class<?> type) {
        if (Flow.Publisher.class.isAssignableFrom(type)) {
            return PUBLISHER;
        }
        if (isNamed(type, PUBLISHER_NAME)) {
            return isNamed(type, MONO_NAME) ? MONO : PUBLISHER;
        }
        if (CompletionStage.class.isAssignableFrom(type)) {
            return STAGE;
        }
        boolean isStream = BaseStream.class.isAssignableFrom(type)
                || Iterator.class.isAssignableFrom(type)
                || InputStream.class.isAssignableFrom(type);
        return isStream ? STREAM : VALUE;
    }

    /** Compares by name, since the libraries may be absent. */
    private static boolean isNamed(Class<?> type, String name) {
        if (type.getName().equals(name)) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (isNamed(parent, name)) {
                return true;
            }
        }
        return type.getSuperclass() != null && isNamed(type.getSuperclass(), name);
    }

    boolean startsWhenSubscribed() {
        return this == MONO || this == PUBLISHER;
    }

    boolean isStreaming() {
        return this == PUBLISHER || this == STREAM;
    }

    /** Returns true if a method that returns null has failed. */
    boolean isNeverNull() {
        return this != VALUE;
    }
}
