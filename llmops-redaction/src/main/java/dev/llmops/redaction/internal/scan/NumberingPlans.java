package dev.llmops.redaction.internal.scan;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/** Judges digits by the world's numbering plans. */
final class NumberingPlans implements PhoneCheck {

    private final PhoneNumberUtil plans;
    private final String region;

    private NumberingPlans(PhoneNumberUtil plans, String region) {
        this.plans = plans;
        this.region = region;
    }

    static NumberingPlans of(String region) {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        if (!plans.getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException("phoneRegion must be a two-letter region code in capitals, but was "
                    + region + "; pass one such as DE");
        }
        return new NumberingPlans(plans, region);
    }

    @Override
    public boolean isPhone(String candidate) {
        try {
            return plans.isValidNumber(plans.parse(candidate, region));
        } catch (NumberParseException notOne) {
            return false;
        }
    }
}
