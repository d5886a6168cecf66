package dev.llmops.spring.boot.cost;

import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.spring.boot.LlmOpsAutoConfiguration;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.report.MeasuredArea;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Adds the cost to every record and sums it up by feature, model, tenant and user.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = LlmOpsAutoConfiguration.class)
@ConditionalOnClass(CostEnricher.class)
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.cost.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(LlmOpsCostProperties.class)
public final class LlmOpsCostAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PriceBook llmOpsPriceBook(LlmOpsCostProperties properties) {
        return PriceBooks.of(properties);
    }

    @Bean
    @Order(ViewOrder.COST)
    @ConditionalOnMissingBean
    CostEnricher llmOpsCost(PriceBook priceBook) {
        return CostEnricher.using(priceBook);
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
    MeasuredArea llmOpsCostArea(PriceBook priceBook) {
        return new MeasuredArea("cost", "prices " + priceBook.version());
    }
}
