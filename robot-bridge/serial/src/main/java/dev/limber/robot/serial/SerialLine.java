package dev.limber.robot.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A serial device with 8 data bits, 1 stop bit and no parity. Reading and writing allocate nothing; all methods are
/// called from one thread.
public final class SerialLine implements AutoCloseable {

    /// How long a thread sleeps between two looks for bytes: a tenth of the shortest cycle.
    private static final long NAP_NANOS = 30_000;
    private static final int DISCARD_BYTES = 1024;
    /// How often so many are discarded at most: more than systems keep for who does not read.
    private static final int DISCARDS = 100;
    /// How long lines stay usable when the process ends [ns].
    private static final long LAST_WORDS_NANOS = 500_000_000;
    /// Errors of a device that another one has locked: EBUSY, and EWOULDBLOCK of Linux and of macOS.
    private static final Set<Integer> IN_USE = System.getProperty("os.name").startsWith("Mac")
            ? Set.of(16, 35)
            : Set.of(16, 11);
    /// What POSIX systems say and others do not: EACCES, ENOTTY.
    private static final Map<Integer, String> REFUSALS = System.getProperty("os.name").startsWith("Windows")
            ? Map.of()
            : Map.of(13, "you may not read and write it; on Debian users in the group dialout may", 25,
                    "it is no serial line");
    /// What this process has open. Within one process the serial library says nothing of use about that.
    private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

    static {
        // jSerialComm makes all ports useless when the process ends, at the same time as others tell their robots to stop.
        SerialPort.addShutdownHook(Thread.ofPlatform().name("last words on serial lines").unstarted(
                SerialLine::awaitLastWords));
    }

    private final String device;
    private final String file;
    private final SerialPort port;
    private final byte[] discarded = new byte[DISCARD_BYTES];
    private boolean open;
    /// The deadline after which was read already.
    private long spent;

    /// Opens a device.
    ///
    /// @param device as the system names it: /dev/ttyUSB0, COM3
    /// @param baud [bit/s]
    /// @throws LineInUseException where somebody else has it open
    /// @throws RobotException of kind DISCONNECTED where it cannot be opened
    public SerialLine(String device, int baud) {
        this.device = device;
        file = file(device);
        try {
            port = SerialPort.getCommPort(device);
        } catch (SerialPortInvalidPortException invalid) {
            throw new RobotException(Kind.DISCONNECTED, "there is no serial device " + device + "; is it plugged in?",
                    invalid);
        }
        port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
        if (!OPEN.add(file)) {
            throw new LineInUseException(device);
        }
        if (!port.openPort(0)) {
            OPEN.remove(file);
            if (IN_USE.contains(port.getLastErrorCode())) {
                throw new LineInUseException(device);
            }
            throw new RobotException(Kind.DISCONNECTED,
                    "cannot open " + device + " at " + baud + " baud: " + refusal(port.getLastErrorCode()));
        }
        open = true;
    }

    /// @param error of the system
    private static String refusal(int error) {
        return REFUSALS.getOrDefault(error,
                "error " + error + "; does another program use it, and may you read and write it?");
    }

    /// What a device is called without links.
    private static String file(String device) {
        if (!device.startsWith("/")) {
            return device;
        }
        try {
            return Path.of(device).toRealPath().toString();
        } catch (IOException missing) {
            throw new RobotException(Kind.DISCONNECTED, "there is no serial device " + device + "; is it plugged in?",
                    missing);
        }
    }

    private static void awaitLastWords() {
        long enough = System.nanoTime() + LAST_WORDS_NANOS;
        while (!OPEN.isEmpty() && System.nanoTime() - enough < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Writes bytes.
    ///
    /// @throws RobotException of kind DISCONNECTED where the device takes no more
    public void write(byte[] bytes, int count) {
        if (!open || port.writeBytes(bytes, count) != count) {
            throw gone();
        }
    }

    /// Waits for bytes and reads what there is. What is there when a deadline is over may have come in time, for threads are late as well, so
    /// one more reading is good for it. After that nothing is, whatever comes: who never stops talking holds nobody up.
    ///
    /// @param target receives them from its beginning
    /// @param deadline when to give up, of [System#nanoTime] [ns]
    /// @return how many, 0 where none came in time
    /// @throws RobotException of kind DISCONNECTED where the device is gone
    public int read(byte[] target, long deadline) {
        while (open) {
            boolean over = System.nanoTime() - deadline >= 0;
            if (over && spent == deadline) {
                return 0;
            }
            int available = port.bytesAvailable();
            if (available < 0) {
                throw gone();
            }
            int count = available == 0 ? 0 : port.readBytes(target, Math.min(available, target.length));
            if (over) {
                spent = deadline;
            }
            if (count > 0 || over) {
                return Math.max(0, count);
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
        throw gone();
    }

    /// Throws away what has come and was not read: replies that came too late. Where bytes keep coming it ends all the same.
    ///
    /// @throws RobotException of kind DISCONNECTED where the device is gone
    public void discard() {
        int available;
        for (int i = 0; i < DISCARDS && open && (available = port.bytesAvailable()) != 0; i++) {
            if (available < 0 || port.readBytes(discarded, Math.min(available, DISCARD_BYTES)) < 0) {
                throw gone();
            }
        }
    }

    /// Closes it. Further calls do nothing.
    @Override
    public void close() {
        if (open) {
            open = false;
            port.closePort();
            OPEN.remove(file);
        }
    }

    private RobotException gone() {
        return new RobotException(Kind.DISCONNECTED,
                "the serial device " + device + " is gone; is it still plugged in?");
    }
}
