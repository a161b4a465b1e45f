package dev.limber.robot.testing;

import dev.limber.robot.serial.feetech.FeetechParser;
import dev.limber.robot.serial.feetech.FeetechTable;
import dev.limber.robot.serial.feetech.FeetechWriter;
import java.util.List;

/// Feetech STS3215 servos on one line.
final class FeetechBus implements ServoBus {

    private static final int LONGEST = 256;

    private final List<FeetechServo> servos;
    private final FeetechParser parser = new FeetechParser();
    private final FeetechWriter writer = new FeetechWriter();
    private final byte[] data = new byte[LONGEST];
    private Answers answers;

    FeetechBus(Rig rig) {
        servos = rig.mounts().stream().map(FeetechServo::new).toList();
    }

    @Override
    public void receive(byte[] bytes, int count, long now, Answers target) {
        answers = target;
        parser.accept(bytes, 0, count);
        while (parser.next()) {
            for (int i = 0; i < parser.parameters(); i++) {
                data[i] = (byte) parser.u8(i);
            }
            obey(parser.parameters());
        }
    }

    private void obey(int parameters) {
        boolean broadcast = parser.id() == FeetechTable.BROADCAST_ID;
        switch (parser.kind()) {
            case FeetechTable.SYNC_READ -> {
                for (int i = 2; i < parameters && servo(parser.u8(i)) != null; i++) {
                    read(servo(parser.u8(i)), parser.u8(0), parser.u8(1));
                }
            }
            case FeetechTable.SYNC_WRITE -> {
                int count = parameters < 2 ? 0 : parser.u8(1);
                for (int i = 2; i + 1 + count <= parameters; i += 1 + count) {
                    FeetechServo servo = servo(parser.u8(i));
                    if (servo != null) {
                        servo.write(parser.u8(0), data, i + 1, count);
                    }
                }
            }
            default -> {
                for (FeetechServo servo : servos) {
                    if (broadcast || servo.id() == parser.id()) {
                        obey(servo, parameters, broadcast);
                    }
                }
            }
        }
    }

    private FeetechServo servo(int id) {
        return servos.stream().filter(servo -> servo.id() == id).findFirst().orElse(null);
    }

    private void obey(FeetechServo servo, int parameters, boolean broadcast) {
        int id = servo.id();
        boolean answers = servo.answersAll() && !broadcast;
        switch (parser.kind()) {
            case FeetechTable.PING -> answers = true;
            case FeetechTable.READ -> {
                if (parameters == 2 && !broadcast) {
                    read(servo, parser.u8(0), parser.u8(1));
                }
                return;
            }
            case FeetechTable.WRITE -> servo.write(parser.u8(0), data, 1, Math.max(0, parameters - 1));
            case FeetechTable.REG_WRITE -> servo.keep(parser.u8(0), data, 1, Math.max(0, parameters - 1));
            case FeetechTable.ACTION -> servo.act();
            default -> {
                return;
            }
        }
        if (answers) {
            writer.begin(id, servo.error()).end();
            this.answers.answer(writer.bytes(), writer.length(), servo.delayNanos());
        }
    }

    private void read(FeetechServo servo, int address, int count) {
        writer.begin(servo.id(), servo.error());
        for (int i = 0; i < Math.min(count, LONGEST - 8); i++) {
            writer.put8(servo.get(address + i));
        }
        writer.end();
        answers.answer(writer.bytes(), writer.length(), servo.delayNanos());
    }

    @Override
    public void step(long now, double seconds, double[] positions, double[] velocities, double[] efforts) {
        for (int i = 0; i < servos.size(); i++) {
            efforts[i] = servos.get(i).step(positions[i], velocities[i]);
        }
    }

    @Override
    public boolean energised() {
        return servos.stream().anyMatch(FeetechServo::energised);
    }

    @Override
    public boolean commanded() {
        return servos.stream().anyMatch(FeetechServo::commanded);
    }

    @Override
    public void overload(int id) {
        require(id).overload();
    }

    @Override
    public void restart(int id) {
        require(id).restart();
    }

    private FeetechServo require(int id) {
        FeetechServo servo = servo(id);
        if (servo == null) {
            throw new IllegalArgumentException("there is no servo " + id);
        }
        return servo;
    }
}
