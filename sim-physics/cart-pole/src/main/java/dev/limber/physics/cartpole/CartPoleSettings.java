package dev.limber.physics.cartpole;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// What can be chosen about the cart-pole.
@ObjectClassDefinition(name = "Cart-pole on jBullet")
public @interface CartPoleSettings {

    /// The kind of action.
    @AttributeDefinition(description = "discrete pushes with 10 N to the left or right, continuous with -1 to 1 times 10 N", options = {
        @Option(label = "left or right", value = "discrete"),
        @Option(label = "any force", value = "continuous")})
    String action() default "discrete";

    /// Physics steps per environment step.
    @AttributeDefinition(description = "physics steps per 20 ms; twice as many quarter the error", min = "1", max = "1000")
    int substeps() default 8;
}
