package dev.limber.robot.session.record;

import dev.limber.api.session.Limit;
import dev.limber.api.session.SessionEvent.Kind;
import dev.limber.robot.session.loop.Announcer;
import dev.limber.robot.session.loop.ControlLoop;

/// Looks at a loop from outside: says which limits are met, and that a driver does not come back.
public final class LoopWatch implements Runnable {

    private static final long LOOK = 100_000_000;
    private static final long QUIET = 1_000_000_000;
    private static final Limit[] LIMITS = Limit.values();

    private final ControlLoop loop;
    private final Announcer announcer;
    private final long stuck;
    private final long[] before = new long[LIMITS.length];
    private final long[] now = new long[LIMITS.length];
    private final long[] metAt = new long[LIMITS.length];
    private long lookedAt;
    private boolean told;

    /// @param stall how long a cycle may take before it is told of [s]
    public LoopWatch(ControlLoop loop, double stall, Announcer announcer) {
        this.loop = loop;
        this.announcer = announcer;
        stuck = Math.round(Math.max(1, 2 * stall) * 1e9);
        java.util.Arrays.fill(metAt, System.nanoTime() - QUIET);
    }

    @Override
    public void run() {
        long time = System.nanoTime();
        if (time - lookedAt < LOOK) {
            return;
        }
        lookedAt = time;
        loop.clips(now);
        for (int i = 0; i < now.length; i++) {
            if (now[i] > before[i]) {
                if (time - metAt[i] >= QUIET) {
                    announcer.announce(Kind.LIMIT, loop.phase(), "a command was limited: " + name(LIMITS[i]));
                }
                metAt[i] = time;
                before[i] = now[i];
            }
        }
        boolean hangs = loop.moving() && loop.aliveAt() != 0 && time - loop.aliveAt() > stuck;
        if (hangs && !told) {
            announcer.announce(Kind.FAULT, loop.phase(),
                    "the robot's driver has not come back for " + (time - loop.aliveAt()) / 1_000_000_000
                            + " s: nothing can be sent; only the drives' watchdog or a switch stops the robot now");
        }
        told = hangs;
    }

    private static String name(Limit limit) {
        return switch (limit) {
            case NOT_A_NUMBER -> "it was not a number";
            case POSITION -> "position";
            case VELOCITY -> "velocity";
            case ACCELERATION -> "acceleration";
            case RATE -> "rate of change";
            case EFFORT -> "effort";
            case WORK_SPACE -> "work space";
        };
    }
}
