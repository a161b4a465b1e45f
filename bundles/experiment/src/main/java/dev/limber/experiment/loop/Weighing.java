package dev.limber.experiment.loop;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.plugin.UsageException;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.record.RecorderThread;
import dev.limber.experiment.run.RunDirectory;
import java.util.Map;
import java.util.Optional;

/// Gives terms of the reward other weights, in what runs or in what will when plug-ins are there that are waited for. The experiment's thread.
final class Weighing {

    private final Current current;
    private final Appraisal appraisal;
    private final Chronicle chronicle;
    private final RecorderThread recorders;
    private final RunDirectory directory;

    Weighing(Current current, Appraisal appraisal, Chronicle chronicle, RecorderThread recorders,
            RunDirectory directory) {
        this.current = current;
        this.appraisal = appraisal;
        this.chronicle = chronicle;
        this.recorders = recorders;
        this.directory = directory;
    }

    void weigh(Change.Weigh change) {
        Plan before = current.plan();
        try {
            current.weigh(before.with(before.environment().weigh(change.term(), change.weight())));
        } catch (UsageException refusal) { // the term has gone since
            chronicle.tell(refusal.getMessage());
            change.answer().complete(Optional.of(Verdict.refused(refusal.getMessage())));
            return;
        }
        Plan plan = current.plan();
        if (!before.environment().sameReward(plan.environment())) {
            appraisal.rewardChanged();
        }
        long step = current.steps();
        // After what swaps have handed over to be written: their description of the run is older.
        recorders.afterwards("the description of the run", () -> directory.update(plan));
        recorders.afterwards("the journal",
                () -> chronicle.add(step, "weighed", Map.of("term", change.term(), "weight", change.weight())));
        chronicle.tell("reward term " + change.term() + " has weight " + change.weight() + " from step " + step);
        change.answer().complete(Optional.of(Verdict.ACCEPTED));
    }
}
