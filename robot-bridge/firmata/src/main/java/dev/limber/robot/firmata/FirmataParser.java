package dev.limber.robot.firmata;

/// Finds messages in a stream of bytes. Whatever comes, it goes on with the next message that begins; it allocates nothing.
final class FirmataParser {

    private static final int MAX_SYSEX = 1024;

    private final FirmataListener listener;
    private final byte[] data = new byte[MAX_SYSEX];
    private int status;
    private int count;

    FirmataParser(FirmataListener listener) {
        this.listener = listener;
    }

    void accept(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            accept(bytes[i] & 0xFF);
        }
    }

    private void accept(int value) {
        if (value == Firmata.END_SYSEX) {
            if (status == Firmata.START_SYSEX && count > 0) {
                listener.sysex(data[0], data, 1, count - 1);
            }
            status = 0;
        } else if (value >= 0x80) {
            status = value;
            count = 0;
        } else if (status == Firmata.START_SYSEX) {
            if (count == MAX_SYSEX) {
                status = 0;
            } else {
                data[count++] = (byte) value;
            }
        } else if (status != 0) {
            data[count++] = (byte) value;
            if (count == 2) {
                complete();
                status = 0;
            }
        }
    }

    private void complete() {
        if (status == Firmata.VERSION) {
            listener.version(data[0], data[1]);
        } else if ((status & 0xF0) == Firmata.ANALOG) {
            listener.analog(status & 0x0F, data[0] | data[1] << 7);
        }
    }
}
