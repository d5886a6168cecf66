package dev.llmops.spring.boot.cost;

import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.internal.CurrentPrices;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Adds the cost to every record and sums it up by feature, model, tenant and user.
 */
@AutoConfiguration(beforeName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration")
@ConditionalOnClass(CostEnricher.class)
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.cost.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(LlmOpsCostProperties.class)
final class LlmOpsCostAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CurrentPrices llmOpsPrices(ObjectProvider<PriceBook> ofApplication, LlmOpsCostProperties properties) {
        PriceBook own = ofApplication.getIfAvailable();
        return own == null ? PriceBooks.of(properties) : CurrentPrices.fixed(own);
    }

    @Bean
    @Order(ViewOrder.COST)
    @ConditionalOnMissingBean
    CostEnricher llmOpsCost(CurrentPrices prices) {
        return CostEnricher.using(prices);
    }

    @Bean
    @Order(ViewOrder.MONEY)
    @ConditionalOnMissingBean
    Accounts llmOpsAccounts(LlmOpsCostProperties properties) {
        return Accounts.builder()
                .maxAccounts(properties.maxAccounts())
                .by(AccountDimension.FEATURE)
                .by(AccountDimension.MODEL)
                .by(AccountDimension.TENANT)
                .by(AccountDimension.USER)
                .build();
    }

    @Bean
    @Order(ViewOrder.MONEY)
    MeasurementReport.Area llmOpsCostArea(CurrentPrices prices) {
        return new MeasurementReport.Area("cost", "prices " + prices.get().version());
    }
}
