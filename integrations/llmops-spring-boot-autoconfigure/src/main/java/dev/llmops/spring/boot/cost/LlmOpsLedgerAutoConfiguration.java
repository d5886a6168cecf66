package dev.llmops.spring.boot.cost;

import dev.llmops.core.LlmListener;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.cost.ledger.LedgerBuilder;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.io.IOException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Books every call in a ledger, where {@code llmops.ledger.enabled} asks for it.
 */
@AutoConfiguration(
        beforeName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration",
        after = {LlmOpsCostAutoConfiguration.class, LlmOpsBudgetsAutoConfiguration.class},
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(Ledger.class)
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.cost.enabled"},
        matchIfMissing = true)
@ConditionalOnBooleanProperty("llmops.ledger.enabled")
@EnableConfigurationProperties(LlmOpsLedgerProperties.class)
final class LlmOpsLedgerAutoConfiguration {

    private static final String DIRECTORY = "llmops.ledger.directory";

    @Bean
    @ConditionalOnMissingBean
    Ledger llmOpsLedger(
            LlmOpsLedgerProperties properties,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<LedgerBuilderCustomizer> customizers) {
        LedgerBuilder ledger = Ledger.at(properties.directory())
                .durability(properties.durability())
                .maxJournalBytes(properties.maxJournalSize().toBytes())
                .keepAttributes(properties.keepAttributes().toArray(String[]::new));
        if (properties.useDataSource()) {
            dataSource.ifUnique(ledger::dataSource);
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(ledger));
        try {
            return ledger.open();
        } catch (IOException | IllegalStateException e) {
            throw new InvalidLlmOpsPropertyException(
                    DIRECTORY,
                    List.of("the ledger cannot be opened (" + properties.directory() + "): " + e.getMessage()),
                    "Give each process a folder of its own that it may write to; without a data source, add"
                            + " com.h2database:h2.",
                    e);
        }
    }

    @Bean
    @Order(ViewOrder.MONEY)
    @ConditionalOnMissingBean(name = "llmOpsLedgerListener")
    LlmListener llmOpsLedgerListener(Ledger ledger) {
        return ledger.listener();
    }

    @Bean
    @ConditionalOnBean(Budgets.class)
    @ConditionalOnBooleanProperty(name = "llmops.ledger.seed-budgets", matchIfMissing = true)
    SmartInitializingSingleton llmOpsBudgetSeed(Ledger ledger, Budgets budgets, LlmOpsLedgerProperties properties) {
        return new BudgetSeed(ledger, budgets, properties.seedTimeout());
    }

    @Bean
    @Order(ViewOrder.MONEY)
    MeasurementReport.Area llmOpsLedgerArea(LlmOpsLedgerProperties properties, ObjectProvider<DataSource> dataSource) {
        boolean shared = properties.useDataSource() && dataSource.getIfUnique() != null;
        return new MeasurementReport.Area("ledger", shared ? "in the data source" : "embedded");
    }
}
