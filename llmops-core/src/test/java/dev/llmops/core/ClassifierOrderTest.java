package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial")
class ClassifierOrderTest {

    static final class SdkException extends RuntimeException {}

    /** What a client integration adds by {@link java.util.ServiceLoader}. */
    public static final class Service implements ErrorClassifier {

        /** For the service loader. */
        public Service() {}

        @Override
        public CallError classify(Throwable error) {
            return error instanceof SdkException ? CallError.of(ErrorKind.QUOTA_EXCEEDED) : null;
        }
    }

    private static ErrorKind kindOf(Rig rig, Throwable thrown) {
        rig.start().fail(thrown);
        return rig.record().error().kind();
    }

    @Test
    void the_classifier_of_an_integration_is_found() {
        assertThat(kindOf(new Rig(), new SdkException())).isEqualTo(ErrorKind.QUOTA_EXCEEDED);
    }

    @Test
    void the_applications_own_classifier_comes_first() {
        Rig rig = new Rig(builder -> builder.errorClassifier(error -> CallError.of(ErrorKind.GUARDRAIL)));
        assertThat(kindOf(rig, new SdkException())).isEqualTo(ErrorKind.GUARDRAIL);
    }

    @Test
    void what_the_applications_own_classifier_does_not_know_goes_on_to_the_others() {
        ErrorClassifier own = error -> null;
        assertThat(kindOf(new Rig(builder -> builder.errorClassifier(own)), new SdkException()))
                .isEqualTo(ErrorKind.QUOTA_EXCEEDED);
        assertThat(kindOf(new Rig(builder -> builder.errorClassifier(own)), new TimeoutException()))
                .isEqualTo(ErrorKind.TIMEOUT);
    }

    @Test
    void a_classifier_that_throws_is_passed_over() {
        Rig rig = new Rig(builder -> builder.errorClassifier(error -> {
            throw new IllegalStateException();
        }));
        assertThat(kindOf(rig, new TimeoutException())).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(rig.failures("ClassifierOrderTest.classify")).isEqualTo(1);
    }
}
