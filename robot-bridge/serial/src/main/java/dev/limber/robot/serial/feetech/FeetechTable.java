package dev.limber.robot.serial.feetech;

/// Instructions, addresses and units of Feetech's STS series, as its memory table names them. Numbers have the lower byte
/// first; signed ones are a magnitude with a sign bit.
public final class FeetechTable {

    /// Are you there?
    public static final int PING = 0x01;
    /// Reads registers of one servo.
    public static final int READ = 0x02;
    /// Writes registers of one servo.
    public static final int WRITE = 0x03;
    /// Keeps a write until [#ACTION].
    public static final int REG_WRITE = 0x04;
    /// Does what was kept.
    public static final int ACTION = 0x05;
    /// Reads the same registers of several servos, each of which answers.
    public static final int SYNC_READ = 0x82;
    /// Writes the same registers of several servos, none of which answers.
    public static final int SYNC_WRITE = 0x83;
    /// The id that all servos listen to.
    public static final int BROADCAST_ID = 0xfe;
    /// The highest id of a servo.
    public static final int MAX_ID = 253;

    /// 2 bytes: [#STS3215].
    public static final int MODEL_NUMBER = 3;
    /// 1 byte, kept without power.
    public static final int ID = 5;
    /// 1 byte, an index into [#bauds], kept without power.
    public static final int BAUD_RATE = 6;
    /// 1 byte, in units of 2 us, kept without power.
    public static final int RETURN_DELAY_TIME = 7;
    /// 1 byte, kept without power: 0 answers pings and reads alone, 1 everything.
    public static final int RESPONSE_LEVEL = 8;
    /// 2 bytes, kept without power.
    public static final int MIN_ANGLE = 9;
    /// 2 bytes, kept without power.
    public static final int MAX_ANGLE = 11;
    /// 1 byte, one of the modes below, kept without power.
    public static final int MODE = 33;
    /// 1 byte.
    public static final int TORQUE_ENABLE = 40;
    /// 1 byte, in units of 100 steps/s^2; 0 for the most.
    public static final int ACCELERATION = 41;
    /// 2 bytes, sign bit 15.
    public static final int GOAL_POSITION = 42;
    /// 2 bytes, sign bit 10: voltage in its own mode.
    public static final int GOAL_PWM = 44;
    /// 2 bytes, sign bit 15, in steps/s; while following positions 0 for the most.
    public static final int GOAL_SPEED = 46;
    /// 1 byte: 0 lets registers be written that are kept without power.
    public static final int LOCK = 55;
    /// 2 bytes, sign bit 15.
    public static final int PRESENT_POSITION = 56;
    /// 2 bytes, sign bit 15 [steps/s].
    public static final int PRESENT_SPEED = 58;
    /// 2 bytes, sign bit 10, in 0.1 % of full voltage.
    public static final int PRESENT_LOAD = 60;
    /// 1 byte [0.1 V].
    public static final int PRESENT_VOLTAGE = 62;
    /// 1 byte [°C].
    public static final int PRESENT_TEMPERATURE = 63;
    /// 1 byte of bits, the same as in answers.
    public static final int STATUS = 65;
    /// 1 byte.
    public static final int MOVING = 66;
    /// 2 bytes, sign bit 15, in units of [#CURRENT_UNIT].
    public static final int PRESENT_CURRENT = 69;

    /// Follows positions.
    public static final int MODE_POSITION = 0;
    /// Turns at a speed.
    public static final int MODE_SPEED = 1;
    /// Gives a voltage.
    public static final int MODE_PWM = 2;

    /// What an STS3215 holds as its model number.
    public static final int STS3215 = 777;
    /// Sign bit of positions, speeds and currents.
    public static final int SIGN_BIT = 15;
    /// Sign bit of loads and voltages.
    public static final int LOAD_SIGN_BIT = 10;
    /// Positions in one turn.
    public static final int STEPS_PER_TURN = 4096;
    /// The position in the middle of a turn.
    public static final int CENTER = 2048;
    /// The unit of positions, and per second of speeds [rad].
    public static final double RADIANS_PER_STEP = 2 * Math.PI / STEPS_PER_TURN;
    /// The unit of currents [A].
    public static final double CURRENT_UNIT = 0.0065;
    /// The unit of [#RETURN_DELAY_TIME] [s].
    public static final double DELAY_SECONDS = 2e-6;

    /// Bauds by the number in [#BAUD_RATE] [bit/s].
    private static final int[] BAUDS = {1_000_000, 500_000, 250_000, 128_000, 115_200, 76_800, 57_600, 38_400};
    private static final String[] ERRORS = {"input voltage out of range", "angle sensor fault", "overheating",
        "overcurrent", "", "overload"};

    private FeetechTable() {}

    /// All bauds, in the order of their numbers [bit/s].
    public static int[] bauds() {
        return BAUDS.clone();
    }

    /// A magnitude with a sign bit as a number.
    public static int signed(int raw, int signBit) {
        int magnitude = raw & (1 << signBit) - 1;
        return (raw >> signBit & 1) != 0 ? -magnitude : magnitude;
    }

    /// A number as a magnitude with a sign bit.
    public static int raw(int value, int signBit) {
        int magnitude = Math.min(Math.abs(value), (1 << signBit) - 1);
        return value < 0 ? magnitude | 1 << signBit : magnitude;
    }

    /// What the error byte of an answer says, in words; empty where all is well.
    public static String words(int error) {
        var words = new StringBuilder();
        for (int bit = 0; bit < 8; bit++) {
            if ((error >> bit & 1) != 0) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(bit < ERRORS.length && !ERRORS[bit].isEmpty() ? ERRORS[bit] : "error bit " + bit);
            }
        }
        return words.toString();
    }
}
