package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.cli.internal.io.LogFiles;
import dev.llmops.core.io.TextFile;
import dev.llmops.redaction.Redactor;
import dev.llmops.release.GateDecision;
import dev.llmops.release.GatePlan;
import dev.llmops.release.GateSituation;
import dev.llmops.release.compare.Criteria;
import dev.llmops.release.compare.SampleComparison;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.LogEvidence;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.report.evidence.EvidencePack;
import dev.llmops.report.evidence.EvidencePackBuilder;
import dev.llmops.slo.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans and judges releases.
 *
 * @since 0.1.0
 */
@Command(name = "gate", synopsisSubcommandLabel = "COMMAND", description = "Plans and judges releases.")
public final class GateCommand {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    public GateCommand() {}

    @Command(name = "plan", description = "Says from the log of the last days what a release can decide, and when.")
    int plan(
            @Option(names = "--policy", required = true, description = "The policy, as YAML.") Path policyFile,
            @Option(names = "--save-profile", description = "Writes the thresholds here, for gate judge.") @Nullable
                    Path profileFile,
            @Option(
                            names = "--cached-price-ratio",
                            defaultValue = "0.1",
                            description = "Price of a cached input token ÷ an uncached one; default ${DEFAULT-VALUE}.")
                    double cachedPriceRatio,
            @Option(
                            names = "--output-price-ratio",
                            defaultValue = "4",
                            description = "Price of an output token ÷ an input token; default ${DEFAULT-VALUE}.")
                    double outputPriceRatio,
            @Mixin LogFiles logs)
            throws IOException {
        GatePolicy policy = GatePolicy.read(policyFile);
        GateProfile profile =
                logs.readBytes(lines -> LogEvidence.profile(policy, cachedPriceRatio, outputPriceRatio, lines));
        if (profileFile != null) {
            Files.writeString(
                    profileFile, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(profile));
        }
        GatePlan plan = GatePlan.of(policy, profile);
        out().println(plan.explain());
        out().println(
                        plan.canPromote()
                                ? "can promote, after " + Durations.format(plan.timeToProve()) + " at least"
                                : "cannot promote");
        return plan.canPromote() ? ExitCodes.PASSED : ExitCodes.FAILED;
    }

    @Command(name = "judge", description = "Judges a release from the call log, and may write an evidence pack.")
    int judge(
            @Option(names = "--policy", required = true, description = "The policy, as YAML.") Path policyFile,
            @Option(names = "--profile", required = true, description = "The thresholds that gate plan saved.")
                    Path profileFile,
            @Option(names = "--change", required = true, description = "The release.") String change,
            @Option(names = "--stage", required = true, description = "The stage under way.") String stage,
            @Option(names = "--stage-since", required = true, description = "When it began, as 2026-11-28T12:00:00Z.")
                    Instant since,
            @Option(names = "--now", description = "The time of the verdict; now unless given.") @Nullable Instant time,
            @Option(
                            names = "--slo-budget-remaining",
                            defaultValue = "NaN",
                            description = "The smallest remaining error budget, as a ratio.")
                    double remaining,
            @Option(names = "--change-kind", defaultValue = "", description = "The kind of change, as security.")
                    String kind,
            @Option(names = "--evidence", description = "Writes the sums here, to be added up or judged again.")
                    @Nullable
                    Path evidenceFile,
            @Option(names = "--pack", description = "Writes an evidence pack under this folder of reports.") @Nullable
                    Path reports,
            @Mixin LogFiles logs)
            throws IOException {
        Instant now = time == null ? Instant.now() : time;
        String yaml = TextFile.read(policyFile);
        var unusedPolicy = GatePolicy.parse(policyFile.toString(), yaml); // names the file in what it finds
        GateProfile profile = profile(profileFile);
        GateSituation situation = new GateSituation(now, stage, since, remaining, false, kind, Map.of());
        EvidencePackBuilder builder =
                logs.readBytes(lines -> EvidencePack.ofLog(change, yaml, profile, situation, lines));
        if (evidenceFile != null) {
            Files.writeString(evidenceFile, builder.evidence().toJson());
        }
        Redactor redactor = Redactor.ofDefaults();
        EvidencePack pack = builder.redactor(
                        "llmops-redaction/" + Redactor.DETECTOR_VERSION,
                        text -> redactor.redact(text).text())
                .build();
        if (reports != null) {
            out().println("pack " + pack.writeTo(reports) + " " + pack.digest());
        }
        return explained(pack.replay());
    }

    private static GateProfile profile(Path file) throws IOException {
        try {
            return MAPPER.readValue(TextFile.read(file), GateProfile.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + ": this is no profile (" + e.getOriginalMessage()
                            + ") — the thresholds that gate plan --save-profile writes are needed — pass that file",
                    e);
        }
    }

    @Command(name = "replay", description = "Checks an evidence pack, and judges again from it alone.")
    int replay(@Parameters(paramLabel = "PACK", description = "The folder or zip of a pack.") Path folderOrZip)
            throws IOException {
        EvidencePack pack = EvidencePack.read(folderOrZip);
        List<String> problems = pack.problems();
        problems.forEach(problem -> out().println("changed: " + problem));
        EvidencePack.Replay replay = pack.replay();
        explained(replay);
        out().println(replay.isSame() ? "the recorded verdict holds" : "the recorded verdict is another one");
        out().println("digest " + pack.digest());
        return replay.isSame() && problems.isEmpty() ? ExitCodes.PASSED : ExitCodes.FAILED;
    }

    @Command(name = "compare", description = "Compares two samples of numbers once, as after an offline run.")
    int compare(
            @Option(names = "--candidate", required = true, description = "The candidate's numbers, one a line.")
                    Path candidateFile,
            @Option(names = "--baseline", required = true, description = "The baseline's numbers, one a line.")
                    Path baselineFile,
            @Option(
                            names = "--direction",
                            defaultValue = "EITHER",
                            description = "The side that counts: ${COMPLETION-CANDIDATES}.")
                    SampleComparison.Direction direction,
            @Option(
                            names = "--tolerance-ratio",
                            defaultValue = "0.25",
                            description = "How far from 0 the interval must lie, as a share of the shift.")
                    double toleranceRatio,
            @Option(names = "--confidence", defaultValue = "0.98", description = "Of the interval.") double confidence,
            @Option(
                            names = "--criteria",
                            description =
                                    "A set as <=+10%%,<600 of which all must hold; of several sets one is enough.")
                    @Nullable
                    List<String> sets,
            @Option(
                            names = "--aggregate",
                            defaultValue = "AVG",
                            description = "The value that criteria check: ${COMPLETION-CANDIDATES}.")
                    Criteria.Aggregate aggregate)
            throws IOException {
        double[] candidate = numbers(candidateFile);
        double[] baseline = numbers(baselineFile);
        SampleComparison.Result result = SampleComparison.builder()
                .direction(direction)
                .toleranceRatio(toleranceRatio)
                .confidence(confidence)
                .build()
                .compare(candidate, baseline);
        out().println(result.explain());
        boolean isWorse = result.classification() == SampleComparison.Classification.HIGH
                || result.classification() == SampleComparison.Classification.LOW;
        boolean isUndecided = !result.isConclusive();
        if (sets != null) {
            Criteria.Result checked = Criteria.anyOf(
                            sets.stream().map(set -> List.of(set.split(","))).toList())
                    .check(aggregate.of(candidate), aggregate.of(baseline));
            checked.targets()
                    .forEach(each -> out().println(each.criterion() + " " + each.outcome() + " at " + each.value()));
            isWorse |= checked.outcome() == Criteria.Outcome.VIOLATED;
            isUndecided |= checked.outcome() == Criteria.Outcome.UNKNOWN;
        }
        return isUndecided ? ExitCodes.UNDECIDED : isWorse ? ExitCodes.FAILED : ExitCodes.PASSED;
    }

    private static double[] numbers(Path file) throws IOException {
        return TextFile.read(file)
                .lines()
                .filter(line -> !line.isBlank())
                .mapToDouble(line -> number(file, line))
                .toArray();
    }

    private static double number(Path file, String line) {
        try {
            double value = Double.parseDouble(line.strip());
            if (Double.isFinite(value)) {
                return value;
            }
            throw new NumberFormatException("not finite");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    file + " has a line that is no number (" + line + ") — one finite number a line — remove the rest",
                    e);
        }
    }

    private int explained(EvidencePack.Replay replay) {
        out().println(replay.decision().explain());
        GateDecision.Verdict verdict = replay.decision().verdict();
        return switch (verdict) {
            case PROMOTE -> ExitCodes.PASSED;
            case STOP, ROLL_BACK -> ExitCodes.FAILED;
            case INVALID, PAUSE, CONTINUE -> ExitCodes.UNDECIDED;
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
