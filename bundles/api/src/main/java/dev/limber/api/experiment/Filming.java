package dev.limber.api.experiment;

import java.nio.file.Path;
import java.util.Optional;

/// What to keep of the sight of an evaluation: its first episode, in the first copy.
///
/// @param video MP4 file for the whole episode, in real time
/// @param screenshot PNG file for one picture
/// @param screenshotStep the step after which that picture is taken; where the episode ends before, its last one is
/// @param width pixels in a row, even for films
/// @param height rows, even for films
/// @param camera where it is seen from, as the option `pixelCamera` has it: "scene", "follow:cart"
public record Filming(Optional<Path> video, Optional<Path> screenshot, long screenshotStep, int width, int height,
        String camera) {}
