#version 330 core
// One capsule per segment, expanded from a texture buffer: four vertices each, no attributes.
// Positions are 32-bit integers, so that differences are exact and wrap at the antimeridian.

uniform isamplerBuffer segments; // three texels each: (x0, y0) (x1, y1) (link, along)
uniform usamplerBuffer codes;    // one byte per link
uniform samplerBuffer styles;    // two texels per code: colour; width, dash, casing px
uniform ivec2 origin;            // centre of the picture on the grid
uniform float scale;             // device pixels per grid unit
uniform vec2 size;               // of the picture in device pixels
uniform float casing;            // 1 to draw the casing, 0 for the line itself

flat out vec4 colour;
flat out vec4 shape; // length, half width, dash, distance from the start of the line
out vec2 at;         // along, across, in px

void main()
{
    int corner = gl_VertexID & 3;
    int row = (gl_VertexID >> 2) * 3;
    ivec2 begin = texelFetch(segments, row).xy;
    ivec2 end = texelFetch(segments, row + 1).xy;
    ivec2 tail = texelFetch(segments, row + 2).xy;
    int code = int(texelFetch(codes, tail.x).x) * 2;
    vec3 style = texelFetch(styles, code + 1).xyz;

    vec2 a = vec2(begin - origin) * scale;
    vec2 step = vec2(end - begin) * scale;
    float length_px = length(step);
    vec2 ahead = length_px > 0.0 ? step / length_px : vec2(1.0, 0.0);
    float half_width = 0.5 * max(style.x, 1.0) + casing * style.z;
    float reach = half_width + 0.5;
    at = vec2((corner & 1) == 0 ? -reach : length_px + reach,
              (corner & 2) == 0 ? -reach : reach);
    vec2 p = a + ahead * at.x + vec2(-ahead.y, ahead.x) * at.y;

    colour = texelFetch(styles, code);
    shape = vec4(length_px, half_width, style.y, float(tail.y) * scale);
    // Rows are read back from the bottom up, north must come first.
    gl_Position = style.x > 0.0 ? vec4(p * vec2(2.0, -2.0) / size, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
