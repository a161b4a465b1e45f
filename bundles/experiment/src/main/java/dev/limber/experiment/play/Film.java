package dev.limber.experiment.play;

import dev.limber.api.environment.Environment;
import dev.limber.api.experiment.Filming;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Scene;
import dev.limber.api.video.VideoFile;
import dev.limber.experiment.pixels.CameraText;
import dev.limber.experiment.plan.PlannedEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Films the first episode of an environment's first copy.
final class Film implements Spectator, AutoCloseable {

    /// What screens show without flicker and players without stutter.
    private static final double MOST_FRAMES_PER_SECOND = 60;
    /// Episodes may have no end.
    private static final long MOST_FRAMES = 10_000;

    private final Filming filming;
    private final Camera camera;
    private final int stepsPerFrame;
    private final Pictures pictures;
    private final Optional<VideoFile> video;
    private final double[] poses;
    private final byte[] rgb;
    private double[] finalPoses = {};
    private long steps = -1;
    private long frames;
    private boolean shot;
    private boolean over;

    private Film(Filming filming, PlannedEnvironment played, Camera camera, Scene scene) {
        this.filming = filming;
        this.camera = camera;
        double stepSeconds = played.spec().stepSeconds();
        stepsPerFrame = (int) Math.max(1, Math.ceil(1 / (MOST_FRAMES_PER_SECOND * stepSeconds) - 1e-9));
        poses = new double[scene.poseSize()];
        rgb = new byte[filming.width() * filming.height() * 3];
        pictures = played.studio().renderers().open(scene,
                PictureSpec.of(filming.width(), filming.height()).smoothed());
        try {
            video = filming.video().map(file -> played.studio().encoder().open(file, filming.width(), filming.height(),
                    1 / (stepsPerFrame * stepSeconds)));
        } catch (RuntimeException | Error e) {
            pictures.close();
            throw e;
        }
    }

    /// Prepares to film.
    ///
    /// @throws UsageException where there is nothing to see or to see it with
    static Film open(Filming filming, PlannedEnvironment played) {
        Scene scene = scene(played);
        return new Film(filming, played, CameraText.parse("the camera", filming.camera(), scene), scene);
    }

    /// The scene of an environment that is to be filmed.
    ///
    /// @throws UsageException where there is none
    static Scene scene(PlannedEnvironment played) {
        return played.factory().scene(played.options().options()).orElseThrow(() -> new UsageException(
                played.info().name() + " cannot be filmed: it publishes no scene"));
    }

    @Override
    public void look(Environment environment) throws IOException {
        if (over) {
            return;
        }
        steps++;
        if (steps == 0) {
            environment.poses(0, poses, 0); // so that it keeps those of the end
        }
        over = steps > 0 && (environment.terminated()[0] || environment.truncated()[0]);
        boolean shoot = filming.screenshot().isPresent() && !shot && (over || steps == filming.screenshotStep());
        boolean frame = video.isPresent() && (over || steps % stepsPerFrame == 0);
        if (!shoot && !frame) {
            return;
        }
        if (over) {
            if (finalPoses.length == 0) {
                finalPoses = new double[environment.copies() * poses.length];
            }
            environment.finalPoses(finalPoses);
            System.arraycopy(finalPoses, 0, poses, 0, poses.length);
        } else {
            environment.poses(0, poses, 0);
        }
        pictures.submit(poses, camera, Overlay.none());
        pictures.colors(rgb);
        if (frame) {
            video.get().add(rgb);
            over |= ++frames >= MOST_FRAMES;
        }
        if (shoot) {
            writePicture(filming.screenshot().get());
            shot = true;
        }
    }

    /// True where there is nothing more to film.
    boolean over() {
        return over;
    }

    private void writePicture(Path file) throws IOException {
        int width = filming.width();
        var image = new BufferedImage(width, filming.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * filming.height(); i++) {
            image.setRGB(i % width, i / width,
                    (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF);
        }
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path temporary = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            ImageIO.write(image, "png", temporary.toFile());
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Writes what was filmed to the end.
    void finish() throws IOException {
        if (video.isPresent()) {
            video.get().finish();
        }
    }

    @Override
    public void close() {
        try {
            video.ifPresent(VideoFile::close);
        } finally {
            pictures.close();
        }
    }
}
