package dev.limber.experiment.pixels;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// The options that every environment with a scene has besides its own, declared just like a plug-in's.
@ObjectClassDefinition(name = "Pixels")
public @interface PixelOptions {

    /// What is observed.
    @AttributeDefinition(description = "what is observed: the numbers above, pictures of the scene, or both", options = {
        @Option(value = "state"), @Option(value = "pixels"), @Option(value = "pixels+state")})
    String observation() default "state";

    /// Size of a picture.
    @AttributeDefinition(description = "size of a picture: 64, 84 or WIDTHxHEIGHT")
    String pixelSize() default "64";

    /// Kind of picture.
    @AttributeDefinition(description = "what a pixel tells: brightness, colour, distance, or the number of the part that is seen", options = {
        @Option(value = "grey"), @Option(value = "rgb"), @Option(value = "depth"), @Option(value = "segmentation")})
    String pixelKind() default "grey";

    /// Length of the stack.
    @AttributeDefinition(description = "how many pictures in a row are seen at once, the newest last", min = "1", max = "64")
    int pixelStack() default 4;

    /// Camera.
    @AttributeDefinition(description = "where pictures are taken from: scene, follow:BODY, first-person:BODY, "
            + "orbit:AZIMUTH,ELEVATION,DISTANCE [deg, m] or fixed:X,Y,Z,TARGET_X,TARGET_Y,TARGET_Z [m]")
    String pixelCamera() default "scene";

    /// Shadows.
    @AttributeDefinition(description = "draw shadows")
    boolean pixelShadows() default false;

    /// Smooth edges.
    @AttributeDefinition(description = "smooth edges, which shows movements smaller than a pixel and takes longer")
    boolean pixelSmooth() default true;

    /// Longest distance.
    @AttributeDefinition(description = "distance that the brightest pixel of pixelKind=depth stands for [m]", min = "0.01", max = "100000")
    double pixelRange() default 10;

    /// Renderer.
    @AttributeDefinition(description = "name of the renderer that draws them; auto for the best there is")
    String pixelRenderer() default "auto";
}
