package dev.llmops.quality.risk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Heuristic detector of prompt injection and jailbreaks by well-known phrases, in English and Chinese. A first line only:
 * attackers know the phrases too.
 *
 * @since 0.1.0
 */
public final class InjectionPhrases implements RiskDetector {

    private static final String IDENTITY = "injection-phrases@1";
    private static final int MAX_LENGTH = 100_000;
    private static final double CERTAINTY = 0.6;
    private static final Map<String, Pattern> RULES = rules();

    /** Creates the detector. */
    public InjectionPhrases() {}

    private static Map<String, Pattern> rules() {
        Map<String, Pattern> rules = new LinkedHashMap<>();
        add(
                rules,
                "ignore_instructions",
                "\\b(?:ignore|disregard|forget|override) (?:all |any |the |your |of ){0,4}"
                        + "(?:previous|prior|above|earlier|preceding|system) (?:instructions?|prompts?|rules|messages?)\\b"
                        + "|(?:忽略|无视|忘记)(?:你)?(?:之前|以上|上面|先前|所有)?(?:的)?(?:所有)?(?:的)?(?:指令|提示|规则|要求)");
        add(
                rules,
                "reveal_system_prompt",
                "\\b(?:reveal|print|show|repeat|output) (?:me )?(?:your|the) (?:full |entire |hidden )?"
                        + "(?:system prompt|initial instructions|hidden instructions)\\b"
                        + "|(?:显示|输出|告诉我|泄露)(?:你的|系统)?(?:的)?系统?(?:提示词|提示语)");
        add(
                rules,
                "role_change",
                "\\byou are now (?:in )?(?:dan|developer mode|jailbroken|unrestricted)\\b"
                        + "|\\bpretend (?:that )?you (?:have no|are not bound by) (?:rules|restrictions|guidelines)\\b"
                        + "|(?:你现在是|进入)(?:DAN|开发者模式|越狱模式|无限制)");
        add(rules, "fake_turn", "<\\|im_start\\|>|\\[/?INST\\]|(?:^|\\n)#{2,} ?(?:system|assistant) ?:");
        return rules;
    }

    private static void add(Map<String, Pattern> rules, String name, String pattern) {
        rules.put(name, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
    }

    @Override
    public String identity() {
        return IDENTITY;
    }

    @Override
    public List<Risk> detect(String text) {
        String beginning = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        List<Risk> found = new ArrayList<>();
        RULES.forEach((rule, pattern) -> {
            Matcher matcher = pattern.matcher(beginning);
            if (matcher.find()) {
                String type = rule.equals("role_change") ? Risk.Type.JAILBREAK : Risk.Type.PROMPT_INJECTION;
                Risk certain = Risk.of(type, Risk.Severity.MEDIUM, IDENTITY, rule, matcher.group());
                found.add(new Risk(type, Risk.Severity.MEDIUM, CERTAINTY, IDENTITY, rule, certain.evidenceHash()));
            }
        });
        return found;
    }
}
