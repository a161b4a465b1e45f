package dev.limber.experiment.loop;

import dev.limber.api.state.State;
import dev.limber.experiment.plan.Plan;
import java.util.Map;
import java.util.function.Consumer;

/// What new parts go on from, and what is come back to where they do not prove themselves. The experiment's thread.
interface Predecessor {

    /// The state of everything, as the new parts take it up.
    State state();

    /// Builds the new parts, from the state on.
    ///
    /// @param notes hears what the algorithm has to say, and what could not be taken over
    /// @throws NoWayBackException where they do not fit and this can go on no more; after all else that is thrown it can
    TrainingParts successor(Plan plan, Consumer<String> notes);

    /// Gives the new parts up and goes on from the state.
    void comeBack(TrainingParts givenUp);

    /// Closes what is not needed any more, but for what the new parts share.
    void leave(TrainingParts proved);

    /// Adds to what the journal says of the change.
    ///
    /// @return what happens, for the user, to be followed by when
    String describe(Change.Swap swap, Map<String, Object> details);
}
