#version 330 core
// One capsule per segment from a texture buffer: four vertices each, or with DOT one point sprite,
// which is cheaper for short ones. No attributes.
// Positions are 32-bit integers, so that differences are exact and wrap at the antimeridian.

uniform isamplerBuffer segments; // three texels each: (x0, y0) (x1, y1) (link, along)
uniform usamplerBuffer codes;    // one byte per link: style, 128 for a one-way
uniform samplerBuffer styles;    // two texels per style: colour; width, dash, casing px, strength
uniform usamplerBuffer states;   // two bytes per link: level and marks with and against its drawing
uniform ivec2 origin;            // centre of the picture on the grid
uniform float scale;             // device pixels per grid unit
uniform vec2 size;               // of the picture in device pixels
uniform float casing;            // 1 to draw the casing, 0 for the line itself
uniform int shown;               // by state: 1 all, 2 the mild, 3 the grave
uniform vec3 levels[6];          // colours of the states
uniform vec3 ground;             // what thin lines fade into
uniform float unit;              // device pixels in a logical one

flat out vec4 colour;
flat out vec4 shape; // length, half width, dash, distance from the start of the run
#ifdef STATES
flat out float edge; // px of the half width that are the edge of a detour
flat out int marks;
#endif
#ifdef DOT
flat out vec3 sprite; // direction, edge length px
#else
out vec2 at;          // along, across, in px
#endif

const int CLOSED = 8, WORKS = 16, DETOUR = 32;

void main()
{
#ifdef DOT
    int row = gl_VertexID * 3;
#else
    int corner = gl_VertexID & 3;
    int row = (gl_VertexID >> 2) * 3;
#endif
    ivec2 begin = texelFetch(segments, row).xy;
    ivec2 end = texelFetch(segments, row + 1).xy;
    ivec2 tail = texelFetch(segments, row + 2).xy;
    int code = int(texelFetch(codes, tail.x).x);
    colour = texelFetch(styles, (code & 127) * 2);
    vec4 style = texelFetch(styles, (code & 127) * 2 + 1);

    vec2 a = vec2(begin - origin) * scale;
    vec2 step = vec2(end - begin) * scale;
    float length_px = length(step);
    vec2 ahead = length_px > 0.0 ? step / length_px : vec2(1.0, 0.0);
    float width = style.x;
    float phase = float(tail.y) * scale;
    bool drawn = width > 0.0;
#ifdef STATES
    marks = 0;
    edge = 0.0;
    {
        uvec2 both = texelFetch(states, tail.x).xy;
        bool apart = width >= 4.0 * unit && code < 128;
        bool against = gl_InstanceID == 1;
        int level = int(against ? both.y : both.x) & 7;
        marks = int(against ? both.y : both.x) & ~7;
        if (apart) { // each direction on its own right-hand side
            if (against) {
                a += step;
                ahead = -ahead;
                phase = -phase - length_px;
            }
            a += vec2(ahead.y, -ahead.x) * 0.25 * width;
            width = 0.5 * width - 0.5 * unit;
        } else {
            drawn = drawn && !against;
            if (code < 128) {
                level = max(level, int(both.y) & 7);
                marks |= int(both.y) & ~7;
            }
        }
        bool grave = level > 3 || marks != 0;
        drawn = drawn && (shown == 1 || grave == (shown == 3));
        colour = vec4(mix(ground, levels[min(level, 5)], grave ? 1.0 : style.w), 1.0);
        style.y = 0.0;
        if (level == 0 && (marks & CLOSED) == 0) { // thin, so that what is known stands out
            width = max(0.5 * width, min(width, 1.25 * unit));
            style.y = max(4.0 * unit, 1.5 * width);
        }
        if (grave)
            width = max(width, (marks & (CLOSED | WORKS)) != 0 ? 3.0 * unit : 1.5 * unit);
        if ((marks & DETOUR) != 0)
            edge = clamp(0.5 * width, 0.75 * unit, 1.5 * unit);
    }
#endif

    float half_width = 0.5 * max(width, 1.0) + casing * style.z;
#ifdef STATES
    half_width += edge;
#endif
    float reach = half_width + 0.5;
    shape = vec4(length_px, half_width, style.y, phase);
#ifdef DOT
    vec2 p = a + ahead * 0.5 * length_px;
    sprite = vec3(ahead, length_px + 2.0 * reach);
    gl_PointSize = sprite.z;
#else
    at = vec2((corner & 1) == 0 ? -reach : length_px + reach,
              (corner & 2) == 0 ? -reach : reach);
    vec2 p = a + ahead * at.x + vec2(-ahead.y, ahead.x) * at.y;
#endif
    // Rows are read back from the bottom up, north must come first.
    gl_Position = drawn ? vec4(p * vec2(2.0, -2.0) / size, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
