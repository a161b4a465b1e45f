package dev.limber.robot.firmata;

/// Bytes of the Firmata protocol 2.5; see <https://github.com/firmata/protocol>.
final class Firmata {

    static final int REPORT_ANALOG = 0xC0;
    static final int ANALOG = 0xE0;
    static final int START_SYSEX = 0xF0;
    static final int PIN_MODE = 0xF4;
    static final int END_SYSEX = 0xF7;
    static final int VERSION = 0xF9;

    static final int ANALOG_MAPPING_QUERY = 0x69;
    static final int ANALOG_MAPPING = 0x6A;
    static final int CAPABILITY_QUERY = 0x6B;
    static final int CAPABILITIES = 0x6C;
    static final int EXTENDED_ANALOG = 0x6F;
    static final int SERVO_CONFIG = 0x70;
    static final int STRING = 0x71;
    static final int FIRMWARE = 0x79;
    static final int SAMPLING_INTERVAL = 0x7A;

    static final int MODE_OUTPUT = 1;
    static final int MODE_SERVO = 4;
    static final int END_OF_PIN = 0x7F;

    private Firmata() {}
}
