package dev.llmops.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.llmops.core.Ticker;
import dev.llmops.quality.EvaluationDefinition;

/** The rules of the design that no compiler holds. */
@AnalyzeClasses(packages = "dev.llmops", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_core_depends_on_the_jdk_jspecify_and_slf4j_only = classes()
            .that()
            .resideInAPackage("dev.llmops.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.llmops.core..",
                    "java..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "org.jspecify..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule the_public_signatures_of_the_core_name_only_its_own_types_and_the_jdks = classes()
            .that()
            .resideInAPackage("dev.llmops.core..")
            .and()
            .arePublic()
            .should(new ShowOnlyTypesOf("java.", "dev.llmops.core"));

    @ArchTest
    static final ArchRule every_package_is_null_marked =
            classes().that().resideInAPackage("dev.llmops..").should(new BeInANullMarkedPackage());

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("dev.llmops.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule internal_packages_are_closed_to_other_modules =
            classes().that().resideInAPackage("dev.llmops..internal..").should(new StayWithinTheirModule());

    @ArchTest
    static final ArchRule metrics_know_no_other_feature = feature("metrics");

    @ArchTest
    static final ArchRule tracing_knows_no_other_feature = feature("tracing");

    @ArchTest
    static final ArchRule logging_knows_no_other_feature = feature("logging");

    @ArchTest
    static final ArchRule redaction_knows_no_other_feature = feature("redaction");

    @ArchTest
    static final ArchRule slo_knows_no_other_feature = feature("slo");

    @ArchTest
    static final ArchRule cost_knows_no_other_feature = feature("cost");

    @ArchTest
    static final ArchRule quality_knows_no_other_feature = feature("quality");

    @ArchTest
    static final ArchRule release_knows_no_other_feature = feature("release");

    /** Reports stand above the features, which know nothing of them; they see objectives, releases, drift, and what a ledger and devices say. */
    @ArchTest
    static final ArchRule reports_know_the_core_and_what_features_found_only = noClasses()
            .that()
            .resideInAPackage("dev.llmops.report..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.llmops..")
                    .and(not(resideInAnyPackage(
                            "dev.llmops.core..",
                            "dev.llmops.slo..",
                            "dev.llmops.release..",
                            "dev.llmops.cost.accounting..",
                            "dev.llmops.cost.ledger.query..",
                            "dev.llmops.quality.drift..",
                            "dev.llmops.metrics.instrument..",
                            "dev.llmops.report.."))));

    /** Frameworks have judges of their own; see docs/decisions/integrations.md#judges-of-frameworks-are-evaluators. */
    private static final DescribedPredicate<JavaClass> WHAT_AN_EVALUATOR_IS = resideInAPackage(
                    "dev.llmops.quality.judge")
            .or(equivalentTo(EvaluationDefinition.class))
            .or(equivalentTo(EvaluationDefinition.Direction.class));

    @ArchTest
    static final ArchRule integrations_know_the_core_and_reactor_only = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.llmops.aspect..",
                    "dev.llmops.reactor..",
                    "dev.llmops.openai..",
                    "dev.llmops.anthropic..",
                    "dev.llmops.langchain4j..",
                    "dev.llmops.springai..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "dev.llmops.metrics..",
                            "dev.llmops.tracing..",
                            "dev.llmops.logging..",
                            "dev.llmops.redaction..",
                            "dev.llmops.slo..",
                            "dev.llmops.cost..",
                            "dev.llmops.quality..",
                            "dev.llmops.release..",
                            "dev.llmops.report..",
                            "dev.llmops.spring..")
                    .and(not(WHAT_AN_EVALUATOR_IS)));

    private static ArchRule feature(String name) {
        return noClasses()
                .that()
                .resideInAPackage("dev.llmops." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.llmops..")
                        .and(not(resideInAnyPackage("dev.llmops.core..", "dev.llmops." + name + ".."))));
    }

    @ArchTest
    static final ArchRule public_classes_are_final_or_sealed_by_their_constructors = classes()
            .that()
            .resideOutsideOfPackage("dev.llmops..internal..")
            .and()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule elapsed_time_comes_from_the_ticker_alone = noClasses()
            .that(resideInAPackage("dev.llmops.core..").and(not(equivalentTo(Ticker.class))))
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule nothing_prints = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");
}
