package dev.llmops.core;

import dev.llmops.core.error.ErrorClassifier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;

/** Puts the classifiers of one {@link LlmOps} in order: the application's, those of integrations, and the standard one. */
final class ErrorClassifiers {

    private ErrorClassifiers() {}

    static List<ErrorClassifier> inOrder(ErrorClassifier ofApplication, Telemetry telemetry) {
        List<ErrorClassifier> classifiers = new ArrayList<>();
        if (ofApplication != ErrorClassifier.standard()) {
            classifiers.add(ofApplication);
        }
        addServices(classifiers, telemetry);
        classifiers.add(ErrorClassifier.standard());
        return List.copyOf(classifiers);
    }

    /** An integration whose client library is absent fails to load; the others are still of use. */
    private static void addServices(List<ErrorClassifier> classifiers, Telemetry telemetry) {
        Iterator<ErrorClassifier> services =
                ServiceLoader.load(ErrorClassifier.class).iterator();
        boolean more = true;
        while (more) {
            try {
                more = services.hasNext();
                if (more) {
                    classifiers.add(services.next());
                }
            } catch (java.util.ServiceConfigurationError | LinkageError e) {
                telemetry.failure(
                        "error_classifier_service",
                        e,
                        "the classifier is left out; fix META-INF/services or add the library that it needs");
            }
        }
    }
}
