package dev.llmops.engines;

import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.logging.read.LoggedRecord;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/** Adds the costs of logged calls up in Spark. */
public final class SparkCosts extends Aggregator<String, String, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String zero() {
        return AccountTotals.NONE.toJson();
    }

    @Override
    public String reduce(String sum, String line) {
        LoggedRecord record = LoggedRecord.of(line);
        return record.isCall() ? merge(sum, AccountTotals.of(record.call()).toJson()) : sum;
    }

    @Override
    public String merge(String one, String other) {
        return AccountTotals.fromJson(one).plus(AccountTotals.fromJson(other)).toJson();
    }

    @Override
    public String finish(String sum) {
        return sum;
    }

    @Override
    public Encoder<String> bufferEncoder() {
        return Encoders.STRING();
    }

    @Override
    public Encoder<String> outputEncoder() {
        return Encoders.STRING();
    }
}
