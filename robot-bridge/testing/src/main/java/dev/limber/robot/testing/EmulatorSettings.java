package dev.limber.robot.testing;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// What can be chosen about an emulated robot.
@ObjectClassDefinition(name = "Emulated robot")
public @interface EmulatorSettings {

    /// What the line does wrong.
    @AttributeDefinition(description = "what the line does wrong: drop=0.01,flip=0.01,duplicate=0.1,delay=0.1,seconds=0.005,seed=1")
    String faults() default "";

    /// Speed of the line [bit/s].
    @AttributeDefinition(description = "speed at which bytes take their time on the line [bit/s]; 0 for none", min = "0")
    int baud() default 0;
}
