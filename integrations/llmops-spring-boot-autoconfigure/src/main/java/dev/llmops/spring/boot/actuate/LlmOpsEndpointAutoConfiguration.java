package dev.llmops.spring.boot.actuate;

import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.logging.CallLog;
import dev.llmops.report.LivePage;
import dev.llmops.report.live.BudgetHistory;
import dev.llmops.report.live.DaySpend;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.status.StatusJson;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.internal.CurrentPrices;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Adds the actuator endpoint {@code llmops}, where it is exposed, and beside it the page {@code llmopspage}.
 */
@AutoConfiguration(
        afterName = {
            "dev.llmops.spring.boot.LlmOpsAutoConfiguration",
            "dev.llmops.spring.boot.cost.LlmOpsCostAutoConfiguration",
            "dev.llmops.spring.boot.cost.LlmOpsBudgetsAutoConfiguration",
            "dev.llmops.spring.boot.cost.LlmOpsLedgerAutoConfiguration",
            "dev.llmops.spring.boot.slo.LlmOpsSloAutoConfiguration",
            "dev.llmops.spring.boot.LlmOpsReportAutoConfiguration"
        })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBooleanProperty(name = "llmops.enabled", matchIfMissing = true)
@ConditionalOnAvailableEndpoint(endpoint = LlmOpsEndpoint.class)
@EnableConfigurationProperties(LlmOpsEndpointProperties.class)
final class LlmOpsEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LlmOpsEndpoint llmOpsEndpoint(ObjectProvider<EndpointSection> sections) {
        return new LlmOpsEndpoint(sections.orderedStream().toList());
    }

    @Bean
    @Order(0)
    @ConditionalOnBean(MeasurementReport.class)
    EndpointSection llmOpsMeasuredSection(MeasurementReport report) {
        return new EndpointSection(
                "measurement", () -> Map.of("measured", report.measured(), "unmeasured", report.unmeasured()));
    }

    /** The object is made of all listeners, of which the endpoint's own is one; so it is asked for late. */
    @Bean
    @Order(ViewOrder.METRICS)
    EndpointSection llmOpsCallsInFlightSection(ObjectProvider<LlmOps> llmOps, Telemetry telemetry) {
        return new EndpointSection("library", () -> {
            LlmOps running = llmOps.getObject();
            Map<String, Object> section = new LinkedHashMap<>();
            section.put("versionSet", running.versionSet().parts());
            section.put("versionSetId", running.versionSet().id());
            section.put("callsInFlight", running.activeCalls());
            Stream.of(Telemetry.Kind.values())
                    .forEach(kind -> section.put(kind.name().toLowerCase(Locale.ROOT), telemetry.values(kind)));
            return section;
        });
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SloEngine.class)
    static class OfObjectives {

        @Bean
        @Order(ViewOrder.OBJECTIVES)
        @ConditionalOnBean(SloEngine.class)
        EndpointSection llmOpsObjectivesSection(SloEngine engine) {
            return new EndpointSection(
                    "objectives",
                    () -> Stream.concat(engine.statuses().stream(), engine.eventRuleStatuses().stream())
                            .map(StatusJson::toMap)
                            .toList());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Accounts.class)
    static class OfMoney {

        @Bean
        @Order(ViewOrder.MONEY)
        @ConditionalOnBean({Accounts.class, CurrentPrices.class})
        EndpointSection llmOpsCostSection(
                Accounts accounts, CurrentPrices prices, ContentPolicy policy, LlmOpsEndpointProperties properties) {
            return new EndpointSection(
                    "cost", new CostSection(accounts, prices, policy, properties.topSpenders())::read);
        }

        @Bean
        @Order(ViewOrder.MONEY)
        @ConditionalOnBean(Budgets.class)
        EndpointSection llmOpsBudgetsSection(Budgets budgets) {
            return new EndpointSection("budgets", new BudgetsSection(budgets)::read);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CallLog.class)
    static class OfCalls {

        @Bean
        @Order(ViewOrder.RECENT_CALLS)
        RecentCallEntries llmOpsRecentCalls(LlmOpsEndpointProperties properties) {
            return new RecentCallEntries(properties.recentCalls());
        }

        @Bean
        @Order(ViewOrder.RECENT_CALLS)
        EndpointSection llmOpsCallsSection(RecentCallEntries calls) {
            return new EndpointSection("calls", calls::entries);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({LivePage.class, CallLog.class, SloEngine.class})
    @ConditionalOnAvailableEndpoint(endpoint = LlmOpsPageEndpoint.class)
    static class OfPage {

        @Bean
        LiveStateSource llmOpsLiveState(
                ObjectProvider<SloEngine> engine,
                ObjectProvider<DaySpend> spend,
                RecentCallEntries calls,
                Telemetry telemetry,
                @Value("${spring.application.name:application}") String name) {
            SloEngine objectives = engine.getIfAvailable();
            return new LiveStateSource(
                    name,
                    Clock.systemUTC(),
                    objectives == null ? null : new BudgetHistory(objectives),
                    spend.getIfAvailable(),
                    calls,
                    telemetry);
        }

        @Bean
        @ConditionalOnMissingBean
        LlmOpsPageEndpoint llmOpsPageEndpoint(LiveStateSource source) {
            return new LlmOpsPageEndpoint(source);
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(Ledger.class)
        static class OfLedger {

            @Bean
            @ConditionalOnBean(Ledger.class)
            DaySpend llmOpsDaySpend(Ledger ledger, ContentPolicy policy) {
                return new DaySpend(ledger::totals, policy, Clock.systemUTC());
            }
        }
    }
}
