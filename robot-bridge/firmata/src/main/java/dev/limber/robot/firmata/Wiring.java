package dev.limber.robot.firmata;

import dev.limber.api.plugin.UsageException;
import java.util.ArrayList;
import java.util.List;

/// Which joint is on which pins.
///
/// @param name of the joint
/// @param pin of its servo; -1 for a joint that is only measured
/// @param low lowest position [rad]
/// @param high highest position [rad]
/// @param channel of its analog input; -1 for a servo that does not tell where it is
record Wiring(String name, int pin, double low, double high, int channel) {

    /// Pins of the largest board that Firmata knows.
    private static final int MAX_PIN = 126;
    private static final int MAX_CHANNEL = 15;

    /// Reads `shoulder:9:-1.5:1.5:A0,elbow:10:-1:1,gauge:A3`.
    ///
    /// @throws UsageException where the text cannot be
    static List<Wiring> parse(String text, double travel) {
        if (text.isBlank()) {
            throw new UsageException("how are the joints wired? set joints=NAME:PIN:LOW:HIGH[:A0],... or NAME:A0");
        }
        var wirings = new ArrayList<Wiring>();
        for (String entry : text.split(",")) {
            String[] parts = entry.strip().split(":");
            try {
                Wiring wiring = switch (parts.length) {
                    case 2 -> new Wiring(parts[0], -1, -travel / 2, travel / 2, channel(parts[1]));
                    case 4, 5 -> new Wiring(parts[0], number(parts[1], MAX_PIN), Double.parseDouble(parts[2]),
                            Double.parseDouble(parts[3]), parts.length == 4 ? -1 : channel(parts[4]));
                    default -> throw new NumberFormatException();
                };
                if (!(wiring.low >= -travel / 2 - 1e-9 && wiring.low < wiring.high
                        && wiring.high <= travel / 2 + 1e-9)) {
                    throw new UsageException("joint '" + wiring.name + "' goes from " + wiring.low + " to "
                            + wiring.high
                            + " rad, but servos with a travel of " + travel + " rad go from " + -travel / 2 + " to "
                            + travel / 2);
                }
                wirings.add(wiring);
            } catch (NumberFormatException wrong) {
                throw new UsageException("joint '" + entry.strip()
                        + "' must be NAME:PIN:LOW:HIGH, NAME:PIN:LOW:HIGH:A0 or NAME:A0, with angles in rad");
            }
        }
        return wirings;
    }

    private static int channel(String text) {
        if (!text.startsWith("A")) {
            throw new NumberFormatException();
        }
        return number(text.substring(1), MAX_CHANNEL);
    }

    private static int number(String text, int highest) {
        int number = Integer.parseInt(text);
        if (number < 0 || number > highest) {
            throw new NumberFormatException();
        }
        return number;
    }

    boolean actuated() {
        return pin >= 0;
    }
}
