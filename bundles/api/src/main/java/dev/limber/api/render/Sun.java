package dev.limber.api.render;

import dev.limber.api.physics.Vector3;

/// The light of a scene: a sun whose rays are parallel, and light from everywhere, which is what shadows still get.
///
/// @param direction where its rays go, not zero
/// @param ambient the share of light that comes from everywhere, 0 to 1
public record Sun(Vector3 direction, double ambient) {

    /// From above, a little behind the left shoulder of who looks along y.
    public static final Sun AFTERNOON = new Sun(new Vector3(0.4, 0.75, -1), 0.45);

    /// Checks both.
    public Sun {
        if (!(direction.length() > 1e-9 && ambient >= 0 && ambient <= 1)) {
            throw new IllegalArgumentException("a sun needs a direction and ambient light from 0 to 1, not " + direction
                    + " and " + ambient);
        }
    }
}
