package dev.limber.robot.serial.dynamixel;

/// The error byte of an answer: what was wrong with the instruction in the lower seven bits, and in the highest one that
/// the servo is not well, which [ControlTable#HARDWARE_ERROR_STATUS] explains.
public final class StatusError {

    /// The servo is not well.
    public static final int ALERT = 0x80;
    /// Could not be done.
    public static final int RESULT_FAIL = 1;
    /// No such instruction, or an action without something kept.
    public static final int INSTRUCTION = 2;
    /// The check sum was wrong.
    public static final int CRC = 3;
    /// A value out of the register's range.
    public static final int DATA_RANGE = 4;
    /// Fewer bytes than the register has.
    public static final int DATA_LENGTH = 5;
    /// A value out of a limit that another register sets.
    public static final int DATA_LIMIT = 6;
    /// The register cannot be written, or not now, or there is none.
    public static final int ACCESS = 7;

    private static final String[] WORDS = {"", "could not do it", "does not know the instruction",
        "received a damaged packet", "was given a value out of range", "was given too few bytes",
        "was given a value beyond its own limits", "does not let that register be accessed now"};

    private StatusError() {}

    /// What the servo says about an instruction, to be put after its name; empty where all was well.
    public static String words(int error) {
        int number = error & ~ALERT;
        return number < WORDS.length ? WORDS[number] : "answers with unknown error " + number;
    }

    /// What the servo says about itself.
    ///
    /// @param hardwareError bits of [ControlTable#HARDWARE_ERROR_STATUS]
    /// @return in words; empty where all is well
    public static String hardware(int hardwareError) {
        if (hardwareError == 0) {
            return "";
        }
        var words = new StringBuilder();
        String[] bits = {"input voltage out of range", "", "overheating", "encoder fault", "electrical shock",
            "overload"};
        for (int bit = 0; bit < 8; bit++) {
            if ((hardwareError >> bit & 1) != 0) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(bit < bits.length && !bits[bit].isEmpty() ? bits[bit] : "error bit " + bit);
            }
        }
        return words.toString();
    }
}
