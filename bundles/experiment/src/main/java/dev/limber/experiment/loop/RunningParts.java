package dev.limber.experiment.loop;

import dev.limber.api.state.State;
import dev.limber.experiment.plan.Plan;
import java.util.Map;
import java.util.function.Consumer;

/// Parts that have run until now. They stay open until others have proved themselves.
///
/// @param parts what has run
/// @param state lent: the algorithm rests until it goes, or goes on from there
/// @param current runs the parts where they come back
/// @param chronicle hears what does not close
record RunningParts(TrainingParts parts, State state, Current current, Chronicle chronicle) implements Predecessor {

    @Override
    public TrainingParts successor(Plan plan, Consumer<String> notes) {
        parts.metrics().rememberNumbers();
        return new TrainingParts(plan, parts, state, notes);
    }

    @Override
    public void comeBack(TrainingParts givenUp) {
        boolean moved = givenUp.moved(parts);
        try {
            givenUp.closeBeside(parts);
        } catch (Throwable e) { // of a plug-in that goes anyway
            chronicle.note("what was given up did not close: " + FailureLine.of(e));
        }
        current.use(parts);
        parts.goBack(state, moved, chronicle::note);
    }

    @Override
    public void leave(TrainingParts proved) {
        parts.closeBeside(proved);
    }

    @Override
    public String describe(Change.Swap swap, Map<String, Object> details) {
        details.put("from", swap.from());
        return swap.what() + " of " + swap.origin().name() + " " + swap.origin().version() + " takes over";
    }
}
