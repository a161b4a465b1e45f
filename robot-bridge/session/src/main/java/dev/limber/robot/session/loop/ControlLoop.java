package dev.limber.robot.session.loop;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent.Kind;
import dev.limber.api.session.SessionSpec;
import dev.limber.api.session.SessionStatus;
import dev.limber.robot.session.controller.Mind;
import dev.limber.robot.session.limiter.Limiter;
import dev.limber.robot.session.limiter.WorkSpace;
import dev.limber.robot.session.realtime.Pace;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// The states of a session and what happens in each cycle of them: measure, ask the controller, limit, send.
///
/// All methods but [#emergencyStop], [#heartbeat] and those that only tell belong to the loop's thread, which calls [#cycle] at the rate of the
/// spec. A cycle allocates nothing and takes no lock; where a phase changes it may allocate.
public final class ControlLoop {

    private static final String NOT_FINITE = "a position or velocity was measured that is not a number";
    private static final double HEALTH_SECONDS = 1;
    private static final double FIRST_ANSWER_SECONDS = 2;
    private static final double LONGEST_BRAKING_SECONDS = 5;
    /// How many times the time that asking for the drives' health took must be left of a cycle.
    private static final int HEALTH_MARGIN = 2;
    /// How far a joint may be measured beyond its limits, as a part of its range.
    private static final double TOLERATED_OVERSHOOT = 0.05;

    /// What the loop does with the drives in the phase it is in.
    private enum Drive {
        /// Commands nothing.
        SILENT,
        /// Brings all joints to rest within the limits, and keeps them there.
        REST,
        /// As [#REST], and once there as [#STOP].
        REST_THEN_STOP,
        /// Sends what the controller wants.
        CONTROLLER,
        /// Tells each joint to stop, again and again.
        STOP
    }

    private final SessionSpec spec;
    private final Robot robot;
    private final RobotSpec robotSpec;
    private volatile Limits limits;
    private final Pace pace;
    private final Announcer announcer;
    private final CycleRing recorded;
    private Limiter limiter;
    private WorkSpace workSpace;
    private final int joints;
    private final long period;

    private final Cycle cycle;
    private final long[] clips = new long[Limit.values().length];
    private final double[] lastSent;
    private final DriveHealth health;
    private final Snapshot snapshot;
    private final Latencies wakeUp = new Latencies();
    private final Latencies cycleTime = new Latencies();
    private final Latencies stopTime = new Latencies();

    private final StopWay[] finalWays;
    private final StopWay[] dampWays;
    private StopWay[] stopWays;
    private Drive drive = Drive.SILENT;
    private boolean linked = true;
    private boolean energised;
    private boolean measured;
    private boolean toldToStop;
    private int silentCycles;
    private int unsentCycles;
    private int unansweredCycles;
    private int meaninglessCycles;
    private long armedAt;
    private long restBy;
    private long askedFirstAt;
    private long healthDue;
    private long healthTook;
    private Mind mind = Silence.INSTANCE;

    private volatile Phase phase = Phase.CONNECTED;
    private volatile String reason;
    private volatile String controller = "";
    private volatile String watchdog;
    private volatile boolean moving;
    private volatile long cycles;
    private volatile long missedDeadlines;
    private volatile long lateAnswers;
    private volatile long failedReplies;
    private volatile long begunAt;
    private volatile long lastHeartbeat;
    private volatile Emergency emergency;

    /// Somebody wants it to stop at once.
    private record Emergency(String trigger, long nanoTime) {}

    /// A loop around a robot that is connected.
    ///
    /// @param announcer hears of what changes, from the loop's thread; must return at once
    /// @param recorded takes each cycle
    /// @throws UsageException where limits or ways to stop do not fit the robot
    public ControlLoop(SessionSpec spec, Robot robot, Pace pace, Announcer announcer, CycleRing recorded) {
        this.spec = spec;
        this.robot = robot;
        this.pace = pace;
        this.announcer = announcer;
        this.recorded = recorded;
        robotSpec = robot.spec();
        joints = robotSpec.joints().size();
        limits = spec.limits().orElseGet(() -> Limits.of(robotSpec));
        limits.check(robotSpec);
        check();
        period = Math.round(1e9 / spec.rate());
        limiter = Limiter.of(robotSpec, limits, spec.mode(), spec.cycleSeconds());
        workSpace = new WorkSpace(robotSpec, limits);
        cycle = Cycle.ofJoints(joints);
        lastSent = new double[joints];
        health = DriveHealth.ofJoints(joints);
        snapshot = new Snapshot(joints);
        finalWays = new StopWay[joints];
        dampWays = new StopWay[joints];
        for (int i = 0; i < joints; i++) {
            finalWays[i] = spec.stopWays().getOrDefault(robotSpec.joints().get(i).name(), StopWay.DAMP);
            dampWays[i] = StopWay.DAMP;
        }
        stopWays = finalWays;
        reason = "connected to " + robotSpec.name();
        watchdog = describe(robotSpec.watchdog());
        forget();
        snapshot.write(cycle, clips);
    }

    private void check() {
        if (spec.rate() * robotSpec.cycleSeconds() > 1 + 1e-9) {
            throw new UsageException("robot '" + robotSpec.name() + "' needs " + robotSpec.cycleSeconds()
                    + " s per cycle, so the rate is at most " + Math.floor(1 / robotSpec.cycleSeconds()) + " Hz, not "
                    + spec.rate());
        }
        for (String joint : spec.stopWays().keySet()) {
            if (robotSpec.joints().stream().noneMatch(each -> each.name().equals(joint))) {
                throw new UsageException("there is no joint '" + joint + "' to stop; the robot has "
                        + String.join(", ", robotSpec.joints().stream().map(RobotSpec.Joint::name).toList()));
            }
        }
    }

    // Told to anybody.

    /// Where it is.
    public Phase phase() {
        return phase;
    }

    /// What commands keep to.
    public Limits limits() {
        return limits;
    }

    /// True while joints may move by what it commands.
    public boolean moving() {
        return moving;
    }

    /// When the cycle began that is running or ran last, of [System#nanoTime]; 0 before the first [ns].
    public long begunAt() {
        return begunAt;
    }

    /// How it is.
    ///
    /// @param realTime whether the thread has a real-time priority, one line
    public SessionStatus status(String realTime) {
        var totals = new long[clips.length];
        Cycle newest = snapshot.read(totals);
        Map<Limit, Long> counts = new java.util.EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            counts.put(limit, totals[limit.ordinal()]);
        }
        return new SessionStatus(phase, reason, controller, newest, Snapshot.copy(health), limits, counts, cycles,
                missedDeadlines, lateAnswers, failedReplies, recorded.lost(), wakeUp.read(), cycleTime.read(),
                stopTime.read(), realTime, watchdog, spec.dryRun());
    }

    /// How many commands each limit has changed.
    ///
    /// @param totals receives one number per limit, in the order of [Limit]
    public void clips(long[] totals) {
        snapshot.read(totals);
    }

    // Asked for by anybody.

    /// Asks for an emergency stop, which the next cycle carries out, or the running one before it sends anything.
    public void emergencyStop(String trigger) {
        if (emergency == null) {
            emergency = new Emergency(trigger, pace.nanoTime());
        }
    }

    /// True while an emergency stop was asked for and not carried out.
    public boolean stopPending() {
        return emergency != null;
    }

    /// The client is alive.
    public void heartbeat() {
        lastHeartbeat = pace.nanoTime();
    }

    // Asked for on the loop's thread.

    /// CONNECTED to CALIBRATED.
    public void calibrate(Map<String, Double> pose, double tolerance) {
        require("be calibrated", Phase.CONNECTED, Phase.CALIBRATED);
        measureNow();
        for (Map.Entry<String, Double> place : pose.entrySet()) {
            int joint = joint(place.getKey());
            double off = cycle.measured().positions()[joint] - place.getValue();
            if (!(Math.abs(off) <= tolerance)) {
                throw new UsageException(text("joint '%s' is measured at %.4f, but stands at %.4f: off by %.4f, more than %.4f; "
                        + "set its offset or direction in the driver's options", place.getKey(),
                        cycle.measured().positions()[joint], place.getValue(), off, tolerance));
            }
        }
        enter(Phase.CALIBRATED, pose.isEmpty()
                ? "the user vouches for the measured positions"
                : "the robot stands where it was told to");
    }

    /// Sets other limits while nothing is energised.
    public void limit(Limits others) {
        require("be limited anew", Phase.CONNECTED, Phase.CALIBRATED, Phase.STOPPED);
        others.check(robotSpec);
        limits = others;
        limiter = Limiter.of(robotSpec, others, spec.mode(), spec.cycleSeconds());
        workSpace = new WorkSpace(robotSpec, others);
        announcer.announce(Kind.NOTE, phase, "other limits are set");
    }

    private int joint(String name) {
        for (int i = 0; i < joints; i++) {
            if (robotSpec.joints().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new UsageException("there is no joint '" + name + "'; the robot has "
                + String.join(", ", robotSpec.joints().stream().map(RobotSpec.Joint::name).toList()));
    }

    /// CALIBRATED, DAMP or STOPPED to ARMED.
    public void arm() {
        require("be armed", Phase.CALIBRATED, Phase.DAMP, Phase.STOPPED);
        if (!robotSpec.modes().contains(spec.mode())) {
            throw new UsageException("robot '" + robotSpec.name() + "' takes commands of " + robotSpec.modes() + ", not "
                    + spec.mode());
        }
        measureNow();
        requireInside();
        setWatchdog();
        energised = true; // From here on nobody knows.
        try {
            if (!spec.dryRun()) {
                robot.enable(spec.mode());
            }
            measureNow();
        } catch (Throwable failed) {
            stopAtOnce("arming failed: " + failed.getMessage());
            throw failed;
        }
        limiter.start(cycle.measured());
        startFrom();
        armedAt = pace.nanoTime();
        lastHeartbeat = armedAt;
        drive = Drive.REST;
        restBy = Long.MAX_VALUE;
        silentCycles = 0;
        unsentCycles = 0;
        enter(Phase.ARMED, spec.dryRun() ? "dry run: nothing is energised" : "the target is where the robot stands");
    }

    /// What is held until there is something else to send.
    private void startFrom() {
        for (int i = 0; i < joints; i++) {
            lastSent[i] = switch (spec.mode()) {
                case POSITION -> cycle.measured().positions()[i];
                case VELOCITY, EFFORT -> 0;
            };
        }
        System.arraycopy(lastSent, 0, cycle.wanted(), 0, joints);
    }

    private void requireInside() {
        double[] positions = cycle.measured().positions();
        for (int i = 0; i < joints; i++) {
            JointLimits joint = limits.joints().get(i);
            if (!(positions[i] >= joint.low() && positions[i] <= joint.high())) {
                throw new UsageException(text("joint '%s' stands at %.4f, outside of its limits %.4f to %.4f; move it by hand, "
                        + "or widen its limits", joint.joint(), positions[i], joint.low(), joint.high()));
            }
        }
        int broken = workSpace.broken(positions);
        if (broken >= 0) {
            throw new UsageException("the robot stands outside of its work space '" + workSpace.name(broken)
                    + "'; move it by hand, or widen it");
        }
    }

    private void setWatchdog() {
        switch (robotSpec.watchdog()) {
            case DriveWatchdog.None() -> {
                if (!spec.unwatched()) {
                    throw new UsageException("the drives of robot '" + robotSpec.name() + "' have no watchdog: they go on with the "
                            + "last command when this process dies or the cable is cut; arm them only with that acknowledged");
                }
            }
            case DriveWatchdog.Fixed fixed -> requireWatchdog(fixed.seconds());
            case DriveWatchdog.Settable settable -> {
                if (spec.watchdog() < settable.shortest() || spec.watchdog() > settable.longest()) {
                    throw new UsageException("the watchdog of robot '" + robotSpec.name() + "' can be set to "
                            + settable.shortest() + " to " + settable.longest() + " s, not to " + spec.watchdog());
                }
                requireWatchdog(spec.watchdog());
                if (!spec.dryRun()) {
                    robot.setWatchdog(spec.watchdog());
                    watchdog = "the drives stop by themselves after " + spec.watchdog() + " s without a command";
                }
            }
        }
    }

    private void requireWatchdog(double seconds) {
        if (seconds < 2 * spec.cycleSeconds()) {
            throw new UsageException("the drives' watchdog of " + seconds + " s would stop them between two cycles of "
                    + spec.cycleSeconds() + " s; it must be at least two");
        }
    }

    private static String describe(DriveWatchdog watchdog) {
        return switch (watchdog) {
            case DriveWatchdog.None() -> "the drives have no watchdog: they go on with the last command";
            case DriveWatchdog.Fixed(double seconds) -> "the drives stop by themselves after " + seconds
                    + " s without a command";
            case DriveWatchdog.Settable _ -> "the drives have a watchdog, which is set on arming";
        };
    }

    /// ARMED, HOLD or RUNNING to RUNNING.
    public void run(Mind next) {
        require("run a controller", Phase.ARMED, Phase.HOLD, Phase.RUNNING);
        Mind before = mind;
        mind = next;
        before.close();
        controller = next.name();
        unansweredCycles = 0;
        meaninglessCycles = 0;
        askedFirstAt = pace.nanoTime();
        if (drive != Drive.CONTROLLER) {
            System.arraycopy(lastSent, 0, cycle.wanted(), 0, joints); // Until the first answer.
        }
        drive = Drive.CONTROLLER;
        if (phase == Phase.RUNNING) {
            reason = "controller '" + controller + "' drives";
            announcer.announce(Kind.CONTROLLER, phase, reason);
        } else {
            enter(Phase.RUNNING, "controller '" + controller + "' drives");
        }
    }

    /// ARMED or RUNNING to HOLD.
    public void hold(String why) {
        require("hold", Phase.ARMED, Phase.RUNNING, Phase.HOLD);
        dismiss();
        drive = Drive.REST;
        restBy = Long.MAX_VALUE;
        if (phase != Phase.HOLD) {
            enter(Phase.HOLD, why);
        }
    }

    /// ARMED, RUNNING or HOLD to DAMP.
    public void damp() {
        require("be damped", Phase.ARMED, Phase.RUNNING, Phase.HOLD);
        dismiss();
        stopWays = dampWays;
        drive = Drive.STOP;
        tellToStop();
        enter(Phase.DAMP, "asked for");
    }

    /// To STOPPED, over HOLD; the last step is taken by a later cycle.
    ///
    /// @return true where it is on its way there, or there
    public boolean stop(String why) {
        switch (phase) {
            case ARMED, RUNNING, HOLD -> {
                dismiss();
                stopWays = finalWays;
                drive = Drive.REST_THEN_STOP;
                restBy = pace.nanoTime() + Math.round(LONGEST_BRAKING_SECONDS * 1e9);
                if (phase != Phase.HOLD) {
                    enter(Phase.HOLD, "coming to rest: " + why);
                }
            }
            case DAMP -> {
                stopWays = finalWays;
                drive = Drive.STOP;
                tellToStop();
                enter(Phase.STOPPED, why);
            }
            case STOPPED -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    /// FAULT to CONNECTED, once every joint has taken the command to stop. Joints that were told to hold or damp go on with it.
    public void reset() {
        require("be reset", Phase.FAULT);
        if (drive == Drive.REST_THEN_STOP) {
            throw new UsageException("the robot cannot be reset while it is still coming to rest (" + reason + ")");
        }
        if (!linked) {
            robot.close();
            robot.connect();
            if (!robot.spec().joints().equals(robotSpec.joints())) {
                throw new UsageException("another robot answers now: " + robot.spec().name() + "; close the session");
            }
            linked = true;
        }
        measureNow();
        if (energised && !spec.dryRun()) {
            robot.stop(stopWays);
        }
        silentCycles = 0;
        emergency = null;
        drive = energised && Arrays.stream(stopWays).anyMatch(way -> way != StopWay.TORQUE_OFF) ? Drive.STOP : Drive.SILENT;
        enter(Phase.CONNECTED, "reset");
    }

    /// Ends: tells each joint to stop where something is energised, closes the controller and the robot.
    public void close() {
        dismiss();
        try {
            if (energised && linked && !spec.dryRun()) {
                robot.stop(finalWays);
            }
        } catch (Throwable failed) {
            announcer.announce(Kind.NOTE, Phase.CLOSED, "the robot could not be told to stop: " + failed.getMessage());
        } finally {
            drive = Drive.SILENT;
            energised = false;
            moving = false;
            emergency = null;
            enter(Phase.CLOSED, "closed");
            closeRobot();
        }
    }

    private void closeRobot() {
        try {
            robot.close();
        } catch (Throwable failed) { // A driver is a plug-in as well.
            announcer.announce(Kind.NOTE, Phase.CLOSED, "the robot's driver could not be closed: " + failed.getMessage());
        }
    }

    private void require(String what, Phase... right) {
        if (emergency != null || !Arrays.asList(right).contains(phase)) {
            throw new UsageException("the robot cannot " + what + " while it is " + phase + " (" + reason + "); it must be "
                    + String.join(" or ", Arrays.stream(right).map(Phase::name).toList()));
        }
    }

    /// Measures between two cycles, again where a reply is lost as it may be in cycles.
    private void measureNow() {
        for (int attempt = 1; !measuredNow(attempt == spec.replyMisses()); attempt++) {
            measured = false;
        }
        measured = true;
    }

    private boolean measuredNow(boolean last) {
        try {
            robot.read(cycle.measured());
        } catch (RobotException lost) {
            if (last || lost.kind() != RobotException.Kind.TIMEOUT && lost.kind() != RobotException.Kind.CORRUPT) {
                throw lost;
            }
            return false;
        }
        if (!finite()) {
            throw new RobotException(RobotException.Kind.CORRUPT, NOT_FINITE);
        }
        return true;
    }

    private void dismiss() {
        Mind before = mind;
        mind = Silence.INSTANCE;
        before.close();
    }

    private void enter(Phase next, String why) {
        phase = next;
        reason = why;
        moving = drive == Drive.REST || drive == Drive.REST_THEN_STOP || drive == Drive.CONTROLLER || next == Phase.DAMP;
        announcer.announce(next == Phase.FAULT ? Kind.FAULT : Kind.PHASE, next, why);
    }

    // The cycle.

    /// One cycle.
    ///
    /// @param due when it should have begun [ns]
    /// @return how many cycles have to be left out because they are over already
    public long cycle(long due) {
        long begin = pace.nanoTime();
        begunAt = begin;
        forget();
        cycle.times()[0] = due;
        cycle.times()[1] = begin;
        wakeUp.record(begin - due);
        if (begin - due >= spec.stall() * 1e9 && moving) {
            stopAtOnce(text("the loop stood still for %.3f s", (begin - due) / 1e9));
        }
        listen(begin);
        if (linked) {
            measure();
        }
        listen(begin); // Measuring may have taken most of the cycle.
        if (measured && moving) {
            requireInReach();
        }
        drive();
        watchHealth(due);
        long end = pace.nanoTime();
        long behind = Math.max(0, (end - due) / period);
        cycleTime.record(end - begin);
        count(behind);
        return behind;
    }

    private void forget() {
        toldToStop = false;
        cycle.times()[2] = 0;
        cycle.times()[3] = 0;
        Arrays.fill(cycle.limited(), Double.NaN);
        Arrays.fill(cycle.sent(), Double.NaN);
        if (drive != Drive.CONTROLLER) {
            Arrays.fill(cycle.wanted(), Double.NaN);
        }
    }

    private void count(long behind) {
        cycles = cycles + 1; // Only this thread writes them.
        missedDeadlines = missedDeadlines + behind;
        cycle.number()[0] = cycles;
        cycle.number()[1] = phase.ordinal();
        cycle.number()[2] = behind > 0 ? 1 : 0;
        limiter.clips().totals(clips);
        snapshot.write(cycle, clips);
        recorded.offer(cycle);
    }

    /// Stops where somebody wants that, or a client has gone silent.
    private void listen(long now) {
        if (spec.heartbeat() > 0 && moving && now - lastHeartbeat > spec.heartbeat() * 1e9) {
            emergencyStop("lost heartbeat of the client");
        }
        Emergency asked = emergency;
        if (asked != null) {
            stopAtOnce("emergency stop: " + asked.trigger());
            emergency = null;
        }
    }

    private void measure() {
        try {
            robot.read(cycle.measured());
            if (finite()) {
                measured = true;
                silentCycles = 0;
                cycle.times()[2] = pace.nanoTime();
                return;
            }
            failed(RobotException.Kind.CORRUPT, ++silentCycles, NOT_FINITE);
        } catch (RobotException e) {
            failed(e.kind(), ++silentCycles, e.getMessage());
        } catch (Throwable e) { // A driver is a plug-in as well.
            failed(RobotException.Kind.CORRUPT, ++silentCycles, e.toString());
        }
        measured = false;
    }

    /// Stops where a joint has gone well beyond its limits, whatever took it there.
    private void requireInReach() {
        double[] positions = cycle.measured().positions();
        for (int i = 0; i < joints; i++) {
            JointLimits joint = limits.joints().get(i);
            double beyond = Math.max(joint.low() - positions[i], positions[i] - joint.high());
            if (beyond > TOLERATED_OVERSHOOT * (joint.high() - joint.low())) {
                stopAtOnce(text("joint '%s' was measured at %.4f, beyond its limits %.4f to %.4f", joint.joint(), positions[i],
                        joint.low(), joint.high()));
                return;
            }
        }
    }

    private boolean finite() {
        for (int i = 0; i < joints; i++) {
            if (!Double.isFinite(cycle.measured().positions()[i])
                    || !Double.isFinite(cycle.measured().velocities()[i])) {
                return false;
            }
        }
        return true;
    }

    /// There was no good reply, or the command did not get through.
    private void failed(RobotException.Kind kind, int cyclesInARow, String why) {
        failedReplies = failedReplies + 1; // Only this thread writes it.
        if (kind == RobotException.Kind.DISCONNECTED) {
            stopAtOnce("the connection is gone: " + why);
            linked = false;
        } else if (kind == RobotException.Kind.DRIVE_FAULT) {
            stopAtOnce("a drive reports a fault: " + why);
        } else if (cyclesInARow >= spec.replyMisses()) {
            stopAtOnce(cyclesInARow + " cycles in a row without a good reply: " + why);
        }
    }

    private void drive() {
        switch (drive) {
            case SILENT -> {}
            case REST -> {
                limiter.brake(cycle.measured(), cycle.limited());
                send();
            }
            case REST_THEN_STOP -> {
                limiter.brake(cycle.measured(), cycle.limited());
                send();
                if (drive == Drive.REST_THEN_STOP && (limiter.resting() || pace.nanoTime() - restBy >= 0)) {
                    drive = Drive.STOP;
                    moving = false;
                    tellToStop();
                    if (phase == Phase.HOLD) {
                        enter(Phase.STOPPED, "at rest");
                    }
                }
            }
            case CONTROLLER -> {
                if (measured) {
                    consult();
                }
                if (drive == Drive.CONTROLLER) {
                    double ramped = spec.ramp() == 0 ? 1 : (pace.nanoTime() - armedAt) / (spec.ramp() * 1e9);
                    limiter.limit(cycle.measured(), cycle.wanted(), Math.clamp(ramped, 0, 1), cycle.limited());
                    send();
                } else {
                    drive();
                }
            }
            case STOP -> {
                if (!toldToStop) {
                    tellToStop();
                }
            }
        }
    }

    /// Asks the controller, and waits for its answer until its deadline and no longer. Without one, what was wanted before is wanted still.
    private void consult() {
        if (!mind.thinking()) {
            mind.ask(cycle.measured(), lastSent);
        }
        long deadline = pace.nanoTime() + Math.round(spec.controllerDeadline() * 1e9);
        while (mind.thinking() && mind.failure().isEmpty() && pace.nanoTime() < deadline) {
            pace.parkUntil(deadline);
        }
        if (!mind.failure().isEmpty()) {
            stopSoftly("controller '" + controller + "' failed: " + mind.failure());
        } else if (!mind.thinking()) {
            unansweredCycles = 0;
            mind.answer(cycle.wanted());
            countMeaningless();
        } else if (mind.answeredOnce()) {
            lateAnswers = lateAnswers + 1; // Only this thread writes it.
            if (++unansweredCycles >= spec.controllerMisses()) {
                stopSoftly("controller '" + controller + "' had no answer for " + unansweredCycles + " cycles in a row");
            }
        } else if (pace.nanoTime() - askedFirstAt > FIRST_ANSWER_SECONDS * 1e9) {
            stopSoftly("controller '" + controller + "' had no first answer for " + FIRST_ANSWER_SECONDS + " s");
        }
    }

    private void countMeaningless() {
        for (int i = 0; i < joints; i++) {
            if (!Double.isFinite(cycle.wanted()[i]) && robotSpec.joints().get(i).actuated()) {
                if (++meaninglessCycles >= spec.controllerMisses()) {
                    stopSoftly("controller '" + controller + "' wanted " + cycle.wanted()[i] + " of joint '"
                            + robotSpec.joints().get(i).name() + "' for " + meaninglessCycles + " cycles in a row");
                }
                return;
            }
        }
        meaninglessCycles = 0;
    }

    private void send() {
        if (!linked) {
            return;
        }
        try {
            if (!spec.dryRun()) {
                cycle.times()[3] = pace.nanoTime();
                robot.send(cycle.limited(), cycle.sent());
            }
            unsentCycles = 0;
            limiter.sent();
            System.arraycopy(cycle.limited(), 0, lastSent, 0, joints);
        } catch (RobotException e) {
            failed(e.kind(), ++unsentCycles, e.getMessage());
        } catch (Throwable e) {
            failed(RobotException.Kind.CORRUPT, ++unsentCycles, e.toString());
        }
    }

    private void tellToStop() {
        toldToStop = true;
        if (!energised || !linked || spec.dryRun()) {
            return;
        }
        try {
            cycle.times()[3] = pace.nanoTime();
            robot.stop(stopWays);
        } catch (RobotException e) {
            failedReplies = failedReplies + 1; // Only this thread writes it.
            linked &= e.kind() != RobotException.Kind.DISCONNECTED;
        } catch (Throwable e) {
            failedReplies = failedReplies + 1;
        }
    }

    /// To FAULT, with the command to stop at once.
    private void stopAtOnce(String why) {
        if (phase == Phase.FAULT && drive != Drive.REST_THEN_STOP) {
            return;
        }
        dismiss();
        stopWays = finalWays;
        drive = Drive.STOP;
        tellToStop();
        Emergency asked = emergency;
        if (asked != null) {
            stopTime.record(pace.nanoTime() - asked.nanoTime());
        }
        enter(Phase.FAULT, why);
    }

    /// To FAULT, over a way to rest within the limits: the robot does what it is told, only the controller does not.
    private void stopSoftly(String why) {
        dismiss();
        stopWays = finalWays;
        drive = Drive.REST_THEN_STOP;
        restBy = pace.nanoTime() + Math.round(LONGEST_BRAKING_SECONDS * 1e9);
        enter(Phase.FAULT, why);
    }

    /// Reads the drives' health about once a second, where it fits into what is left of a cycle.
    private void watchHealth(long due) {
        long now = pace.nanoTime();
        if (!linked || now < healthDue || moving && now + HEALTH_MARGIN * healthTook > due + period) {
            return;
        }
        healthDue = now + Math.round(HEALTH_SECONDS * 1e9);
        try {
            robot.readHealth(health);
        } catch (Throwable ignored) {
            return; // What matters of it comes with the measurements.
        }
        healthTook = pace.nanoTime() - now;
    }

    private static String text(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
