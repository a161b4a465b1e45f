package dev.limber.renderer.opengl;

import dev.limber.renderer.geometry.Lighting;
import java.util.HashMap;
import java.util.Map;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL20C;

/// The programs of a context, compiled when they are first needed.
final class GlPrograms {

    /// What a program draws.
    enum Subject {
        /// A part of the scene.
        PART,
        /// The floor.
        GROUND,
        /// What is behind everything.
        SKY,
        /// Lines and text of a view.
        OVERLAY,
        /// How near to the sun parts are.
        SHADOW
    }

    /// Switches of the programs' text.
    ///
    /// @param tiles whether there are several pictures in the atlas, which must be kept apart
    record Variant(Subject subject, boolean tiles, boolean shadows, boolean depth, boolean segments) {}

    private static final String VERTEX = """
            #ifdef OVERLAY
            layout(location = 0) in vec4 place;
            layout(location = 1) in vec4 tile;
            layout(location = 2) in vec3 tint;
            #else
            layout(location = 0) in vec3 place;
            layout(location = 1) in vec3 normal;
            layout(location = 2) in vec4 row0;
            layout(location = 3) in vec4 row1;
            layout(location = 4) in vec4 row2;
            layout(location = 5) in vec4 row3;
            layout(location = 6) in vec4 tile;
            layout(location = 7) in vec4 upward;
            layout(location = 8) in vec4 sunward;
            layout(location = 9) in vec4 map0;
            layout(location = 10) in vec4 map1;
            layout(location = 11) in vec4 map2;
            layout(location = 12) in vec4 mapTile;
            #endif
            uniform vec3 color;
            uniform float ambient;
            uniform float overhead;
            uniform vec2 toDistance;
            #ifdef SHADOW
            #elif defined OVERLAY
            flat out vec3 tinted;
            #else
            flat out vec3 tinted;
            out vec4 light;
            out vec3 inMap;
            flat out vec4 inMapTile;
            out float distance;
            out vec3 seen;
            #endif

            vec2 lit(float up, float sun) {
                return vec2(ambient * (EVEN + UPWARD * up), (1.0 - ambient) * GAIN * max(0.0, sun));
            }

            void put(vec4 clip, vec4 where) {
            #ifdef TILES
                gl_ClipDistance[0] = clip.w + clip.x;
                gl_ClipDistance[1] = clip.w - clip.x;
                gl_ClipDistance[2] = clip.w + clip.y;
                gl_ClipDistance[3] = clip.w - clip.y;
            #endif
                gl_Position = vec4(clip.xy * where.xy + where.zw * clip.w, clip.zw);
            }

            void main() {
            #ifdef OVERLAY
                tinted = tint;
                put(place, tile);
            #elif defined SKY
                seen = row0.xyz + place.x * row1.xyz + place.y * row2.xyz;
                tinted = color;
                put(vec4(place.xy, 1.0, 1.0), tile);
            #else
                vec4 p = vec4(place, 1.0);
            #ifdef SHADOW
                vec4 clip = vec4(dot(map0, p), dot(map1, p), 2.0 * (dot(map2, p) + upward.w) - 1.0, 1.0);
                gl_Position = vec4(clip.xy * mapTile.xy + mapTile.zw, clip.zw);
            #else
                vec4 clip = vec4(dot(row0, p), dot(row1, p), dot(row2, p), dot(row3, p));
            #ifdef GROUND
                vec2 fromEye = upward.zw + place.x * sunward.xy + place.y * sunward.zw;
                seen = vec3(upward.xy + fromEye, 0.0);
                light = vec4(lit(1.0, overhead), fromEye);
                tinted = color;
            #else
                float up = dot(upward.xyz, normal);
                float sun = dot(sunward.xyz, normal);
                light = vec4(lit(up, sun), lit(-up, -sun));
                tinted = mix(color, vec3(GLOW), sunward.w * HIGHLIGHT);
            #endif
            #ifdef SHADOWS
                inMap = vec3(dot(map0, p), dot(map1, p), dot(map2, p));
                inMapTile = mapTile;
            #endif
                distance = (clip.z + toDistance.x) * toDistance.y;
                put(clip, tile);
            #endif
            #endif
            }
            """;

    private static final String FRAGMENT = """
            #ifdef SHADOW
            void main() {}
            #else
            flat in vec3 tinted;
            layout(location = 0) out vec4 pixel;
            #ifndef OVERLAY
            in vec4 light;
            in vec3 inMap;
            flat in vec4 inMapTile;
            in float distance;
            in vec3 seen;
            #endif
            #ifdef DEPTH
            layout(location = 1) out float metres;
            #endif
            #ifdef SEGMENTS
            layout(location = 2) out uint seenPart;
            uniform uint part;
            #endif
            uniform vec3 dark;
            uniform vec3 horizon;
            uniform float perCell;
            uniform float fade;
            uniform vec2 cell;
            uniform sampler2DShadow map;

            float sunlight() {
            #ifdef SHADOWS
                if (max(abs(inMap.x), abs(inMap.y)) < 1.0) {
                    vec2 at = (inMap.xy * inMapTile.xy + inMapTile.zw) * 0.5 + 0.5;
            #ifdef SOFT
                    return 0.25 * (texture(map, vec3(at + cell * vec2(-0.75, -0.25), inMap.z))
                            + texture(map, vec3(at + cell * vec2(0.25, -0.75), inMap.z))
                            + texture(map, vec3(at + cell * vec2(0.75, 0.25), inMap.z))
                            + texture(map, vec3(at + cell * vec2(-0.25, 0.75), inMap.z)));
            #else
                    return texture(map, vec3(at, inMap.z));
            #endif
                }
            #endif
                return 1.0;
            }

            float wave(float x, float w) {
                return 2.0 * (abs(fract((x - 0.5 * w) * 0.5) - 0.5) - abs(fract((x + 0.5 * w) * 0.5) - 0.5)) / w;
            }

            void main() {
            #ifdef OVERLAY
                pixel = vec4(tinted, 1.0);
            #elif defined SKY
                float high = clamp(SKYWARD * normalize(seen).z, 0.0, 1.0);
                pixel = vec4(mix(horizon, tinted, high), 1.0);
            #else
            #ifdef GROUND
                vec2 wide = max(max(abs(dFdx(seen.xy)), abs(dFdy(seen.xy))) * perCell, vec2(1e-4));
                float bright = 0.5 + 0.5 * wave(seen.x * perCell, wide.x) * wave(seen.y * perCell, wide.y);
                float far = dot(light.zw, light.zw);
                vec3 lit = mix(dark, tinted, bright) * (light.x + light.y * sunlight());
                pixel = vec4(mix(lit, horizon, far / (far + fade)), 1.0);
            #else
                vec2 side = gl_FrontFacing ? light.xy : light.zw;
                pixel = vec4(tinted * (side.x + (side.y > 0.0 ? side.y * sunlight() : 0.0)), 1.0);
            #endif
            #ifdef DEPTH
                metres = distance;
            #endif
            #ifdef SEGMENTS
                seenPart = part;
            #endif
            #endif
            }
            #endif
            """;

    private final Map<Variant, GlProgram> programs = new HashMap<>();
    private final boolean soft;

    /// @param soft whether the edges of shadows are averaged over four cells of the map and not over one
    GlPrograms(boolean soft) {
        this.soft = soft;
    }

    /// The program of a variant. Call it on the renderer's thread.
    GlProgram of(Variant variant) {
        return programs.computeIfAbsent(variant, this::link);
    }

    private GlProgram link(Variant variant) {
        var head = new StringBuilder("#version 330 core\n#define ").append(variant.subject()).append('\n');
        define(head, "TILES", variant.tiles());
        define(head, "SHADOWS", variant.shadows());
        define(head, "SOFT", soft);
        define(head, "DEPTH", variant.depth());
        define(head, "SEGMENTS", variant.segments());
        head.append("const float EVEN = ").append(Lighting.EVEN).append(", UPWARD = ").append(Lighting.UPWARD)
                .append(", GAIN = ").append(Lighting.GAIN).append(", HIGHLIGHT = ").append(Lighting.HIGHLIGHT)
                .append(", SKYWARD = ").append(Lighting.SKY).append(";\nconst vec3 GLOW = vec3(")
                .append(Lighting.GLOW[0]).append(", ").append(Lighting.GLOW[1]).append(", ").append(Lighting.GLOW[2])
                .append(");\n");
        int program = GL20C.glCreateProgram();
        int vertex = compile(GL20C.GL_VERTEX_SHADER, head + VERTEX);
        int fragment = compile(GL20C.GL_FRAGMENT_SHADER, head + FRAGMENT);
        GL20C.glAttachShader(program, vertex);
        GL20C.glAttachShader(program, fragment);
        GL20C.glLinkProgram(program);
        GL20C.glDeleteShader(vertex);
        GL20C.glDeleteShader(fragment);
        if (GL20C.glGetProgrami(program, GL20C.GL_LINK_STATUS) == GL11C.GL_FALSE) {
            throw new IllegalStateException("the driver does not link " + variant + ": "
                    + GL20C.glGetProgramInfoLog(program).lines().findFirst().orElse(""));
        }
        return new GlProgram(program);
    }

    private static void define(StringBuilder head, String name, boolean on) {
        if (on) {
            head.append("#define ").append(name).append('\n');
        }
    }

    private static int compile(int kind, String text) {
        int shader = GL20C.glCreateShader(kind);
        GL20C.glShaderSource(shader, text);
        GL20C.glCompileShader(shader);
        if (GL20C.glGetShaderi(shader, GL20C.GL_COMPILE_STATUS) == GL11C.GL_FALSE) {
            throw new IllegalStateException("the driver does not compile a shader: "
                    + GL20C.glGetShaderInfoLog(shader).lines().findFirst().orElse(""));
        }
        return shader;
    }
}
