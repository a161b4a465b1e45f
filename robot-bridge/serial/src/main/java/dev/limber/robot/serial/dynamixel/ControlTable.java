package dev.limber.robot.serial.dynamixel;

/// Addresses of registers that all models of the X series share, and what their numbers mean.
public final class ControlTable {

    /// 2 bytes.
    public static final int MODEL_NUMBER = 0;
    /// 1 byte.
    public static final int FIRMWARE_VERSION = 6;
    /// 1 byte, kept without power.
    public static final int ID = 7;
    /// 1 byte, an index into [#BAUDS], kept without power.
    public static final int BAUD_RATE = 8;
    /// 1 byte, in units of 2 us, kept without power.
    public static final int RETURN_DELAY_TIME = 9;
    /// 1 byte, kept without power.
    public static final int DRIVE_MODE = 10;
    /// 1 byte, one of the modes below, kept without power.
    public static final int OPERATING_MODE = 11;
    /// 1 byte, an id that several servos may have, kept without power; none above [Instruction#MAX_ID].
    public static final int SECONDARY_ID = 12;
    /// 4 bytes, kept without power.
    public static final int HOMING_OFFSET = 20;
    /// 2 bytes, kept without power.
    public static final int PWM_LIMIT = 36;
    /// 2 bytes, kept without power; only models that measure current.
    public static final int CURRENT_LIMIT = 38;
    /// 4 bytes, kept without power.
    public static final int VELOCITY_LIMIT = 44;
    /// 4 bytes, kept without power.
    public static final int MAX_POSITION_LIMIT = 48;
    /// 4 bytes, kept without power.
    public static final int MIN_POSITION_LIMIT = 52;
    /// 1 byte, which errors take the torque away, kept without power.
    public static final int SHUTDOWN = 63;
    /// 1 byte.
    public static final int TORQUE_ENABLE = 64;
    /// 1 byte.
    public static final int LED = 65;
    /// 1 byte: 0 answers pings, 1 also reads, 2 everything.
    public static final int STATUS_RETURN_LEVEL = 68;
    /// 1 byte.
    public static final int REGISTERED_INSTRUCTION = 69;
    /// 1 byte of bits.
    public static final int HARDWARE_ERROR_STATUS = 70;
    /// 1 byte, in units of 20 ms; 255 after it has struck.
    public static final int BUS_WATCHDOG = 98;
    /// 2 bytes, signed.
    public static final int GOAL_PWM = 100;
    /// 2 bytes, signed.
    public static final int GOAL_CURRENT = 102;
    /// 4 bytes, signed.
    public static final int GOAL_VELOCITY = 104;
    /// 4 bytes.
    public static final int PROFILE_ACCELERATION = 108;
    /// 4 bytes.
    public static final int PROFILE_VELOCITY = 112;
    /// 4 bytes, signed.
    public static final int GOAL_POSITION = 116;
    /// 2 bytes [ms].
    public static final int REALTIME_TICK = 120;
    /// 1 byte.
    public static final int MOVING = 122;
    /// 2 bytes, signed.
    public static final int PRESENT_PWM = 124;
    /// 2 bytes, signed: current, or load where current is not measured.
    public static final int PRESENT_CURRENT = 126;
    /// 4 bytes, signed.
    public static final int PRESENT_VELOCITY = 128;
    /// 4 bytes, signed.
    public static final int PRESENT_POSITION = 132;
    /// 2 bytes [0.1 V].
    public static final int PRESENT_INPUT_VOLTAGE = 144;
    /// 1 byte [°C].
    public static final int PRESENT_TEMPERATURE = 146;

    /// Torque.
    public static final int MODE_CURRENT = 0;
    /// Turning at a speed.
    public static final int MODE_VELOCITY = 1;
    /// Position within one turn.
    public static final int MODE_POSITION = 3;
    /// Position over many turns.
    public static final int MODE_EXTENDED_POSITION = 4;
    /// Position over many turns with limited current.
    public static final int MODE_CURRENT_BASED_POSITION = 5;
    /// Voltage.
    public static final int MODE_PWM = 16;

    /// What [#BUS_WATCHDOG] holds after it has struck.
    public static final int WATCHDOG_STRUCK = 255;
    /// The unit of [#BUS_WATCHDOG] [s].
    public static final double WATCHDOG_SECONDS = 0.02;
    /// The longest time of [#BUS_WATCHDOG], in its unit.
    public static final int WATCHDOG_LONGEST = 127;
    /// Positions in one turn.
    public static final int TICKS_PER_TURN = 4096;
    /// The position in the middle of a turn.
    public static final int CENTER = 2048;
    /// Most turns in either direction, as a position.
    public static final int EXTENDED_LIMIT = 1_048_575;
    /// The unit of position [rad].
    public static final double RADIANS_PER_TICK = 2 * Math.PI / TICKS_PER_TURN;
    /// The unit of velocity: 0.229 revolutions per minute [rad/s].
    public static final double VELOCITY_UNIT = 0.229 * 2 * Math.PI / 60;
    /// The unit of [#RETURN_DELAY_TIME] [s].
    public static final double DELAY_SECONDS = 2e-6;

    /// Bauds by the number in [#BAUD_RATE] [bit/s].
    private static final int[] BAUDS = {9600, 57_600, 115_200, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 4_500_000};

    private ControlTable() {}

    /// All bauds, in the order of their numbers [bit/s].
    public static int[] bauds() {
        return BAUDS.clone();
    }
}
