package dev.limber.experiment.loop;

import dev.limber.api.environment.Environment;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.metrics.Metric;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.experiment.plan.RunnerOptions;
import dev.limber.experiment.play.EpisodePlayer;
import java.util.Map;

/// Finds out how good the policy is: by evaluating it where that was asked for, else by the episodes of training.
final class Appraisal {

    private static final long EVALUATION_STREAM = 3;
    private static final long JUDGEMENTS = 20;
    private static final long MOST_JUDGE_STEPS = 1_000_000;

    private final Current current;
    private final RunnerOptions options;
    private final long judgeSteps;
    private double bestScore = Double.NaN;
    private boolean thresholdNoted;

    Appraisal(Current current, RunnerOptions options) {
        this.current = current;
        this.options = options;
        long rows = Math.min(current.plan().steps() / JUDGEMENTS, MOST_JUDGE_STEPS) / options.logSteps();
        judgeSteps = Math.max(1, rows) * options.logSteps();
    }

    /// What is known now, to come back to.
    record Mark(double bestScore, boolean thresholdNoted) {}

    Mark mark() {
        return new Mark(bestScore, thresholdNoted);
    }

    void goBack(Mark mark) {
        bestScore = mark.bestScore;
        thresholdNoted = mark.thresholdNoted;
    }

    /// The best score so far, NaN where there is none.
    double bestScore() {
        return bestScore;
    }

    /// Goes on from an earlier score; whatever the threshold was, it is not noted twice.
    void restore(double best) {
        bestScore = best;
        thresholdNoted = current.statistics().stepsToThreshold() >= 0;
    }

    /// Forgets the best score: those of another reward cannot be compared with it.
    void rewardChanged() {
        bestScore = Double.NaN;
    }

    /// True where an evaluation belongs between two steps.
    boolean evaluates(long before, long step) {
        return options.evaluateSteps() > 0 && before / options.evaluateSteps() != step / options.evaluateSteps();
    }

    /// Looks how good the policy is, where that is due.
    ///
    /// @param findings hears of evaluations
    /// @return true where it is better than ever
    boolean better(long before, long step, Findings findings) {
        return evaluates(before, step) && evaluate(findings) || judges(before, step) && judge();
    }

    /// True where the last 100 episodes are to be judged. That depends on steps alone, so that the same seed has the same
    /// best checkpoint.
    private boolean judges(long before, long step) {
        return options.evaluateSteps() == 0
                && (before / judgeSteps != step / judgeSteps || step >= current.plan().steps());
    }

    private boolean judge() {
        EpisodeStatistics statistics = current.statistics();
        return statistics.comparable() && improves(statistics.meanReturn());
    }

    private boolean improves(double score) {
        boolean best = !(score <= bestScore);
        if (best) {
            bestScore = score;
        }
        return best;
    }

    /// Plays the greedy policy.
    private boolean evaluate(Findings findings) {
        TrainingParts parts = current.parts();
        int copies = EpisodePlayer.copies(options.evaluateEpisodes());
        Evaluation evaluation;
        try (Environment environment = current.plan().environment().create(copies);
                Policy policy = parts.algorithm().policy(copies)) {
            evaluation = EpisodePlayer.play(environment, parts.normalizer(), policy, options.evaluateEpisodes(),
                    SeededRandom.childSeed(current.plan().seed(), EVALUATION_STREAM), current.steps());
        }
        metric("evaluation/return", "mean return of the greedy policy over an evaluation's episodes; should rise")
                .add(evaluation.meanReturn());
        metric("evaluation/length", "mean steps of an episode of the greedy policy").add(evaluation.meanLength());
        findings.found("evaluation", Map.of("episodes", evaluation.episodes(), "meanReturn", evaluation.meanReturn(),
                "stdReturn", evaluation.stdReturn()), "");
        return improves(evaluation.meanReturn());
    }

    private Metric metric(String name, String description) {
        return current.parts().metrics().last(name, description);
    }

    /// Notes once that the task counts as solved.
    void noteThreshold(Findings findings) {
        EpisodeStatistics statistics = current.statistics();
        long step = statistics.stepsToThreshold();
        if (thresholdNoted || step < 0) {
            return;
        }
        thresholdNoted = true;
        findings.found("threshold", Map.of("stepsToThreshold", step), "mean return of the last 100 episodes passed the "
                + "threshold " + statistics.threshold().orElseThrow() + " at step " + step);
    }
}
