package dev.limber.physics.jbullet;

import com.bulletphysics.collision.broadphase.BroadphaseProxy;
import com.bulletphysics.collision.broadphase.OverlapFilterCallback;
import com.bulletphysics.collision.broadphase.SimpleBroadphase;
import com.bulletphysics.collision.dispatch.CollisionDispatcher;
import com.bulletphysics.collision.dispatch.CollisionObject;
import com.bulletphysics.collision.dispatch.DefaultCollisionConfiguration;
import com.bulletphysics.collision.narrowphase.ManifoldPoint;
import com.bulletphysics.collision.narrowphase.PersistentManifold;
import com.bulletphysics.collision.shapes.SphereShape;
import com.bulletphysics.dynamics.DiscreteDynamicsWorld;
import com.bulletphysics.dynamics.RigidBody;
import com.bulletphysics.dynamics.RigidBodyConstructionInfo;
import com.bulletphysics.dynamics.constraintsolver.SequentialImpulseConstraintSolver;
import dev.limber.api.physics.InvalidStateException;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Actuator;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Geometry;
import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.ModelSpec.Sensor;
import dev.limber.api.physics.Vector3;
import dev.limber.api.physics.World;
import dev.limber.api.physics.WorldOptions;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.vecmath.Vector3f;

/// A model on jBullet. jBullet keeps objects in pools of the thread, so a world is built, stepped and reset on one.
final class JBulletWorld implements World {

    private static final String SCHEMA = "dev.limber.physics.jbullet.world";
    private static final int VERSION = 1;

    private final Thread owner = Thread.currentThread();
    private final ModelSpec model;
    private final WorldOptions options;
    private final Link[] links;
    private final Link[] driven;
    private final JointConstraint[] constraints;
    private final boolean collides;
    private final int positionCount;
    private final int velocityCount;

    private final double[] low;
    private final double[] high;
    private final double[] gear;
    private final double[] control;
    private final double[] efforts;
    private final int[] sensed;
    private final int sensorCount;

    private final DefaultCollisionConfiguration configuration = new DefaultCollisionConfiguration();
    private final SequentialImpulseConstraintSolver solver = new SequentialImpulseConstraintSolver();
    private CollisionDispatcher dispatcher;
    private DiscreteDynamicsWorld world;
    private final Vector3f vector = new Vector3f();
    private final double[] scratch = new double[3];
    private long stepsTaken;
    private boolean closed;

    JBulletWorld(ModelSpec model, WorldOptions options) {
        this.model = model;
        this.options = options;
        links = links(model, options.stepSeconds());
        collides = Arrays.stream(links).anyMatch(a -> Arrays.stream(links).anyMatch(b -> mayTouch(a, b)));
        var ground = new RigidBody(new RigidBodyConstructionInfo(0, null, new SphereShape(0.01f)));
        constraints = Arrays.stream(links).filter(l -> !l.immovable && l.body.joint().type() != Joint.Type.FREE)
                .map(l -> new JointConstraint(l, ground, options.stepSeconds())).toArray(JointConstraint[]::new);
        positionCount = model.bodies().stream().mapToInt(b -> b.joint().type().positions()).sum();
        velocityCount = model.bodies().stream().mapToInt(b -> b.joint().type().velocities()).sum();
        low = model.actuators().stream().mapToDouble(Actuator::low).toArray();
        high = model.actuators().stream().mapToDouble(Actuator::high).toArray();
        gear = model.actuators().stream().mapToDouble(Actuator::gear).toArray();
        driven = model.actuators().stream().map(a -> linkOfJoint(a.joint())).toArray(Link[]::new);
        control = new double[low.length];
        efforts = new double[links.length];
        sensed = model.sensors().stream()
                .mapToInt(s -> s.kind().ofJoint() ? linkOfJoint(s.target()).index : model.bodyIndex(s.target()))
                .toArray();
        sensorCount = model.sensors().stream().mapToInt(s -> s.kind().size()).sum();
        rebuild();
        reset();
    }

    private static Link[] links(ModelSpec model, double step) {
        Map<String, Link> byName = new HashMap<>();
        Link[] links = new Link[model.bodies().size()];
        for (int i = 0; i < links.length; i++) {
            Body body = model.bodies().get(i);
            Joint joint = body.joint();
            if (joint.armature() > 0) {
                throw new UsageException("joint '" + joint.name() + "' of model '" + model.name() + "' has armature "
                        + joint.armature() + ", which jbullet cannot simulate; it must be 0");
            }
            Link parent = body.parent().map(byName::get).orElse(null);
            boolean immovable = joint.type() == Joint.Type.FIXED && (parent == null || parent.immovable);
            var shape = CollisionShapes.of(model, body, immovable);
            var solid = CollisionShapes.solid(body);
            links[i] = new Link(i, body, parent, shape, solid.isEmpty() ? 0 : solid.getFirst().group(),
                    solid.isEmpty() ? 0 : solid.getFirst().mask(),
                    solid.stream().mapToDouble(Geometry::friction).findFirst().orElse(0),
                    step);
            byName.put(body.name(), links[i]);
        }
        return links;
    }

    private Link linkOfJoint(String joint) {
        return Arrays.stream(links).filter(l -> l.body.joint().name().equals(joint)).findFirst().orElseThrow();
    }

    /// Shapes of one body, and of a body and its moving parent, do not touch.
    private static boolean mayTouch(Link a, Link b) {
        boolean related = a == b || a.parent == b && !b.immovable || b.parent == a && !a.immovable;
        return !related && !(a.immovable && b.immovable) && (a.group & b.mask) != 0 && (b.group & a.mask) != 0;
    }

    /// Builds jBullet's world anew around the same bodies: the only way to empty every cache, so that what follows
    /// depends on the bodies' motion alone.
    private void rebuild() {
        dispatcher = new CollisionDispatcher(configuration);
        var broadphase = new SimpleBroadphase();
        broadphase.getOverlappingPairCache().setOverlapFilterCallback(new OverlapFilterCallback() {
            @Override
            public boolean needBroadphaseCollision(BroadphaseProxy proxy0, BroadphaseProxy proxy1) {
                return collides && mayTouch(link(proxy0.clientObject), link(proxy1.clientObject));
            }
        });
        solver.setRandSeed(0);
        world = new DiscreteDynamicsWorld(dispatcher, broadphase, solver, configuration);
        world.setGravity(new Vector3f((float) options.gravity().x(), (float) options.gravity().y(),
                (float) options.gravity().z()));
        world.getSolverInfo().numIterations = options.iterations();
        for (Link link : links) {
            world.addRigidBody(link.rigid);
        }
        for (JointConstraint constraint : constraints) {
            world.addConstraint(constraint, false);
        }
    }

    private static Link link(Object collisionObject) {
        return (Link) ((CollisionObject) collisionObject).getUserPointer();
    }

    private void emptyCaches() {
        if (collides) {
            rebuild();
        }
    }

    private void ensureUsable() {
        if (closed) {
            throw new IllegalStateException("the world of model '" + model.name() + "' is closed");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("the world of model '" + model.name() + "' belongs to thread '"
                    + owner.getName() + "', not to '" + Thread.currentThread().getName() + "'");
        }
    }

    private static void ensureRoom(String what, int length, int needed) {
        if (length < needed) {
            throw new IllegalArgumentException(
                    what + " has room for " + length + " numbers, " + needed + " are needed");
        }
    }

    private void ensureFinite(String what, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        what + " " + i + " of model '" + model.name() + "' is " + values[i] + ", it must be finite");
            }
        }
    }

    @Override
    public ModelSpec model() {
        return model;
    }

    @Override
    public WorldOptions options() {
        return options;
    }

    @Override
    public void setControl(double[] values) {
        ensureUsable();
        if (values.length != control.length) {
            throw new IllegalArgumentException("control has " + values.length + " numbers, model '" + model.name()
                    + "' has " + control.length + " actuators");
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw new IllegalArgumentException(
                        "control of actuator '" + model.actuators().get(i).name() + "' is NaN");
            }
        }
        for (int i = 0; i < values.length; i++) {
            control[i] = Math.clamp(values[i], low[i], high[i]);
        }
        sumEfforts();
    }

    private void sumEfforts() {
        Arrays.fill(efforts, 0);
        for (int i = 0; i < control.length; i++) {
            efforts[driven[i].index] += gear[i] * control[i];
        }
    }

    @Override
    public void step(int steps) {
        ensureUsable();
        float h = (float) options.stepSeconds();
        for (int i = 0; i < steps; i++) {
            for (Link link : links) {
                if (!link.immovable) {
                    link.gyrate(options.stepSeconds());
                    link.applyPush();
                }
                if (efforts[link.index] != 0) {
                    link.drive(efforts[link.index]);
                }
                System.arraycopy(link.linear, 0, link.acceleration, 0, 3);
            }
            world.stepSimulation(h, 0, h);
            stepsTaken++;
            for (Link link : links) {
                link.read();
                for (int k = 0; k < 3; k++) {
                    link.acceleration[k] = (link.linear[k] - link.acceleration[k]) / options.stepSeconds();
                }
                ensureFiniteMotion(link);
            }
        }
        for (Link link : links) {
            Arrays.fill(link.push, 0);
        }
    }

    private void ensureFiniteMotion(Link link) {
        String what = null;
        for (int k = 0; k < 3; k++) {
            if (!Double.isFinite(link.linear[k]) || !Double.isFinite(link.angular[k])) {
                what = "velocity";
            } else if (!Double.isFinite(link.origin[k]) || !Double.isFinite(link.rotation[k])) {
                what = "position";
            }
        }
        if (what != null) {
            throw new InvalidStateException(what + " of body '" + link.body.name() + "' of model '" + model.name()
                    + "' is not finite after step " + stepsTaken);
        }
    }

    @Override
    public void reset() {
        ensureUsable();
        Arrays.fill(control, 0);
        for (int i = 0; i < control.length; i++) {
            control[i] = Math.clamp(0, low[i], high[i]);
        }
        sumEfforts();
        stepsTaken = 0;
        double[] positions = new double[positionCount];
        int at = 0;
        for (Link link : links) {
            link.rest(positions, at);
            at += link.body.joint().type().positions();
        }
        place(positions, new double[velocityCount]);
    }

    private void place(double[] positions, double[] velocities) {
        int q = 0;
        int qd = 0;
        for (Link link : links) {
            link.place(positions, q, velocities, qd);
            q += link.body.joint().type().positions();
            qd += link.body.joint().type().velocities();
        }
        emptyCaches();
    }

    @Override
    public int positionCount() {
        return positionCount;
    }

    @Override
    public int velocityCount() {
        return velocityCount;
    }

    @Override
    public void positions(double[] target) {
        ensureUsable();
        ensureRoom("target of positions", target.length, positionCount);
        int at = 0;
        for (Link link : links) {
            link.positions(target, at);
            at += link.body.joint().type().positions();
        }
    }

    @Override
    public void velocities(double[] target) {
        ensureUsable();
        ensureRoom("target of velocities", target.length, velocityCount);
        int at = 0;
        for (Link link : links) {
            link.velocities(target, at);
            at += link.body.joint().type().velocities();
        }
    }

    @Override
    public void setJoints(double[] positions, double[] velocities) {
        ensureUsable();
        ensureRoom("positions", positions.length, positionCount);
        ensureRoom("velocities", velocities.length, velocityCount);
        ensureFinite("joint position", positions, positionCount);
        ensureFinite("joint velocity", velocities, velocityCount);
        place(positions, velocities);
    }

    @Override
    public void sensors(double[] target) {
        ensureUsable();
        ensureRoom("target of sensors", target.length, sensorCount);
        int at = 0;
        for (int i = 0; i < sensed.length; i++) {
            Link link = links[sensed[i]];
            Sensor.Kind kind = model.sensors().get(i).kind();
            switch (kind) {
                case JOINT_POSITION -> target[at] = link.presentPosition();
                case JOINT_VELOCITY -> target[at] = link.velocity;
                case JOINT_EFFORT -> target[at] = efforts[link.index];
                case ACCELEROMETER -> {
                    scratch[0] = link.acceleration[0] - options.gravity().x();
                    scratch[1] = link.acceleration[1] - options.gravity().y();
                    scratch[2] = link.acceleration[2] - options.gravity().z();
                    Rotations.turnBack(link.rotation, scratch, target, at);
                }
                case GYROSCOPE -> Rotations.turnBack(link.rotation, link.angular, target, at);
            }
            at += kind.size();
        }
    }

    @Override
    public void poses(double[] target) {
        ensureUsable();
        ensureRoom("target of poses", target.length, 7 * links.length);
        for (Link link : links) {
            link.pose(target, 7 * link.index);
        }
    }

    @Override
    public void bodyVelocities(double[] target) {
        ensureUsable();
        ensureRoom("target of body velocities", target.length, 6 * links.length);
        for (Link link : links) {
            System.arraycopy(link.linear, 0, target, 6 * link.index, 3);
            System.arraycopy(link.angular, 0, target, 6 * link.index + 3, 3);
        }
    }

    @Override
    public int contacts(double[] target) {
        ensureUsable();
        int count = 0;
        for (int i = 0; i < dispatcher.getNumManifolds(); i++) {
            PersistentManifold manifold = dispatcher.getManifoldByIndexInternal(i);
            for (int j = 0; j < manifold.getNumContacts(); j++) {
                ManifoldPoint point = manifold.getContactPoint(j);
                if (point.getDistance() <= 0) {
                    if (target.length >= 9 * (count + 1)) {
                        write(manifold, point, target, 9 * count);
                    }
                    count++;
                }
            }
        }
        return count;
    }

    private void write(PersistentManifold manifold, ManifoldPoint point, double[] target, int at) {
        target[at] = link(manifold.getBody0()).index;
        target[at + 1] = link(manifold.getBody1()).index;
        point.getPositionWorldOnB(vector);
        target[at + 2] = vector.x;
        target[at + 3] = vector.y;
        target[at + 4] = vector.z;
        target[at + 5] = point.normalWorldOnB.x;
        target[at + 6] = point.normalWorldOnB.y;
        target[at + 7] = point.normalWorldOnB.z;
        target[at + 8] = point.appliedImpulse / options.stepSeconds();
    }

    @Override
    public void applyForce(int body, Vector3 force, Vector3 point) {
        ensureUsable();
        if (body < 0 || body >= links.length) {
            throw new IllegalArgumentException(
                    "there is no body " + body + " in model '" + model.name() + "', which has " + links.length);
        }
        if (!Double.isFinite(force.x() + force.y() + force.z() + point.x() + point.y() + point.z())) {
            throw new IllegalArgumentException("force " + force + " at " + point + " on body '"
                    + links[body].body.name() + "' must be finite");
        }
        links[body].addPush(force.x(), force.y(), force.z(), point.x(), point.y(), point.z());
    }

    @Override
    public State save() {
        ensureUsable();
        emptyCaches();
        int n = links.length;
        float[] motions = new float[n * Link.MOTION];
        double[] positions = new double[n];
        double[] accelerations = new double[3 * n];
        double[] pushes = new double[6 * n];
        for (Link link : links) {
            link.motion(motions, Link.MOTION * link.index);
            positions[link.index] = link.position;
            System.arraycopy(link.acceleration, 0, accelerations, 3 * link.index, 3);
            System.arraycopy(link.push, 0, pushes, 6 * link.index, 6);
        }
        return new State(SCHEMA, VERSION).put("model", model.name()).put("steps", stepsTaken)
                .put("motions", motions, n, Link.MOTION).put("joints", positions)
                .put("accelerations", accelerations, n, 3).put("pushes", pushes, n, 6).put("control", control);
    }

    @Override
    public void restore(State state) {
        ensureUsable();
        state.expect(SCHEMA, VERSION);
        if (!state.text("model").equals(model.name())) {
            throw new IncompatibleStateException(
                    "state is of model '" + state.text("model") + "', expected '" + model.name() + "'");
        }
        int n = links.length;
        float[] motions = new float[n * Link.MOTION];
        double[] positions = new double[n];
        double[] accelerations = new double[3 * n];
        double[] pushes = new double[6 * n];
        double[] controls = new double[control.length];
        state.read("motions", motions);
        state.read("joints", positions);
        state.read("accelerations", accelerations);
        state.read("pushes", pushes);
        state.read("control", controls);
        stepsTaken = state.integer("steps");
        System.arraycopy(controls, 0, control, 0, control.length);
        sumEfforts();
        for (Link link : links) {
            link.move(motions, Link.MOTION * link.index);
            link.position = positions[link.index];
            System.arraycopy(accelerations, 3 * link.index, link.acceleration, 0, 3);
            System.arraycopy(pushes, 6 * link.index, link.push, 0, 6);
            link.read();
        }
        emptyCaches();
    }

    @Override
    public void close() {
        closed = true;
    }
}
