#version 330 core
// Coverage from the distance to the segment: smooth edges and round joins.
// What most lines do not need is left out by STATES and DOT: a software renderer runs all branches.

uniform vec4 paint;   // replaces the style's colour when its alpha is above zero: the casing
uniform bool butt;    // ends cut off square
uniform float unit;   // device pixels in a logical one
uniform vec3 signs[5]; // closed and its bars, works and their gaps, edge of a detour

flat in vec4 colour;
flat in vec4 shape;
#ifdef STATES
flat in float edge;
flat in int marks;
#endif
#ifdef DOT
flat in vec3 sprite;
#else
in vec2 at;
#endif
out vec4 pixel;

const int CLOSED = 8, WORKS = 16;

// The share of a stripe that begins at 0 and is so wide, in a pattern that repeats.
float stripe(float place, float wide, float period)
{
    float beside = abs(mod(place, period) - 0.5 * wide);
    return clamp(0.5 * wide + 0.5 - min(beside, period - beside), 0.0, 1.0);
}

#ifdef STATES
vec3 marked(vec3 base, float along, float across)
{
    if ((marks & CLOSED) != 0)
        return mix(signs[0], signs[1], stripe(along, 3.0 * unit, 9.0 * unit));
    if ((marks & WORKS) != 0) {
        vec3 hatch = mix(signs[3], signs[2], stripe(along + across, 3.5 * unit, 7.0 * unit));
        return mix(base, hatch, stripe(along, 17.0 * unit, 35.0 * unit));
    }
    return base;
}
#endif

void main()
{
#ifdef DOT
    vec2 p = (gl_PointCoord - 0.5) * sprite.z;
    vec2 at = vec2(dot(p, sprite.xy) + 0.5 * shape.x, dot(p, vec2(-sprite.y, sprite.x)));
#endif
    float beyond = max(-at.x, at.x - shape.x);
    float across = length(vec2(max(beyond, 0.0), at.y));
    float coverage = clamp(shape.y + 0.5 - across, 0.0, 1.0);
    vec4 base = paint.a > 0.0 ? paint : colour;
#if !defined(DOT) || defined(STATES)
    float along = shape.w + at.x;
    if (butt)
        coverage = clamp(shape.y + 0.5 - abs(at.y), 0.0, 1.0) * clamp(0.5 - beyond, 0.0, 1.0);
    if (shape.z > 0.0)
        coverage *= stripe(along, shape.z, 2.0 * shape.z);
#endif
#ifdef STATES
    base.rgb = marked(base.rgb, along, at.y);
    if (edge > 0.0)
        base.rgb = mix(base.rgb, signs[4], clamp(across - shape.y + edge + 0.5, 0.0, 1.0));
#endif
    pixel = vec4(base.rgb, 1.0) * (base.a * coverage);
}
