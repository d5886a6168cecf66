package dev.llmops.redaction.internal.personal;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Collection;
import java.util.List;

/** Judges digits by the world's numbering plans. */
public final class NumberingPlans implements PhoneCheck {

    private final PhoneNumberUtil plans;
    private final List<String> regions;

    private NumberingPlans(PhoneNumberUtil plans, Collection<String> regions) {
        this.plans = plans;
        this.regions = List.copyOf(regions);
    }

    public static NumberingPlans of(Collection<String> regions) {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        for (String region : regions) {
            if (!plans.getSupportedRegions().contains(region)) {
                throw new IllegalArgumentException("phoneRegions has an unknown region (" + region
                        + ") — two-letter codes in capitals — pass one such as DE");
            }
        }
        return new NumberingPlans(plans, regions);
    }

    @Override
    public boolean isPhone(String candidate) {
        return regions.stream().anyMatch(region -> isPhone(candidate, region));
    }

    private boolean isPhone(String candidate, String region) {
        try {
            return plans.isValidNumber(plans.parse(candidate, region));
        } catch (NumberParseException notOne) {
            return false;
        }
    }
}
