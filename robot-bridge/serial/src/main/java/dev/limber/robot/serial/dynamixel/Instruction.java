package dev.limber.robot.serial.dynamixel;

/// What a packet asks for.
public final class Instruction {

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
    /// Back to what left the factory.
    public static final int FACTORY_RESET = 0x06;
    /// Begins anew, as after power-up.
    public static final int REBOOT = 0x08;
    /// Forgets turns.
    public static final int CLEAR = 0x10;
    /// Keeps or restores the control table.
    public static final int BACKUP = 0x20;
    /// An answer.
    public static final int STATUS = 0x55;
    /// Reads the same registers of several servos, each of which answers.
    public static final int SYNC_READ = 0x82;
    /// Writes the same registers of several servos, none of which answers.
    public static final int SYNC_WRITE = 0x83;
    /// Reads the same registers of several servos, which answer with one packet.
    public static final int FAST_SYNC_READ = 0x8a;
    /// Reads different registers of several servos, each of which answers.
    public static final int BULK_READ = 0x92;
    /// Writes different registers of several servos, none of which answers.
    public static final int BULK_WRITE = 0x93;
    /// Reads different registers of several servos, which answer with one packet.
    public static final int FAST_BULK_READ = 0x9a;

    /// The id that all servos listen to.
    public static final int BROADCAST_ID = 0xfe;
    /// The highest id of a servo.
    public static final int MAX_ID = 252;

    private Instruction() {}
}
