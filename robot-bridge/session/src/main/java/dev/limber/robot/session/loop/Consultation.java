package dev.limber.robot.session.loop;

import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.session.controller.Mind;
import dev.limber.robot.session.realtime.Pace;
import java.util.Optional;

/// Asks the controller that drives, waits for its answer until its deadline and no longer, and says when it may not drive any more.
final class Consultation {

    private static final double FIRST_ANSWER_SECONDS = 2;

    private final SessionSpec spec;
    private final RobotSpec robot;
    private final Pace pace;
    private final StopTriggers triggers;
    private final long deadline;
    private Mind mind = Silence.INSTANCE;
    private int unansweredCycles;
    private int meaninglessCycles;
    private long begunAt;
    private volatile String controller = "";
    private volatile long lateAnswers;

    /// @param triggers that end waiting
    Consultation(SessionSpec spec, RobotSpec robot, Pace pace, StopTriggers triggers) {
        this.spec = spec;
        this.robot = robot;
        this.pace = pace;
        this.triggers = triggers;
        deadline = Math.round(spec.controllerDeadline() * 1e9);
    }

    /// Who drives, or drove last; empty before the first one.
    String controller() {
        return controller;
    }

    /// How many answers were not there in time.
    long lateAnswers() {
        return lateAnswers;
    }

    /// Lets another controller drive from the next question on, and closes the one before.
    void begin(Mind next) {
        Mind before = mind;
        mind = next;
        before.close();
        controller = next.name();
        unansweredCycles = 0;
        meaninglessCycles = 0;
        begunAt = pace.nanoTime();
    }

    /// Closes who drives.
    void dismiss() {
        Mind before = mind;
        mind = Silence.INSTANCE;
        before.close();
    }

    /// Asks. Without an answer, what was wanted before is wanted still.
    ///
    /// @param sent the command that was sent last
    /// @param wanted receives the answer, one number per joint
    /// @return why the controller may not drive any more; empty where it may
    Optional<String> ask(JointStates measured, double[] sent, double[] wanted) {
        if (!mind.thinking()) {
            mind.ask(measured, sent);
        }
        long until = pace.nanoTime() + deadline;
        while (mind.thinking() && mind.failure().isEmpty() && !triggers.pending() && pace.nanoTime() < until) {
            pace.parkUntil(until);
        }
        if (!mind.failure().isEmpty()) {
            return unfit("failed: " + mind.failure());
        }
        if (!mind.thinking()) {
            unansweredCycles = 0;
            mind.answer(wanted);
            return meaning(wanted);
        }
        if (triggers.pending()) {
            return Optional.empty();
        }
        if (mind.answeredOnce()) {
            lateAnswers = lateAnswers + 1; // Only this thread writes it.
            return ++unansweredCycles >= spec.controllerMisses()
                    ? unfit("had no answer for " + unansweredCycles + " cycles in a row")
                    : Optional.empty();
        }
        return pace.nanoTime() - begunAt > FIRST_ANSWER_SECONDS * 1e9
                ? unfit("had no first answer for " + FIRST_ANSWER_SECONDS + " s")
                : Optional.empty();
    }

    private Optional<String> meaning(double[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (!Double.isFinite(wanted[i]) && robot.joints().get(i).actuated()) {
                return ++meaninglessCycles >= spec.controllerMisses()
                        ? unfit("wanted " + wanted[i] + " of joint '" + robot.joints().get(i).name() + "' for "
                                + meaninglessCycles + " cycles in a row")
                        : Optional.empty();
            }
        }
        meaninglessCycles = 0;
        return Optional.empty();
    }

    private Optional<String> unfit(String why) {
        return Optional.of("controller '" + controller + "' " + why);
    }
}
