package dev.limber.robot.serial.dynamixel;

/// The check sum of Protocol 2.0: CRC-16 with polynomial 0x8005, most significant bit first, beginning with 0
/// ("CRC-16/BUYPASS", which ROBOTIS calls CRC-16/IBM).
public final class Crc16 {

    private static final int POLYNOMIAL = 0x8005;
    private static final int[] TABLE = new int[256];

    static {
        for (int value = 0; value < TABLE.length; value++) {
            int crc = value << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
            TABLE[value] = crc & 0xffff;
        }
    }

    private Crc16() {}

    /// The check sum of a range of bytes, 0 to 0xffff.
    public static int of(byte[] bytes, int offset, int count) {
        int crc = 0;
        for (int i = offset; i < offset + count; i++) {
            crc = (crc << 8 ^ TABLE[(crc >> 8 ^ bytes[i]) & 0xff]) & 0xffff;
        }
        return crc;
    }
}
