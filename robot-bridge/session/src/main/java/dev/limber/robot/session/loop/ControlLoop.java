package dev.limber.robot.session.loop;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent.Kind;
import dev.limber.api.session.SessionSpec;
import dev.limber.api.session.SessionStatus;
import dev.limber.robot.session.controller.Mind;
import dev.limber.robot.session.limiter.Limiter;
import dev.limber.robot.session.loop.StopTriggers.Trigger;
import dev.limber.robot.session.realtime.Pace;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The phases of a session and what happens in each cycle of them: measure, ask the controller, limit, send.
///
/// All methods but [#emergencyStop], [#heartbeat] and those that only tell belong to the loop's thread, which calls [#cycle] at the rate of the
/// spec, and [#stopIfAsked] between cycles. A cycle allocates nothing and takes no lock; where a phase changes it may allocate.
public final class ControlLoop {

    private static final double LONGEST_BRAKING_SECONDS = 5;

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
    private final RobotSpec robotSpec;
    private final Robot robot;
    private final Link link;
    private final Pace pace;
    private final Announcer announcer;
    private final StopTriggers triggers;
    private final Consultation consultation;
    private final Watchdog watchdog;
    private final HealthWatch health;
    private final CycleAccount account;
    private final StopWay[] finalWays;
    private final StopWay[] dampWays;
    private final int joints;
    private final long period;
    private final Cycle cycle;
    private final double[] lastSent;

    private Limiter limiter;
    private JointRanges ranges;
    private StopWay[] stopWays;
    private Drive drive = Drive.SILENT;
    private boolean toldToStop;
    private long armedAt;
    private long restBy;

    private volatile Limits limits;
    private volatile Phase phase = Phase.CONNECTED;
    private volatile String reason;
    private volatile boolean moving;
    private volatile long aliveAt;

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
        robotSpec = robot.spec();
        joints = robotSpec.joints().size();
        period = Math.round(1e9 / spec.rate());
        requireRate();
        keepTo(spec.limits().orElseGet(() -> Limits.of(robotSpec)));
        finalWays = StopWays.of(spec, robotSpec);
        dampWays = StopWays.damping(robotSpec);
        stopWays = finalWays;
        link = new Link(robot, spec.dryRun(), spec.replyMisses());
        triggers = new StopTriggers(pace, spec.heartbeat());
        consultation = new Consultation(spec, robotSpec, pace, triggers);
        watchdog = new Watchdog(spec, robotSpec);
        health = new HealthWatch(robot, pace, joints);
        lastSent = new double[joints];
        cycle = Cycle.ofJoints(joints);
        forget();
        account = new CycleAccount(recorded, cycle);
        reason = "connected to " + robotSpec.name();
    }

    private void requireRate() {
        if (spec.rate() * robotSpec.cycleSeconds() > 1 + 1e-9) {
            throw new UsageException("robot '" + robotSpec.name() + "' needs " + robotSpec.cycleSeconds()
                    + " s per cycle, so the rate is at most " + Math.floor(1 / robotSpec.cycleSeconds()) + " Hz, not "
                    + spec.rate());
        }
    }

    private void keepTo(Limits wanted) {
        wanted.check(robotSpec);
        limits = wanted;
        limiter = Limiter.of(robotSpec, wanted, spec.mode(), spec.cycleSeconds());
        ranges = new JointRanges(robotSpec, wanted);
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

    /// When a cycle began or arming ended, whichever was last, of [System#nanoTime]; 0 before [ns].
    public long aliveAt() {
        return aliveAt;
    }

    /// How it is.
    ///
    /// @param realTime whether the thread has a real-time priority, one line
    public SessionStatus status(String realTime) {
        var totals = new long[Limit.values().length];
        Cycle newest = account.newest(totals);
        return new SessionStatus(phase, reason, consultation.controller(), newest, health.copy(), limits,
                CycleAccount.named(totals), account.cycles(), account.missedDeadlines(), consultation.lateAnswers(),
                link.failures(), account.unrecorded(), account.wakeUp.read(), account.cycleTime.read(),
                account.stopTime.read(), realTime, watchdog.text(), spec.dryRun());
    }

    /// How many commands each limit has changed.
    ///
    /// @param totals receives one number per limit, in the order of [Limit]
    public void clips(long[] totals) {
        account.newest(totals);
    }

    // Asked for by anybody.

    /// Asks for an emergency stop, which [#stopIfAsked] carries out, or the running cycle before it sends anything.
    public void emergencyStop(String trigger) {
        triggers.pull(trigger);
    }

    /// True while an emergency stop was asked for and not carried out.
    public boolean stopPending() {
        return triggers.pending();
    }

    /// The client is alive.
    public void heartbeat() {
        triggers.heartbeat();
    }

    // Asked for on the loop's thread.

    /// CONNECTED to CALIBRATED.
    public void calibrate(Map<String, Double> pose, double tolerance) {
        require("be calibrated", Phase.CONNECTED, Phase.CALIBRATED);
        link.measureNow(cycle.measured());
        new Pose(pose).require(robotSpec, cycle.measured().positions(), tolerance);
        enter(Phase.CALIBRATED, pose.isEmpty()
                ? "the user vouches for the measured positions"
                : "the robot stands where it was told to");
    }

    /// Sets other limits while nothing is energised.
    public void limit(Limits others) {
        require("be limited anew", Phase.CONNECTED, Phase.CALIBRATED, Phase.STOPPED);
        keepTo(others);
    }

    /// CALIBRATED, DAMP or STOPPED to ARMED.
    public void arm() {
        require("be armed", Phase.CALIBRATED, Phase.DAMP, Phase.STOPPED);
        if (!robotSpec.modes().contains(spec.mode())) {
            throw new UsageException("robot '" + robotSpec.name() + "' takes commands of " + robotSpec.modes() + ", not "
                    + spec.mode());
        }
        link.measureNow(cycle.measured());
        ranges.requireInside(cycle.measured().positions());
        watchdog.set(robot);
        refuseWhereToStop("armed");
        try {
            link.energise(spec.mode(), triggers::pending);
            link.measureNow(cycle.measured());
        } catch (Throwable failed) {
            stopIfAsked(); // That is why, as a rule.
            stopAtOnce("arming failed: " + failed.getMessage());
            throw failed;
        }
        limiter.start(cycle.measured());
        startFromWhereItStands();
        armedAt = pace.nanoTime();
        aliveAt = armedAt; // It took its time; that is no standing still.
        triggers.heartbeat();
        drive = Drive.REST;
        enter(Phase.ARMED, spec.dryRun() ? "dry run: nothing is energised" : "the target is where the robot stands");
    }

    private void startFromWhereItStands() {
        switch (spec.mode()) {
            case POSITION -> System.arraycopy(cycle.measured().positions(), 0, lastSent, 0, joints);
            case VELOCITY, EFFORT -> Arrays.fill(lastSent, 0);
        }
        System.arraycopy(lastSent, 0, cycle.wanted(), 0, joints);
    }

    /// ARMED, HOLD or RUNNING to RUNNING.
    public void run(Mind next) {
        require("run a controller", Phase.ARMED, Phase.HOLD, Phase.RUNNING);
        refuseWhileComingToRest("run a controller");
        consultation.begin(next);
        if (drive != Drive.CONTROLLER) {
            System.arraycopy(lastSent, 0, cycle.wanted(), 0, joints); // Until the first answer.
        }
        drive = Drive.CONTROLLER;
        String who = "controller '" + next.name() + "' drives";
        if (phase == Phase.RUNNING) {
            reason = who;
            announcer.announce(Kind.CONTROLLER, phase, who);
        } else {
            enter(Phase.RUNNING, who);
        }
    }

    /// ARMED or RUNNING to HOLD.
    public void hold(String why) {
        require("hold", Phase.ARMED, Phase.RUNNING, Phase.HOLD);
        refuseWhileComingToRest("hold");
        consultation.dismiss();
        drive = Drive.REST;
        if (phase != Phase.HOLD) {
            enter(Phase.HOLD, why);
        }
    }

    /// ARMED, RUNNING or HOLD to DAMP.
    public void damp() {
        require("be damped", Phase.ARMED, Phase.RUNNING, Phase.HOLD);
        consultation.dismiss();
        tellToStop(dampWays);
        enter(Phase.DAMP, "asked for");
    }

    /// To STOPPED, over HOLD; the last step is taken by a later cycle, until which it is [#comingToRest]. Does nothing where nothing is commanded,
    /// or where it comes to rest already.
    public void stop(String why) {
        switch (phase) {
            case ARMED, RUNNING, HOLD -> {
                if (!comingToRest()) {
                    comeToRest();
                    if (phase != Phase.HOLD) {
                        enter(Phase.HOLD, "coming to rest: " + why);
                    }
                }
            }
            case DAMP -> {
                tellToStop(finalWays);
                enter(Phase.STOPPED, why);
            }
            default -> {}
        }
    }

    /// True while all joints are brought to rest, to be told to stop then. Only what stops at once, or damping, ends that earlier.
    public boolean comingToRest() {
        return drive == Drive.REST_THEN_STOP;
    }

    /// FAULT to CONNECTED, once every joint has taken the command to stop. Joints that were told to hold or damp go on with it.
    public void reset() {
        require("be reset", Phase.FAULT);
        refuseWhileComingToRest("be reset");
        link.restore(cycle.measured(), stopWays);
        refuseWhereToStop("reset"); // Whoever pressed stop meanwhile does not want it to go on.
        drive = link.energised() && StopWays.repeated(stopWays) ? Drive.STOP : Drive.SILENT;
        enter(Phase.CONNECTED, "reset");
    }

    /// Ends: tells each joint to stop where something is energised, closes the controller and the robot.
    public void close() {
        consultation.dismiss();
        Optional<String> failure = link.close(finalWays);
        drive = Drive.SILENT;
        triggers.release();
        enter(Phase.CLOSED, "closed");
        failure.ifPresent(text -> announcer.announce(Kind.NOTE, Phase.CLOSED, text));
    }

    private void require(String what, Phase... right) {
        if (triggers.pending() || !Arrays.asList(right).contains(phase)) {
            throw new UsageException("the robot cannot " + what + " while it is " + phase + " (" + reason + "); it must be "
                    + String.join(" or ", Arrays.stream(right).map(Phase::name).toList()));
        }
    }

    /// Whoever asked for a stop gets it.
    private void refuseWhileComingToRest(String what) {
        if (comingToRest()) {
            throw new UsageException("the robot cannot " + what + " while it is still coming to rest (" + reason + ")");
        }
    }

    private void refuseWhereToStop(String what) {
        Optional<Trigger> pulled = triggers.pulled();
        if (pulled.isPresent()) {
            throw new UsageException("the robot was not " + what + ": emergency stop: " + pulled.get().name());
        }
    }

    private void enter(Phase next, String why) {
        phase = next;
        reason = why;
        moving = drive == Drive.REST || drive == Drive.REST_THEN_STOP || drive == Drive.CONTROLLER || next == Phase.DAMP;
        announcer.announce(next == Phase.FAULT ? Kind.FAULT : Kind.PHASE, next, why);
    }

    // Between cycles.

    /// How long nothing has to be done before the next cycle unless somebody asks for a stop: until a silent client has been silent for too long
    /// [ns].
    public long patience() {
        return moving ? triggers.patience(pace.nanoTime()) : Long.MAX_VALUE;
    }

    /// Carries out an emergency stop that somebody asked for, or that a silent client makes necessary.
    public void stopIfAsked() {
        if (moving) {
            triggers.listen(pace.nanoTime());
        }
        Optional<Trigger> pulled = triggers.pulled();
        if (pulled.isPresent()) {
            if (tellToStopAtOnce()) {
                enter(Phase.FAULT, "emergency stop: " + pulled.get().name());
            }
            triggers.release();
        }
    }

    /// Stops at once because something was thrown that nobody expected.
    public void stopBroken(Throwable why) {
        tellToStop(finalWays); // First: this may fail as well.
        moving = false;
        stopAtOnce("the loop failed: " + why);
    }

    // The cycle.

    /// One cycle.
    ///
    /// @param due when it should have begun [ns]
    /// @return how many cycles have to be left out because they are over already
    public long cycle(long due) {
        long begin = pace.nanoTime();
        long late = begin - aliveAt - period;
        aliveAt = begin;
        forget();
        cycle.times()[0] = due;
        cycle.times()[1] = begin;
        account.wakeUp.record(begin - due);
        stopIfStoodStill(late);
        stopIfAsked();
        measure();
        stopIfAsked(); // Measuring may have taken most of the cycle.
        drive();
        if (link.up()) {
            Optional<String> complaint = health.look(moving, due + period);
            if (moving && link.writesCommands()) {
                stopFor(complaint);
            }
        }
        long end = pace.nanoTime();
        long behind = Math.max(0, (end - due) / period);
        account.cycleTime.record(end - begin);
        account.end(cycle, phase.ordinal(), behind, limiter.clips());
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

    /// By cycles and not by when they are due, which is moved where deadlines were missed.
    private void stopIfStoodStill(long nanos) {
        if (moving && nanos >= spec.stall() * 1e9 && tellToStopAtOnce()) {
            enter(Phase.FAULT, String.format(Locale.ROOT, "the loop stood still for %.3f s", nanos / 1e9));
        }
    }

    private void measure() {
        if (!link.up()) {
            return;
        }
        stopFor(link.measure(cycle.measured()));
        if (link.measuredWell()) {
            cycle.times()[2] = pace.nanoTime();
            if (moving) {
                stopFor(ranges.beyond(cycle.measured().positions()));
            }
        }
    }

    private void stopFor(Optional<String> trouble) {
        if (trouble.isPresent()) {
            stopAtOnce(trouble.get());
        }
    }

    private void drive() {
        if (drive == Drive.CONTROLLER && link.measuredWell()) {
            consult();
        }
        switch (drive) {
            case SILENT -> {}
            case REST -> brake();
            case REST_THEN_STOP -> {
                brake();
                if (comingToRest() && (limiter.resting() || pace.nanoTime() - restBy >= 0)) {
                    tellToStop(finalWays);
                    moving = false;
                    if (phase == Phase.HOLD) {
                        enter(Phase.STOPPED, "at rest");
                    }
                }
            }
            case CONTROLLER -> {
                double ramped = spec.ramp() == 0 ? 1 : (pace.nanoTime() - armedAt) / (spec.ramp() * 1e9);
                limiter.limit(cycle.measured(), cycle.wanted(), Math.clamp(ramped, 0, 1), cycle.limited());
                send();
            }
            case STOP -> {
                if (!toldToStop) {
                    tellToStop(stopWays);
                }
            }
        }
    }

    private void consult() {
        Optional<String> unfit = consultation.ask(cycle.measured(), lastSent, cycle.wanted());
        stopIfAsked(); // Thinking takes its time as well.
        if (unfit.isPresent() && drive == Drive.CONTROLLER) {
            // The robot does what it is told, only the controller does not: over a way to rest within the limits.
            comeToRest();
            enter(Phase.FAULT, unfit.get());
        }
    }

    private void brake() {
        limiter.brake(cycle.measured(), cycle.limited());
        send();
    }

    private void send() {
        stopIfStoodStill(pace.nanoTime() - aliveAt); // What was measured would be as old as that.
        if (drive == Drive.STOP || !link.up()) {
            return;
        }
        if (link.writesCommands()) {
            cycle.times()[3] = pace.nanoTime();
        }
        stopFor(link.send(cycle.limited(), cycle.sent()));
        if (link.sentWell()) {
            limiter.sent();
            System.arraycopy(cycle.limited(), 0, lastSent, 0, joints);
        }
    }

    // Ways to stop.

    /// Begins to brake within the limits, and to stop once at rest.
    private void comeToRest() {
        consultation.dismiss();
        stopWays = finalWays;
        drive = Drive.REST_THEN_STOP;
        restBy = pace.nanoTime() + Math.round(LONGEST_BRAKING_SECONDS * 1e9);
    }

    /// From now on.
    private void tellToStop(StopWay[] ways) {
        stopWays = ways;
        drive = Drive.STOP;
        toldToStop = true;
        if (link.writesStops()) {
            cycle.times()[3] = pace.nanoTime();
        }
        link.tellToStop(ways);
    }

    /// To FAULT, with the command to stop before anything else.
    private void stopAtOnce(String why) {
        if (tellToStopAtOnce()) {
            enter(Phase.FAULT, why);
        }
    }

    /// Before why is put into words: that may take as long.
    ///
    /// @return false where it has been told already
    private boolean tellToStopAtOnce() {
        if (phase == Phase.FAULT && !comingToRest()) {
            return false;
        }
        tellToStop(finalWays);
        Optional<Trigger> pulled = triggers.pulled();
        if (pulled.isPresent()) {
            account.stopTime.record(pace.nanoTime() - pulled.get().nanoTime());
        }
        consultation.dismiss();
        return true;
    }
}
