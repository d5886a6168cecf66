package dev.llmops.redaction.internal.scan;

/**
 * A detector could not judge a text. Keeps the classes only: a message, a cause or a stack frame's locals may quote what
 * was to be kept secret.
 */
public final class DetectorFailure extends Exception {

    private static final long serialVersionUID = 1;

    public final transient Class<?> detector;

    DetectorFailure(Class<?> detector, Class<? extends Throwable> thrown) {
        super(detector.getName() + " threw " + thrown.getName(), null, false, false);
        this.detector = detector;
    }
}
