package dev.limber.renderer.opengl;

import org.lwjgl.opengl.GL20C;
import org.lwjgl.opengl.GL30C;

/// A linked program and where its uniforms are.
final class GlProgram {

    private final int program;
    private final int color;
    private final int ambient;
    private final int overhead;
    private final int toDistance;
    private final int part;
    private final int dark;
    private final int horizon;
    private final int perCell;
    private final int fade;
    private final int cell;

    GlProgram(int program) {
        this.program = program;
        color = at("color");
        ambient = at("ambient");
        overhead = at("overhead");
        toDistance = at("toDistance");
        part = at("part");
        dark = at("dark");
        horizon = at("horizon");
        perCell = at("perCell");
        fade = at("fade");
        cell = at("cell");
    }

    private int at(String uniform) {
        return GL20C.glGetUniformLocation(program, uniform);
    }

    void use() {
        GL20C.glUseProgram(program);
    }

    /// Sets what is the same for all parts of a frame; what a program does not have is ignored by OpenGL.
    void setFrame(float ambientLight, double[] projection, float cellX, float cellY) {
        GL20C.glUniform1f(ambient, ambientLight);
        GL20C.glUniform2f(toDistance, (float) -projection[14], (float) (-1 / projection[10]));
        GL20C.glUniform2f(cell, cellX, cellY);
    }

    void setColor(float[] rgb, int offset) {
        GL20C.glUniform3f(color, rgb[offset], rgb[offset + 1], rgb[offset + 2]);
    }

    void setPart(int segment) {
        GL30C.glUniform1ui(part, segment);
    }

    /// @param sunOverhead 1 where the sun is in the zenith, 0 where it sets
    void setGround(float[] darkRgb, float squaresPerMetre, float fadeSquared, float sunOverhead) {
        GL20C.glUniform1f(overhead, sunOverhead);
        GL20C.glUniform3f(dark, darkRgb[0], darkRgb[1], darkRgb[2]);
        GL20C.glUniform1f(perCell, squaresPerMetre);
        GL20C.glUniform1f(fade, fadeSquared);
    }

    void setHorizon(float[] rgb) {
        GL20C.glUniform3f(horizon, rgb[0], rgb[1], rgb[2]);
    }
}
