package dev.limber.robot.session.controller;

import dev.limber.api.robot.JointStates;
import dev.limber.api.session.Controller;
import dev.limber.robot.session.realtime.RealTimePriority;
import java.util.concurrent.locks.LockSupport;

/// A controller on a thread of its own. Whatever it does there, the loop goes on.
///
/// Question and answer are handed over in arrays that the controller never sees, ordered by two volatile numbers; there is no lock.
///
/// Where the loop has a real-time priority, the thread has one below it from its first answer until it is closed. A controller that spins for ever is
/// dismissed by its deadline, and with that an ordinary thread again.
public final class ThinkingThread implements Mind {

    private final String name;
    private final Controller controller;
    private final Thread asker;
    private final int priority;
    private final Thread thread;
    private final Thread interrupter;
    private final JointStates question;
    private final double[] sent;
    private final double[] answer;
    private volatile long asked;
    private volatile long answered;
    private volatile String failure = "";
    private volatile boolean closed;
    private volatile int urgent;

    private ThinkingThread(String name, Controller controller, int joints, Thread asker, int priority) {
        this.name = name;
        this.controller = controller;
        this.asker = asker;
        this.priority = priority;
        question = JointStates.ofJoints(joints);
        sent = new double[joints];
        answer = new double[joints];
        thread = Thread.ofPlatform().daemon().name("controller " + name).unstarted(this::think);
        interrupter = Thread.ofPlatform().daemon().name("end of controller " + name)
                .unstarted(this::interruptOnceClosed);
    }

    /// Starts the thread of a controller, which waits for its first question.
    ///
    /// @param asker the loop's thread, which is unparked when there is an answer
    /// @param priority under SCHED_FIFO; 0 for none
    public static ThinkingThread start(String name, Controller controller, int joints, Thread asker, int priority) {
        var mind = new ThinkingThread(name, controller, joints, asker, priority);
        mind.thread.start();
        mind.interrupter.start();
        return mind;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean thinking() {
        return asked != answered;
    }

    @Override
    public void ask(JointStates measured, double[] lastSent) {
        copy(measured, question);
        System.arraycopy(lastSent, 0, sent, 0, sent.length);
        asked = asked + 1; // Only the loop writes it.
        LockSupport.unpark(thread);
    }

    @Override
    public boolean answeredOnce() {
        return answered > 0;
    }

    @Override
    public void answer(double[] wanted) {
        System.arraycopy(answer, 0, wanted, 0, wanted.length);
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        closed = true;
        if (urgent != 0) {
            RealTimePriority.withdraw(urgent);
        }
        LockSupport.unpark(thread);
        LockSupport.unpark(interrupter);
    }

    /// The controller may wait for something that never comes. Not on the loop's thread: whoever interrupts a thread in a channel closes that
    /// channel itself, and what that does may be the controller's own code.
    private void interruptOnceClosed() {
        while (!closed) {
            LockSupport.park(this);
        }
        thread.interrupt();
    }

    private void think() {
        try {
            int joints = sent.length;
            var measured = JointStates.ofJoints(joints);
            var wanted = new double[joints];
            while (!closed) {
                long number = asked;
                if (number == answered) {
                    LockSupport.park(this);
                    continue;
                }
                copy(question, measured);
                System.arraycopy(sent, 0, wanted, 0, joints);
                if (answered == 0) {
                    controller.reset(measured);
                }
                controller.control(measured, wanted);
                System.arraycopy(wanted, 0, answer, 0, joints);
                if (answered == 0) {
                    hurry();
                }
                answered = number;
                LockSupport.unpark(asker);
            }
        } catch (Throwable failed) { // Also StackOverflowError, LinkageError, whatever a plug-in can think of.
            if (!closed) {
                failure = describe(failed);
                LockSupport.unpark(asker);
            }
        } finally {
            urgent = 0;
            try {
                controller.close();
            } catch (Throwable ignored) {
                // It was on its way out, and nothing depends on it any more.
            }
        }
    }

    /// Not before it has its first answer, which may take classes to load and seconds.
    private void hurry() {
        if (priority > 0 && RealTimePriority.request(priority).granted()) {
            urgent = RealTimePriority.callingThread();
            if (closed) {
                RealTimePriority.withdraw(urgent); // Nobody else will.
            }
        }
    }

    /// The failure in one line; a hostile one fails at that too.
    private static String describe(Throwable failed) {
        try {
            return (failed.getClass().getSimpleName() + ": " + failed.getMessage()).replaceAll("\\s+", " ");
        } catch (Throwable hostile) {
            return failed.getClass().getName();
        }
    }

    private static void copy(JointStates from, JointStates to) {
        int joints = to.positions().length;
        System.arraycopy(from.positions(), 0, to.positions(), 0, joints);
        System.arraycopy(from.velocities(), 0, to.velocities(), 0, joints);
        System.arraycopy(from.efforts(), 0, to.efforts(), 0, joints);
        to.nanoTime()[0] = from.nanoTime()[0];
    }
}
