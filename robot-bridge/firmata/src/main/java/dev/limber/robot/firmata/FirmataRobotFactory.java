package dev.limber.robot.firmata;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotFactory;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Boards with StandardFirmata, by their serial device.
@Component
@Plugin(name = "firmata", description = "Hobby servos on an Arduino with StandardFirmata, at a serial device")
@Designate(ocd = FirmataSettings.class)
public final class FirmataRobotFactory implements RobotFactory {

    @Override
    public Robot create(String address, Options options) {
        FirmataSettings settings = options.as(FirmataSettings.class);
        if (settings.shortest() >= settings.longest()) {
            throw new UsageException(
                    "the shortest pulse of " + settings.shortest() + " us must be below the longest of "
                            + settings.longest() + " us");
        }
        if (settings.feedbackLow() == settings.feedbackHigh()) {
            throw new UsageException("feedbackLow and feedbackHigh are both " + settings.feedbackLow()
                    + ", so that every angle reads the same; measure them at both ends");
        }
        return new FirmataRobot(address, settings);
    }
}
