package dev.limber.robot.rosbridge;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Messages of the rosbridge protocol v2 as JSON, in the types of ROS 1 or ROS 2.
final class RosMessages {

    private final boolean ros2;

    RosMessages(int version) {
        ros2 = version == 2;
    }

    /// The full name of a type: ROS 2 says that it is a message.
    String type(String packageName, String name) {
        return packageName + (ros2 ? "/msg/" : "/") + name;
    }

    String subscribe(String topic, String type) {
        // A queue of one: what is late is not worth waiting for.
        return write(Map.of("op", "subscribe", "topic", topic, "type", type, "queue_length", 1, "throttle_rate", 0));
    }

    String advertise(String topic, String type) {
        return write(Map.of("op", "advertise", "topic", topic, "type", type));
    }

    String unsubscribe(String topic) {
        return write(Map.of("op", "unsubscribe", "topic", topic));
    }

    String unadvertise(String topic) {
        return write(Map.of("op", "unadvertise", "topic", topic));
    }

    /// A trajectory of one point, which begins at once.
    ///
    /// @param seconds until the point is to be reached
    String trajectory(String topic, List<String> joints, double[] positions, double seconds) {
        var point = Map.of("positions", positions, "velocities", List.of(), "accelerations", List.of(), "effort",
                List.of(), "time_from_start", time((long) (seconds * 1e9)));
        return publish(topic, Map.of("header", Map.of("stamp", time(0), "frame_id", ""), "joint_names", joints,
                "points", List.of(point)));
    }

    String array(String topic, double[] values) {
        return publish(topic, Map.of("layout", Map.of("dim", List.of(), "data_offset", 0), "data", values));
    }

    private Map<String, Object> time(long nanos) {
        return ros2
                ? Map.of("sec", nanos / 1_000_000_000, "nanosec", nanos % 1_000_000_000)
                : Map.of("secs", nanos / 1_000_000_000, "nsecs", nanos % 1_000_000_000);
    }

    private static String publish(String topic, Map<String, Object> message) {
        return write(Map.of("op", "publish", "topic", topic, "msg", message));
    }

    private static String write(Map<String, Object> message) {
        try {
            return JSON.std.asString(message);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
