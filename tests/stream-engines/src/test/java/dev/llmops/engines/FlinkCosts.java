package dev.llmops.engines;

import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.logging.read.LoggedRecord;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds the costs of logged calls up in Flink; parts are kept as JSON, so that savepoints outlive the classes. */
public final class FlinkCosts implements AggregateFunction<String, String, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String createAccumulator() {
        return AccountTotals.NONE.toJson();
    }

    @Override
    public String add(String line, String sum) {
        LoggedRecord record = LoggedRecord.of(line);
        return record.isCall() ? merge(sum, AccountTotals.of(record.call()).toJson()) : sum;
    }

    @Override
    public String merge(String one, String other) {
        return AccountTotals.fromJson(one).plus(AccountTotals.fromJson(other)).toJson();
    }

    @Override
    public String getResult(String sum) {
        return sum;
    }
}
