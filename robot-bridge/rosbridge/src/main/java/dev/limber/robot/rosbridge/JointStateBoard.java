package dev.limber.robot.rosbridge;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.api.robot.JointStates;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The newest measurement of each joint, put there by whoever hears messages and waited for by the control loop.
final class JointStateBoard {

    private final Map<String, Integer> indexes = new HashMap<>();
    private final String topic;

    // Guarded by this.
    private final JointStates newest;
    private final long[] heard;
    private final boolean[] known;
    private String error = "";
    private boolean gone;

    JointStateBoard(String topic, List<String> joints) {
        this.topic = topic;
        for (int i = 0; i < joints.size(); i++) {
            indexes.put(joints.get(i), i);
        }
        newest = JointStates.ofJoints(joints.size());
        heard = new long[joints.size()];
        known = new boolean[joints.size()];
    }

    /// Takes a message of the protocol. What is none, or of something else, is left out.
    void hear(CharSequence text, long now) {
        try {
            Map<String, Object> message = JSON.std.mapFrom(text.toString());
            if ("status".equals(message.get("op")) && "error".equals(message.get("level"))) {
                fail(String.valueOf(message.get("msg")).lines().findFirst().orElse("an error"));
            } else if ("publish".equals(message.get("op")) && topic.equals(message.get("topic"))
                    && message.get("msg") instanceof Map<?, ?> states && states.get("name") instanceof List<?> names
                    && states.get("position") instanceof List<?> positions) {
                put(names, positions, states.get("velocity"), states.get("effort"), now);
            }
        } catch (IOException | RuntimeException damaged) {
            // The next one comes soon; one that stays away is noticed by who waits for it.
        }
    }

    private synchronized void put(List<?> names, List<?> positions, Object velocities, Object efforts, long now) {
        boolean any = false;
        for (int i = 0; i < names.size() && i < positions.size(); i++) {
            Integer joint = indexes.get(names.get(i));
            double position = number(positions, i);
            if (joint == null || !Double.isFinite(position)) {
                continue;
            }
            double velocity = number(velocities, i);
            if (!Double.isFinite(velocity)) { // many drivers leave it out
                double seconds = (now - heard[joint]) / 1e9;
                velocity = known[joint] && seconds > 0 ? (position - newest.positions()[joint]) / seconds : 0;
            }
            newest.positions()[joint] = position;
            newest.velocities()[joint] = velocity;
            newest.efforts()[joint] = number(efforts, i);
            heard[joint] = now;
            known[joint] = true;
            any = true;
        }
        if (any) {
            notifyAll();
        }
    }

    private static double number(Object list, int index) {
        return list instanceof List<?> values && index < values.size() && values.get(index) instanceof Number number
                ? number.doubleValue()
                : Double.NaN;
    }

    /// Remembers what the other side complained of.
    synchronized void fail(String message) {
        error = message;
        notifyAll();
    }

    /// The connection is over.
    synchronized void end() {
        gone = true;
        notifyAll();
    }

    synchronized boolean gone() {
        return gone;
    }

    /// What the other side complained of last; empty for nothing.
    synchronized String error() {
        return error;
    }

    /// Waits until every joint was measured after a moment.
    ///
    /// @param target receives the measurement
    /// @return the first joint that was not, -1 for none
    synchronized int await(long since, long nanos, JointStates target) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        int missing;
        while ((missing = missing(since)) >= 0 && !gone) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        if (missing < 0 && !gone) {
            int joints = heard.length;
            System.arraycopy(newest.positions(), 0, target.positions(), 0, joints);
            System.arraycopy(newest.velocities(), 0, target.velocities(), 0, joints);
            System.arraycopy(newest.efforts(), 0, target.efforts(), 0, joints);
            long oldest = heard[0];
            for (long time : heard) {
                oldest = time - oldest < 0 ? time : oldest;
            }
            target.nanoTime()[0] = oldest;
        }
        return missing;
    }

    private int missing(long since) {
        for (int i = 0; i < heard.length; i++) {
            if (!known[i] || heard[i] - since < 0) {
                return i;
            }
        }
        return -1;
    }
}
