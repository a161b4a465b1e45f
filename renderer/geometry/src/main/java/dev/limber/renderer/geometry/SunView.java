package dev.limber.renderer.geometry;

import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;
import java.util.Arrays;

/// What the sun sees of the parts that cast shadows: the way from the world into its shadow map. Its window has the size
/// of all of them, in steps of an eighth and moved by whole cells, so that edges of shadows do not swim.
public final class SunView {

    private static final double STEPS = 8;
    private static final double BIAS_CELLS = 3;

    private final Part[] parts;
    private final double[] axes = new double[9];
    private final double[] rows = new double[SceneGeometry.PLACEMENT];
    private final double[] cast = new double[4];
    private double bias;
    private boolean anything;

    /// @param scene whose sun it is
    public SunView(Scene scene) {
        parts = scene.parts().toArray(Part[]::new);
        var direction = scene.sun().direction();
        double n = 1 / direction.length();
        double zx = direction.x() * n;
        double zy = direction.y() * n;
        double zz = direction.z() * n;
        boolean flat = Math.abs(zz) < 0.9;
        double ux = flat ? -zy : 0;
        double uy = flat ? zx : -zz;
        double uz = flat ? 0 : zy;
        double m = 1 / Math.sqrt(ux * ux + uy * uy + uz * uz);
        axes[0] = ux * m;
        axes[1] = uy * m;
        axes[2] = uz * m;
        axes[3] = (zy * uz - zz * uy) * m;
        axes[4] = (zz * ux - zx * uz) * m;
        axes[5] = (zx * uy - zy * ux) * m;
        axes[6] = zx;
        axes[7] = zy;
        axes[8] = zz;
    }

    /// Looks at the parts where they stand.
    ///
    /// @param placements [parts, 12]
    /// @param cells on each side of the shadow map
    public void look(SceneGeometry geometry, double[] placements, int cells) {
        double lowU = Double.POSITIVE_INFINITY;
        double lowV = Double.POSITIVE_INFINITY;
        double lowZ = Double.POSITIVE_INFINITY;
        double highU = Double.NEGATIVE_INFINITY;
        double highV = Double.NEGATIVE_INFINITY;
        double highZ = Double.NEGATIVE_INFINITY;
        anything = false;
        Arrays.fill(cast, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].shadow()) {
                continue;
            }
            anything = true;
            int at = SceneGeometry.PLACEMENT * i;
            double r = geometry.triangles(i).radius();
            double u = along(0, placements, at);
            double v = along(3, placements, at);
            double z = along(6, placements, at);
            lowU = Math.min(lowU, u - r);
            lowV = Math.min(lowV, v - r);
            lowZ = Math.min(lowZ, z - r);
            highU = Math.max(highU, u + r);
            highV = Math.max(highV, v + r);
            highZ = Math.max(highZ, z + r);
            cast(0, u, geometry.box(i), placements, at);
            cast(3, v, geometry.box(i), placements, at);
        }
        if (!anything) {
            return;
        }
        double half = stepped(Math.max(highU - lowU, highV - lowV) / 2);
        double cell = 2 * half / (cells - 4); // a margin of two cells, so that filters find no edge
        double size = cell * cells / 2;
        double middleU = Math.rint((lowU + highU) / 2 / cell) * cell;
        double middleV = Math.rint((lowV + highV) / 2 / cell) * cell;
        double depth = highZ - lowZ + 2 * cell;
        for (int k = 0; k < 3; k++) {
            rows[k] = axes[k] / size;
            rows[4 + k] = axes[3 + k] / size;
            rows[8 + k] = axes[6 + k] / depth;
        }
        rows[3] = -middleU / size;
        rows[7] = -middleV / size;
        rows[11] = -(lowZ - cell) / depth;
        bias = BIAS_CELLS * cell / depth;
        cast[0] = (-cast[0] - middleU) / size;
        cast[1] = (cast[1] - middleU) / size;
        cast[2] = (-cast[2] - middleV) / size;
        cast[3] = (cast[3] - middleV) / size;
    }

    /// Widens the bounds of what casts shadows along an axis, the lower one with its sign changed, by a part's box.
    private void cast(int axis, double origin, double[] box, double[] placements, int at) {
        double middle = origin;
        double half = 0;
        for (int k = 0; k < 3; k++) {
            double part = axes[axis] * placements[at + k] + axes[axis + 1] * placements[at + 4 + k]
                    + axes[axis + 2] * placements[at + 8 + k];
            middle += part * box[k];
            half += Math.abs(part) * box[3 + k];
        }
        int bound = axis / 3 * 2;
        cast[bound] = Math.max(cast[bound], half - middle);
        cast[bound + 1] = Math.max(cast[bound + 1], half + middle);
    }

    private double along(int axis, double[] placements, int at) {
        return axes[axis] * placements[at + 3] + axes[axis + 1] * placements[at + 7]
                + axes[axis + 2] * placements[at + 11];
    }

    /// The next size that is so many eighths of a power of two.
    private static double stepped(double half) {
        double power = Math.scalb(1.0, Math.getExponent(half));
        return Math.ceil(half / power * STEPS) / STEPS * power;
    }

    /// True where any part casts a shadow.
    public boolean seesAnything() {
        return anything;
    }

    /// From the world to the shadow map: u and v from -1 to 1, depth from 0 to 1 the farther from the sun, row-major
    /// [3, 4]. Read only.
    public double[] rows() {
        return rows;
    }

    /// Where in the shadow map anything is: lowest and highest u, lowest and highest v. Read only.
    public double[] cast() {
        return cast;
    }

    /// How much deeper than the map something may be and still be lit.
    public double bias() {
        return bias;
    }
}
